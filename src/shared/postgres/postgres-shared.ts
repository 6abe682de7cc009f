/** The shared state of a sandbox for several replicas: rows of the database. */
import { createHash } from 'node:crypto';
import type { Database } from '../../database/database.ts';
import { explaining, notStored, unavailable } from '../../database/faults.ts';
import type { Bounds } from '../bounded-entries.ts';
import type { Head, Shared } from '../shared.ts';
import { createTurns } from '../turns.ts';
import { createNews } from './news.ts';
import { createPostgresJournal } from './postgres-journal.ts';
import { createPostgresWindows } from './postgres-windows.ts';
import { createRequestNumbers } from './request-numbers.ts';

/** The rows of the table `turns`. */
const SLOTS = 1_024;

/** `head` reads the current head of a sandbox. The caller closes the database after this. */
export function createPostgresShared(parts: {
  readonly database: Database;
  readonly schema: string;
  readonly replica: number;
  readonly bounds: Bounds;
  readonly head: (sandbox: string) => Promise<Head | undefined>;
}): Shared & { close(): Promise<void> } {
  const { database, head } = parts;
  const turns = createTurns();
  const numbers = createRequestNumbers(database.send);
  const windows = createPostgresWindows(database);
  const news = createNews(database, parts.schema);
  const journal = createPostgresJournal({ ...parts, written: news.written });

  const enter: Shared['enter'] = async (sandbox) => {
    for (;;) {
      const current = await head(sandbox);
      if (!current) return undefined;
      const { journalId } = current;
      const request = await asking(() => numbers.take({ sandbox, journalId }));
      if (request !== undefined) return { ...current, request };
    }
  };

  return {
    head,
    enter,
    alone: (sandbox, work) =>
      turns.take(sandbox, () => asking(() => inTurn(database, sandbox, work))),
    requests: (sandbox) =>
      asking(async () => {
        const [row] = await database.send(
          `SELECT j.requests FROM @sandboxes s JOIN @journals j ON j.sandbox = s.id WHERE s.name = $1`,
          [sandbox],
        );
        return Number(row?.['requests'] ?? 0);
      }),
    count: (...use) => storing(() => windows.count(...use)),
    windows: async (sandbox) => {
      const current = await head(sandbox);
      return current ? asking(() => windows.all(sandbox, current.generation)) : {};
    },
    setWindows: async (sandbox, all) => {
      const current = await head(sandbox);
      if (current) await storing(() => windows.put(sandbox, current.generation, all));
    },
    forget(sandbox) {
      numbers.forget(sandbox);
      news.endAll(sandbox);
    },
    journal: {
      append: (...given) => storing(async () => journal.append(...given)),
      change: (...given) => storing(async () => journal.change(...given)),
      skip: (...given) => storing(async () => journal.skip(...given)),
      list: (sandbox) => asking(async () => journal.list(sandbox)),
      dropped: (sandbox) => asking(async () => journal.dropped(sandbox)),
      clear: (sandbox) => storing(async () => journal.clear(sandbox)),
      follow: (...given) => asking(async () => news.follow(...given)),
      size: () => asking(async () => journal.size()),
    },
    close: news.close,
  };
}

function asking<T>(job: () => Promise<T>): Promise<T> {
  return explaining(unavailable, job);
}

function storing<T>(job: () => Promise<T>): Promise<T> {
  return explaining(notStored, job);
}

/** Runs `work` while no other replica runs one for this sandbox. */
async function inTurn<T>(
  { hold, count }: Database,
  sandbox: string,
  work: () => Promise<T>,
): Promise<T> {
  let done: { readonly value: T } | undefined;
  try {
    return await hold(async (send) => {
      const since = performance.now();
      await send(`SELECT FROM @turns WHERE slot = $1 FOR UPDATE`, [slotOf(sandbox)]);
      count('lock-wait', (performance.now() - since) / 1000);
      done = { value: await work() };
      return done.value;
    });
  } catch (error) {
    // The work is done, whatever became of the lock.
    if (done) return done.value;
    throw error;
  }
}

function slotOf(sandbox: string): number {
  return createHash('sha256').update(sandbox).digest().readUInt32BE() % SLOTS;
}
