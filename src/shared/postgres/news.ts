/**
 * Tells the followers of this replica what any replica wrote into a journal. Each writer numbers what it writes in the
 * order of its commits, so an entry is never skipped because another one was committed first.
 */
import type { Database, Row } from '../../database/database.ts';
import { createFollowers } from '../followers.ts';
import type { EntryListener, SharedJournal } from '../shared.ts';
import { ADDED, CHANGED, POSITIONS, THERE, toEntry } from './journal-statements.ts';

export type News = {
  readonly follow: SharedJournal['follow'];
  /** Call it when this replica has written entries. Others are told at most once in `TELL_MS`. */
  written(): void;
  endAll(sandbox: string): void;
  close(): Promise<void>;
};

/** Notifications make commits wait for each other, so they are sent apart from requests, and seldom. */
const TELL_MS = 20;
/** In case a notification does not arrive, such as through a pool that does not pass them on. */
const POLL_MS = 1_000;
const ROWS_AT_ONCE = 1_000;

/** The last number of each writer that was told. */
type Positions = Map<number, number>;

export function createNews({ send, listen, notify }: Database, schema: string): News {
  const channel = `license-mock ${schema}`;
  const followers = createFollowers();
  const followed = new Map<string, number>();
  let positions: { readonly added: Positions; readonly changed: Positions } | undefined;
  let starting: Promise<void> | undefined;
  let stop: (() => void) | undefined;
  let looking: Promise<void> | undefined;
  let mustLookAgain = false;
  let telling: NodeJS.Timeout | undefined;

  const tell = async (text: string, told: Positions, news: 'added' | 'changed'): Promise<void> => {
    for (;;) {
      const rows = await send(text, [
        [...told.keys()],
        [...told.values()],
        [...followed.keys()],
        ROWS_AT_ONCE,
      ]);
      for (const row of rows) {
        told.set(Number(row['writer']), Number(row['number']));
        if (row['followed']) followers.publish(String(row['sandbox']), toEntry(row), news);
      }
      if (rows.length < ROWS_AT_ONCE) return;
    }
  };

  const lookOnce = async (): Promise<void> => {
    if (!positions) return;
    await tell(ADDED, positions.added, 'added');
    await tell(CHANGED, positions.changed, 'changed');
    const there = new Set((await send(THERE, [[...followed.keys()]])).map(({ name }) => name));
    for (const sandbox of followed.keys()) if (!there.has(sandbox)) followers.endAll(sandbox);
  };

  const look = (): void => {
    mustLookAgain = true;
    if (followed.size === 0) return;
    looking ??= (async () => {
      while (mustLookAgain) {
        mustLookAgain = false;
        // If the database fails, the next look tells all of it.
        await lookOnce().catch(() => {});
      }
    })().finally(() => (looking = undefined));
  };

  /** From now on nothing is missed. */
  const start = async (): Promise<void> => {
    const rows = await send(POSITIONS);
    const of = (column: string): Positions =>
      new Map(rows.map((row: Row) => [Number(row['writer']), Number(row[column])]));
    positions = { added: of('added'), changed: of('changed') };
    const unlisten = listen(channel, look);
    const timer = setInterval(look, POLL_MS).unref();
    stop = () => {
      unlisten();
      clearInterval(timer);
      positions = undefined;
      stop = undefined;
      starting = undefined;
    };
  };

  const leave = (sandbox: string): void => {
    const left = (followed.get(sandbox) ?? 1) - 1;
    if (left > 0) followed.set(sandbox, left);
    else followed.delete(sandbox);
    if (followed.size === 0) stop?.();
  };

  return {
    async follow(sandbox, listener: EntryListener, onEnd) {
      followed.set(sandbox, (followed.get(sandbox) ?? 0) + 1);
      let hasLeft = false;
      const leaveOnce = (): void => {
        if (!hasLeft) leave(sandbox);
        hasLeft = true;
      };
      try {
        starting ??= start();
        await starting;
      } catch (error) {
        starting = undefined;
        leaveOnce();
        throw error;
      }
      const unfollow = followers.add(sandbox, listener, () => {
        leaveOnce();
        onEnd();
      });
      return () => {
        unfollow();
        leaveOnce();
      };
    },
    written() {
      look();
      telling ??= setTimeout(() => {
        telling = undefined;
        // A notification that is lost is made up for by polling.
        notify(channel).catch(() => {});
      }, TELL_MS).unref();
    },
    endAll: followers.endAll,
    async close() {
      clearTimeout(telling);
      stop?.();
      await looking;
    },
  };
}
