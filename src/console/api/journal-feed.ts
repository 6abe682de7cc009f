/** The journal of one sandbox, as it grows: what it has already, then each new entry. */
import { followJournal } from '../../client/follow-journal.ts';
import type { JournalEntry } from '../../control-api/control-api.ts';
import type { Api } from './api.ts';
import { codeOf } from './session.tsx';

/** The page keeps as many entries as it can show without delay; the server may have more. */
const MOST_ENTRIES = 10_000;
const PAGE = 1_000;
const RETRY_MS = 1_000;

type Connection = 'connecting' | 'connected' | 'reconnecting' | 'refused' | 'missing';

export type Feed = {
  /** Newest first. */
  readonly entries: readonly JournalEntry[];
  readonly connection: Connection;
  /** Why the connection was refused. */
  readonly refusal: unknown;
};

export type JournalFeed = {
  readonly get: () => Feed;
  /** Calls `listener` after each change; returns a function that ends that. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Forgets the entries that the page has. */
  readonly clear: () => void;
  /** Reads and follows the journal from now on; returns a function that ends that. */
  readonly start: () => () => void;
};

export function createJournalFeed(api: Api, sandbox: string): JournalFeed {
  const listeners = new Set<() => void>();
  let feed: Feed = { entries: [], connection: 'connecting', refusal: undefined };
  let arrived: JournalEntry[] = [];
  let frame: number | undefined;

  const set = (change: Partial<Feed>): void => {
    feed = { ...feed, ...change };
    for (const listener of listeners) listener();
  };
  /** Entries that arrive together are shown together. A timer, because a hidden page draws no frames. */
  const add = (entry: JournalEntry): void => {
    arrived.push(entry);
    frame ??= window.setTimeout(() => {
      frame = undefined;
      const entries = merge(arrived, feed.entries).slice(0, MOST_ENTRIES);
      arrived = [];
      set({ entries });
    }, 16);
  };

  const follow = async (signal: AbortSignal): Promise<void> => {
    const entries = await readAll(api, sandbox);
    if (signal.aborted) return;
    set({ entries, connection: 'connected' });
    const after = entries[0]?.id;
    for await (const entry of followJournal(api.send, sandbox, { after, signal })) {
      if (feed.connection !== 'connected') set({ connection: 'connected' });
      add(entry);
    }
  };
  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      // Somebody may create it, or the first request to it does.
      let isMissing = false;
      try {
        await follow(signal);
      } catch (thrown) {
        if (signal.aborted) return;
        const code = codeOf(thrown);
        isMissing = code === 'no-such-sandbox';
        if (code === 'unauthenticated' || code === 'forbidden') {
          set({ connection: 'refused', refusal: thrown });
          return;
        }
      }
      if (signal.aborted) return;
      set(isMissing ? { connection: 'missing', entries: [] } : { connection: 'reconnecting' });
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  };
  return {
    get: () => feed,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => set({ entries: [] }),
    start() {
      const abort = new AbortController();
      void run(abort.signal);
      return () => {
        abort.abort();
        clearTimeout(frame);
        frame = undefined;
        arrived = [];
      };
    },
  };
}

/** Newest first. An entry that comes again has changed: the live vendor has answered as well. */
function merge(
  arrived: readonly JournalEntry[],
  known: readonly JournalEntry[],
): readonly JournalEntry[] {
  const latest = new Map(arrived.map((entry) => [entry.id, entry]));
  const kept = known.map((entry) => {
    const changed = latest.get(entry.id);
    latest.delete(entry.id);
    return changed ?? entry;
  });
  return [...[...latest.values()].toReversed(), ...kept];
}

async function readAll(api: Api, sandbox: string): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  let before: string | null = null;
  do {
    const page = await api.listJournal(sandbox, {
      limit: PAGE,
      ...(before !== null && { before }),
    });
    entries.push(...page.entries);
    before = page.next;
  } while (before !== null && entries.length < MOST_ENTRIES);
  return entries;
}
