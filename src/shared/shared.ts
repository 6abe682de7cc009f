/**
 * What every process that serves a sandbox must agree on, beside its records. Kept in memory by `memory-shared.ts`.
 * A value comes at once where it is in memory; a driver that has to wait gives a promise.
 */
import type { Awaitable } from './awaitable.ts';

/** What a process that caches a sandbox compares before it trusts its cache. Part of the sandbox's stored setup. */
export type Head = {
  /** Random. Another one: another world has taken the place of the one before. */
  readonly generation: string;
  /** Random. Another one: the journal starts over. A restored snapshot goes on with the journal. */
  readonly journalId: string;
  /** Counts changes of the setup and of the overrides. */
  readonly revision: number;
  /** How many overrides are set: none is the usual case, and then costs nothing. */
  readonly ruleCount: number;
};

/** One world of a sandbox. */
export type WorldId = Pick<Head, 'generation' | 'journalId'> & { readonly sandbox: string };

/** A window in which uses are counted. */
export type Window = {
  /** This use included. */
  readonly used: number;
  /** When the next window can start: the sandbox's time, in milliseconds since 1970. */
  readonly resetsAt: number;
};

/** The open windows of a sandbox, by key. */
export type Windows = Readonly<Record<string, Window>>;

/** An entry of the journal, as text but for what is looked for most. */
export type StoredEntry = {
  /** Unique in its journal. */
  readonly id: string;
  readonly vendor: string | undefined;
  readonly operation: string | undefined;
  readonly status: number;
  /** What the entry counts against the bounds. */
  readonly bytes: number;
  /** The entry as JSON. */
  readonly text: string;
};

export type JournalSize = {
  readonly entries: number;
  readonly bytes: number;
  /** Those that have entries. */
  readonly sandboxes: number;
};

/** The entries of all sandboxes, bounded in number and bytes; the oldest go first. */
export type SharedJournal = {
  /** Before its answer is sent. Left out where the journal has started over since. */
  append(world: WorldId, entry: StoredEntry): Awaitable<void>;
  /** Counts an entry that is not kept at all. */
  skip(world: WorldId): Awaitable<void>;
  /** Newest first. */
  list(sandbox: string): Awaitable<readonly StoredEntry[]>;
  /** How many entries there were since the journal was last cleared, and are gone. */
  dropped(sandbox: string): Awaitable<number>;
  clear(sandbox: string): Awaitable<void>;
  /**
   * Calls `listener` for each entry appended from now on; gives a function that ends this. A listener that throws
   * gets no more. `onEnd` is called where something else ends it: the sandbox was removed, or the listener threw.
   */
  follow(sandbox: string, listener: (entry: StoredEntry) => void, onEnd: () => void): () => void;
  size(): Awaitable<JournalSize>;
};

export type Shared = {
  /** Counts a request and says what is current. Undefined: there is no such sandbox. */
  enter(sandbox: string): Awaitable<(Head & { readonly request: number }) | undefined>;
  head(sandbox: string): Awaitable<Head | undefined>;
  /** How many requests were counted since the journal started over. */
  requests(sandbox: string): Awaitable<number>;
  /** Runs `work` while nobody else does so for this sandbox. */
  alone<T>(sandbox: string, work: () => Promise<T>): Promise<T>;
  /** Counts one more use of `key` in its window. Forgotten when another world takes the place of this one. */
  count(
    world: WorldId,
    key: string,
    window: { readonly windowMs: number; readonly now: number },
  ): Awaitable<Window>;
  /** The windows of the current world, for snapshots. */
  windows(sandbox: string): Awaitable<Windows>;
  setWindows(sandbox: string, windows: Windows): Awaitable<void>;
  /** The sandbox was removed: nothing of it is kept, and nobody follows its journal any more. */
  forget(sandbox: string): Awaitable<void>;
  readonly journal: SharedJournal;
};
