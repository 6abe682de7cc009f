/** The live list of requests, and one of them in detail. */
import { useDeferredValue, useMemo, useState } from 'react';
import { useJournal, useJournalFeed } from '../api/use-journal.tsx';
import { useApi } from '../api/session.tsx';
import { Confirm } from '../parts/dialog.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { Detail } from './detail.tsx';
import { Compare } from './compare.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filterEntries, NO_FILTER, type Filter } from './filter.ts';
import { FirstEntry } from './first-entry.tsx';
import { List } from './list.tsx';
import type { ViewProps } from '../place.ts';

export function Traffic({ place, go }: ViewProps) {
  const { sandbox, rest } = place;
  const [opened, ...more] = rest;
  const other = more[0] === 'compare' ? more[1] : undefined;
  const api = useApi();
  const feed = useJournalFeed();
  const { attempt } = useToasts();
  const { entries: live } = useJournal();
  const [paused, setPaused] = useState<typeof live | undefined>();
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [isPicking, setIsPicking] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const entries = paused ?? live;
  const wanted = useDeferredValue(filter);
  const shown = useMemo(() => filterEntries(entries, wanted), [entries, wanted]);
  const find = (id: string | undefined) => live.find((each) => each.id === id);
  const [entry, second] = [find(opened), find(other)];

  const open = (id: string | undefined): void => {
    if (isPicking && opened !== undefined && id !== undefined) {
      setIsPicking(false);
      go({ ...place, rest: [opened, 'compare', id] });
    } else go({ ...place, rest: id === undefined ? [] : [id] });
  };
  const clear = () =>
    void attempt(async () => {
      await api.clearJournal(sandbox);
      feed.clear();
      open(undefined);
    });

  return (
    <div className="traffic">
      <FilterBar
        filter={filter}
        onChange={setFilter}
        entries={entries}
        shown={shown.length}
        paused={paused === undefined ? undefined : Math.max(0, countNewer(live, paused))}
        onPause={() => setPaused(paused === undefined ? live : undefined)}
        onClear={() => setIsAsked(true)}
      />
      {live.length === 0 ? (
        <FirstEntry sandbox={sandbox} />
      ) : (
        <div className={`split${opened === undefined ? '' : ' open'}`}>
          <List entries={shown} selected={opened} onOpen={open} />
          {opened !== undefined && entry === undefined && (
            <div className="detail">
              <p className="empty soft">
                The journal no longer has the request {opened}. It keeps the newest ones.
              </p>
            </div>
          )}
          {entry && second && <Compare one={entry} other={second} onClose={() => open(entry.id)} />}
          {entry && !second && (
            <Detail
              key={entry.id}
              entry={entry}
              place={place}
              onClose={() => open(undefined)}
              onShow={open}
              isPicking={isPicking}
              onPick={() => setIsPicking(!isPicking)}
            />
          )}
        </div>
      )}
      <Confirm
        title="Clear the journal?"
        action="Clear"
        isOpen={isAsked}
        onClose={() => setIsAsked(false)}
        onConfirm={clear}
      >
        All requests of sandbox {sandbox} are deleted from the journal. Records stay as they are.
        This cannot be undone.
      </Confirm>
    </div>
  );
}

function countNewer(
  live: readonly { readonly id: string }[],
  paused: readonly { readonly id: string }[],
): number {
  const index = live.findIndex(({ id }) => id === paused[0]?.id);
  return index === -1 ? live.length : index;
}
