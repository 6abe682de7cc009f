/**
 * This replica's copy of a sandbox: always what some version of it was in the database. A change is made on the copy,
 * taken back, stored, and applied when it is stored. So readers never wait for a commit.
 */
import type { Database, Send } from '../../../database/database.ts';
import {
  committedRecord,
  createState,
  noChanges,
  undo,
  type Changes,
  type SandboxState,
} from '../../memory/state.ts';
import { runTransaction } from '../../memory/transaction.ts';
import type { StoredRecord } from '../../record.ts';
import type { Collection, Key, Transaction } from '../../store.ts';
import type { Asker } from './catching-up.ts';
import { applyRow, changedRows, type RecordRow } from './rows.ts';
import { catchUp, NOTHING_KNOWN, readRecords, type Known, type News } from './statements.ts';

export type Work<T> = (transaction: Transaction) => Promise<T>;

export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** Works that ran on the copy, and what they changed together. Nothing of it is in the copy. */
export type Attempt<T> = {
  readonly outcomes: readonly Outcome<T>[];
  /** What they ran on. */
  readonly known: Known;
  /** Empty if they changed nothing. */
  readonly rows: readonly RecordRow[];
  /** The changed values. */
  readonly after: Changes;
};

export type Copy = Asker & {
  isLoaded(): boolean;
  /** Hears news in a transaction that holds the sandbox's lock. */
  hearLocked(head: Omit<News, 'rows'>, send: Send): Promise<void>;
  /** Runs works one after the other, each on what the ones before it changed. */
  attempt<T>(works: readonly Work<T>[]): Promise<Attempt<T>>;
  /** Applies what an attempt changed, which was stored as this version. */
  apply(attempt: Attempt<unknown>, stored: Known): Promise<void>;
  /** Takes over the whole content of this version, unless it has a newer one. */
  put(content: SandboxState, stored: Known): Promise<void>;
  /** The sandbox with this id was removed. */
  remove(id: number): Promise<void>;
  /** No job is running or waiting. */
  isIdle(): boolean;
  read<T>(use: (state: SandboxState, known: Known) => T): Promise<T>;
  record(
    collection: string,
    key: Key,
  ): StoredRecord | undefined | Promise<StoredRecord | undefined>;
  /** Forgets the content. The next news make the copy load it again. */
  unload(): Promise<void>;
};

