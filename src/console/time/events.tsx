/** What happens next by the clock, with a way to stand just before or just after it. */
import { useQuery } from '@tanstack/react-query';
import type { ClockEvent, ClockReading } from '../../control-api/control-api.ts';
import { useApi } from '../api/session.tsx';
import { useCollections } from '../api/use-queries.ts';
import { QueryState } from '../parts/query-state.tsx';
import { hrefOf, type Place } from '../place.ts';
import { describeDistance } from './distance.ts';
import type { Move } from './move.ts';

/** Vendors differ in whether the very moment counts as before or after. */
const STEP_MS = 1_000;

export function Events({
  place,
  reading,
  onMove,
}: {
  readonly place: Place;
  readonly reading: ClockReading;
  readonly onMove: Move;
}) {
  const api = useApi();
  const { data, error } = useQuery({
    queryKey: ['events', place.sandbox],
    queryFn: () => api.listEvents(place.sandbox),
    refetchInterval: 5_000,
  });
  const jump = (at: string, byMs: number) => {
    const now = new Date(Date.parse(at) + byMs).toISOString();
    onMove(() => api.setClock(place.sandbox, { mode: reading.mode, now }));
  };
  return (
    <section aria-labelledby="events">
      <h2 id="events">Next events</h2>
      {!data && <QueryState error={error} what="the events" />}
      {data?.events.length === 0 && (
        <p className="soft">
          No record of this sandbox has a date that is still to come. Create a license that expires,
          and its end appears here.
        </p>
      )}
      {data && data.events.length > 0 && (
        <>
          <ol className="events">
            {data.events.map((event) => (
              <Event
                key={`${event.at} ${event.collection} ${event.key} ${event.event}`}
                event={event}
                now={data.now}
                place={place}
                onJump={jump}
              />
            ))}
          </ol>
          {data.total > data.events.length && (
            <p className="soft">{data.total - data.events.length} more are to come.</p>
          )}
        </>
      )}
    </section>
  );
}

function Event({
  event: { at, event, collection, key, title },
  now,
  place,
  onJump,
}: {
  readonly event: ClockEvent;
  readonly now: string;
  readonly place: Place;
  readonly onJump: (at: string, byMs: number) => void;
}) {
  const { data: collections } = useCollections(place.sandbox);
  const found = collections?.find(({ name }) => name === collection);
  const what = `${title} ${event}`;
  return (
    <li>
      <time className="figure" dateTime={at} title={at}>
        {at.slice(0, 16).replace('T', ' ')}
      </time>
      <span className="soft in">in {describeDistance(Date.parse(at) - Date.parse(now))}</span>
      <span className="what">
        <a href={hrefOf({ ...place, view: 'state', rest: ['records', collection, String(key)] })}>
          {title}
        </a>{' '}
        {event}
        {found && (
          <span className="soft">
            {' '}
            · {found.vendor}, {found.label.toLowerCase()}
          </span>
        )}
      </span>
      <span className="button-row">
        <button
          className="button"
          type="button"
          aria-label={`Jump to just before: ${what}`}
          onClick={() => onJump(at, -STEP_MS)}
        >
          Just before
        </button>
        <button
          className="button"
          type="button"
          aria-label={`Jump to just after: ${what}`}
          onClick={() => onJump(at, STEP_MS)}
        >
          Just after
        </button>
      </span>
    </li>
  );
}
