/** Snapshots of the sandbox: taken, compared with now, restored, removed. */
import { useId, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SnapshotView } from '../../control-api/control-api.ts';
import { useApi } from '../api/session.tsx';
import { Confirm } from '../parts/dialog.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { hrefOf, type Place, type ViewProps } from '../place.ts';
import { Differences } from './differences.tsx';
import { showInstant } from './value.tsx';

export function Snapshots({ place, go }: ViewProps) {
  const api = useApi();
  const { sandbox } = place;
  const [, opened] = place.rest;
  const { data: snapshots, error } = useQuery({
    queryKey: ['snapshots', sandbox],
    queryFn: () => api.listSnapshots(sandbox),
    refetchInterval: 5_000,
  });
  return (
    <div className={`split${opened === undefined ? '' : ' open'}`}>
      <div className="page snapshots">
        <div className="page-inner">
          <TakeSnapshot sandbox={sandbox} />
          {!snapshots && <QueryState error={error} what="the snapshots" />}
          {snapshots?.length === 0 && (
            <p className="soft">
              No snapshots yet. A snapshot keeps records, ids, clock, settings and overrides, so
              that you can try something and go back.
            </p>
          )}
          {snapshots && snapshots.length > 0 && (
            <ul className="snapshot-list" aria-label="Snapshots">
              {snapshots.map((each) => (
                <Item
                  key={each.name}
                  snapshot={each}
                  place={place}
                  go={go}
                  isOpen={each.name === opened}
                />
              ))}
            </ul>
          )}
        </div>
      </div>
      {opened !== undefined && (
        <Differences
          key={opened}
          place={place}
          snapshot={opened}
          onClose={() => go({ ...place, rest: ['snapshots'] })}
        />
      )}
    </div>
  );
}

function TakeSnapshot({ sandbox }: { readonly sandbox: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const { attempt } = useToasts();
  const id = useId();
  const [name, setName] = useState('');
  const take = () =>
    void attempt(
      async () => {
        await api.takeSnapshot(sandbox, name);
        setName('');
        await queries.invalidateQueries({ queryKey: ['snapshots'] });
      },
      () => ({ text: `The snapshot ${name} was taken.` }),
    );
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <label htmlFor={id}>Name</label>
      <input
        id={id}
        className="input"
        required
        pattern="[a-z0-9][a-z0-9\-]{0,63}"
        title="1 to 64 of a-z, 0-9 and -, not starting with -"
        placeholder="before-renewal"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <button className="button primary" type="submit">
        Take snapshot
      </button>
    </form>
  );
}

function Item({
  snapshot: { name, takenAt, clock, records },
  place,
  go,
  isOpen,
}: ViewProps & { readonly snapshot: SnapshotView; readonly isOpen: boolean }) {
  const api = useApi();
  const queries = useQueryClient();
  const { attempt } = useToasts();
  const [asked, setAsked] = useState<'restore' | 'remove'>();
  const { sandbox } = place;
  const close = () => setAsked(undefined);
  const restore = () =>
    void attempt(
      async () => {
        await api.restoreSnapshot(sandbox, name);
        await queries.invalidateQueries();
      },
      () => ({ text: `${sandbox} is as it was in ${name}.` }),
    );
  const remove = () =>
    void attempt(
      async () => {
        await api.removeSnapshot(sandbox, name);
        if (isOpen) go({ ...place, rest: ['snapshots'] });
        await queries.invalidateQueries({ queryKey: ['snapshots'] });
      },
      () => ({ text: `The snapshot ${name} was removed.` }),
    );
  const total = Object.values(records).reduce((sum, count) => sum + count, 0);
  return (
    <li className={isOpen ? 'selected' : undefined}>
      <div>
        <span className="name">{name}</span>
        <p className="soft">
          {total} records, clock {clock.mode === 'frozen' ? 'frozen at' : 'running,'}{' '}
          {showInstant(clock.now)}. Taken {new Date(takenAt).toLocaleString()}.
        </p>
      </div>
      <div className="actions">
        <CompareLink name={name} place={place} />
        <button className="button" type="button" onClick={() => setAsked('restore')}>
          Restore…
        </button>
        <button className="button" type="button" onClick={() => setAsked('remove')}>
          Remove…
        </button>
      </div>
      <Confirm
        title={`Restore ${name}?`}
        action="Restore"
        isOpen={asked === 'restore'}
        onClose={close}
        onConfirm={restore}
      >
        The records, the clock, the settings and the overrides of sandbox {sandbox} become those of
        the snapshot. What changed since is lost, unless you take a snapshot of it first.
      </Confirm>
      <Confirm
        title={`Remove ${name}?`}
        action="Remove"
        isOpen={asked === 'remove'}
        onClose={close}
        onConfirm={remove}
      >
        The snapshot is deleted. The sandbox stays as it is. This cannot be undone.
      </Confirm>
    </li>
  );
}

function CompareLink({ name, place }: { readonly name: string; readonly place: Place }) {
  return (
    <a className="button link" href={hrefOf({ ...place, rest: ['snapshots', name] })}>
      Compare <span className="visually-hidden">{name}</span> with now
    </a>
  );
}