export function createCopy(
  name: string,
  collections: readonly Collection<never>[],
  { send, interruptions }: Pick<Database, 'send' | 'interruptions'>,
): Copy {
  let state = createState(collections);
  let known = NOTHING_KNOWN;
  let isLoaded = false;
  /** The interruptions before it was loaded. After another one, the server may lack what the copy has. */
  let loadedAfter = 0;
  let last: Promise<unknown> = Promise.resolve();
  let jobs = 0;

  /** Runs a job after all earlier jobs have ended, even if they failed. */
  const queue = <T>(job: () => Promise<T> | T): Promise<T> => {
    jobs += 1;
    const result = last.then(job);
    last = result.then(endJob, endJob);
    return result;
  };
  const endJob = (): void => {
    jobs -= 1;
  };

  const become = (content: SandboxState, at: Known): void => {
    state = content;
    known = at;
    isLoaded = true;
  };

  const isUsable = (): boolean => isLoaded && loadedAfter === interruptions();

  const load = async (by: Send): Promise<void> => {
    loadedAfter = interruptions();
    const ask = async (from: Known): Promise<News | undefined> =>
      (await catchUp(by, [{ name, known: from }]))[0];
    for (;;) {
      const head = await ask(NOTHING_KNOWN);
      if (!head) return become(createState(collections), NOTHING_KNOWN);
      const { id, version } = head;
      const content = createState(collections);
      for await (const rows of readRecords(by, id)) rows.forEach((row) => applyRow(content, row));
      const since = await ask({ id, version });
      // Replaced or cleaned up while it was read.
      if (since?.id !== id || since.floor > version) continue;
      for (const row of since.rows) applyRow(content, row);
      return become(content, { id, version: since.version });
    }
  };

  const hear = async (asked: Known, news: News | undefined, by: Send): Promise<void> => {
    if (!news) {
      // A copy that has changed since is newer than the news.
      if (!isUsable() || known.id === asked.id) {
        loadedAfter = interruptions();
        become(createState(collections), NOTHING_KNOWN);
      }
      return;
    }
    if (!isUsable() || known.id !== news.id) return load(by);
    // The database was restored, or a standby that lacks the last commits has taken over.
    if (asked.id === news.id && asked.version > news.version) return load(by);
    if (known.version >= news.version) return;
    if (asked.id !== news.id || asked.version < news.floor) return load(by);
    for (const row of news.rows) applyRow(state, row);
    known = { id: news.id, version: news.version };
  };

  return {
    name,
    isLoaded: isUsable,
    known: () => (isUsable() ? known : NOTHING_KNOWN),
    hear: (asked, news) => queue(() => hear(asked, news, send)),
    hearLocked: (head, by) =>
      queue(async () => {
        const asked = known;
        if (isUsable() && asked.id === head.id && asked.version === head.version) return;
        const [news] = await catchUp(by, [{ name, known: asked }]);
        await hear(asked, news, by);
      }),
    attempt: (works) =>
      queue(async () => {
        const before = noChanges();
        const outcomes = [];
        for (const work of works) outcomes.push(await run(state, work, before));
        const rows = changedRows(state, before);
        const after = valuesOf(state, before);
        undo(state, before);
        return { outcomes, known, rows, after };
      }),
    apply: (attempt, stored) =>
      queue(() => {
        // News have brought the change already.
        if (known !== attempt.known) return;
        undo(state, attempt.after);
        known = stored;
      }),
    put: (content, stored) =>
      queue(() => {
        // A sandbox that was made later has a higher id.
        const isNewer =
          known.id === stored.id
            ? known.version < stored.version
            : (known.id ?? 0) < (stored.id ?? 0);
        if (!isNewer) return;
        loadedAfter = interruptions();
        become(content, stored);
      }),
    remove: (id) =>
      queue(() => {
        if (known.id === id) become(createState(collections), NOTHING_KNOWN);
      }),
    isIdle: () => jobs === 0,
    read: (use) => queue(() => use(state, known)),
    record: (collection, key) =>
      jobs === 0
        ? committedRecord(state, collection, key)
        : queue(() => committedRecord(state, collection, key)),
    unload: () =>
      queue(() => {
        state = createState(collections);
        known = NOTHING_KNOWN;
        isLoaded = false;
      }),
  };
}

/** Runs a work. `before` collects what it and earlier works found. */
async function run<T>(state: SandboxState, work: Work<T>, before: Changes): Promise<Outcome<T>> {
  try {
    const { value } = await runTransaction(state, work, async () => {
      keepFirst(before, state.changes);
    });
    return { value };
  } catch (error) {
    return { error };
  }
}

function keepFirst(first: Changes, next: Changes): void {
  for (const [collection, records] of next.records) {
    let kept = first.records.get(collection);
    if (!kept) first.records.set(collection, (kept = new Map()));
    for (const [key, record] of records) if (!kept.has(key)) kept.set(key, record);
  }
  for (const [name, count] of next.counters) {
    if (!first.counters.has(name)) first.counters.set(name, count);
  }
}

/** The present values of what changed. */
function valuesOf(state: SandboxState, changed: Changes): Changes {
  const now = noChanges();
  for (const [collection, records] of changed.records) {
    now.records.set(
      collection,
      new Map([...records.keys()].map((key) => [key, collection.byKey.get(key)])),
    );
  }
  for (const name of changed.counters.keys()) now.counters.set(name, state.counters.get(name));
  return now;
}
