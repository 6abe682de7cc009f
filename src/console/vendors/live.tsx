/** What this sandbox uses the live vendors for: the mode of each vendor, and where its upstream is. */
import { useQueryClient } from '@tanstack/react-query';
import type { Upstream, UpstreamMode } from '../../control-api/control-api.ts';
import { useApi } from '../api/session.tsx';
import { useUpstreams, useVendors } from '../api/use-queries.ts';
import { QueryState } from '../parts/query-state.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { hrefOf, type Place } from '../place.ts';
import { MODES } from './modes.ts';

export function Live({ place }: { readonly place: Place }) {
  const { data: upstreams, error } = useUpstreams(place.sandbox);
  const { data: served } = useVendors();
  const titleOf = (vendor: string): string =>
    served?.vendors.find(({ name }) => name === vendor)?.title ?? vendor;
  return (
    <div className="page">
      <div className="page-inner">
        <p className="soft">
          Who answers the requests to sandbox {place.sandbox}: the mock, or the live vendor behind
          it. A reset of the sandbox returns to the mode that the server was started with.
        </p>
        {!upstreams && <QueryState error={error} what="the live vendors" />}
        {upstreams?.map((upstream) => (
          <UpstreamView
            key={upstream.vendor}
            upstream={upstream}
            title={titleOf(upstream.vendor)}
            place={place}
          />
        ))}
      </div>
    </div>
  );
}

function UpstreamView({
  upstream: { vendor, mode, url },
  title,
  place: { sandbox },
}: {
  readonly upstream: Upstream;
  readonly title: string;
  readonly place: Place;
}) {
  const api = useApi();
  const queries = useQueryClient();
  const { attempt } = useToasts();
  const set = async (to: UpstreamMode) => {
    await api.setUpstream(sandbox, vendor, to);
    await queries.invalidateQueries({ queryKey: ['upstreams', sandbox] });
  };
  const choose = (to: UpstreamMode) =>
    void attempt(
      () => set(to),
      () => ({ text: `${title} is now in mode ${to}.`, undo: () => set(mode) }),
    );
  const id = `live-${vendor}`;
  return (
    <section className="vendor" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {url === null ? (
        <p className="soft" id={`${id}-hint`}>
          No upstream. Start the server with{' '}
          <code className="upstream-option">serve --upstream {vendor}=URL</code> to choose another
          mode than mock.
        </p>
      ) : (
        <p className="soft">
          Upstream: <code className="upstream-url">{url}</code>
        </p>
      )}
      <fieldset
        className="modes"
        disabled={url === null}
        aria-describedby={url === null ? `${id}-hint` : undefined}
      >
        <legend className="visually-hidden">Mode of {title}</legend>
        {MODES.map((each) => (
          <label key={each.id} className="choice">
            <input
              type="radio"
              name={id}
              checked={each.id === mode}
              onChange={() => choose(each.id)}
            />
            <span>
              {each.label}
              {url !== null && <span className="why">{each.meaning}</span>}
            </span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}

/** Said beside a vendor's name while the mock alone does not answer. */
export function ModeBadge({ vendor, place }: { readonly vendor: string; readonly place: Place }) {
  const { data: upstreams } = useUpstreams(place.sandbox);
  const mode = upstreams?.find((each) => each.vendor === vendor)?.mode ?? 'mock';
  if (mode === 'mock') return undefined;
  return (
    <a className="more" href={hrefOf({ ...place, view: 'vendors', rest: ['live'] })}>
      <span className="badge accent">{mode}</span>
    </a>
  );
}
