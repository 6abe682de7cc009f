/**
 * The state, besides records, that all processes of a sandbox share. `memory-shared.ts` keeps it in memory.
 * A value is returned at once if it is in memory; a slower driver returns a promise.
 */
import type { Awaitable } from './awaitable.ts';

/** What a process compares before it trusts a cached sandbox. Part of the sandbox's stored setup. */
export type Head = {
  /** Random. A new value means that another world has replaced the previous one. */
  readonly generation: string;
  /** Random. A new value means that the journal starts over. A restored snapshot continues the journal. */
  readonly journalId: string;
  /** Counts changes of the setup and of the overrides. */
  readonly revision: number;
  /** Number of overrides. Usually 0, which costs nothing. */
  readonly ruleCount: number;
};

/** One world of a sandbox. */
export type WorldId = Pick<Head, 'generation' | 'journalId'> & { readonly sandbox: string };

/** A rate limit window. */
export type Window = {
  /** Including this use. */
  readonly used: number;
  /** When the next window can start. Sandbox time, in milliseconds since 1970. */
  readonly resetsAt: number;
};

/** The open windows of a sandbox, by key. */
export type Windows = Readonly<Record<string, Window>>;

/** A journal entry as text, plus the fields that are searched most. */
export type StoredEntry = {
  /** Unique in its journal. */
  readonly id: string;
  readonly vendor: string | undefined;
  readonly operation: string | undefined;
  readonly status: number;
  /** Size of the entry for the bounds. */
  readonly bytes: number;
  /** The entry as JSON, without the body of its answer. */
  readonly text: string;
  /** What is kept of that body. */
  readonly answer: string;
};

export type EntryListener = (entry: StoredEntry, news: 'added' | 'changed') => void;

export type JournalSize = {
  readonly entries: number;
  readonly bytes: number;
  /** Sandboxes that have entries. */
  readonly sandboxes: number;
};

/** The entries of all sandboxes. Bounded in number and bytes; the oldest are dropped first. */
export type SharedJournal = {
  /** Call this before the answer is sent. Ignored if the journal has started over in the meantime. */
  append(world: WorldId, entry: StoredEntry): Awaitable<void>;
  /** Puts another entry in the place of the one with this id. Does nothing if that one is gone. */
  change(world: WorldId, id: string, change: (entry: StoredEntry) => StoredEntry): Awaitable<void>;
  /** Counts an entry that is not kept at all. */
  skip(world: WorldId): Awaitable<void>;
  /** Newest first. */
  list(sandbox: string): Awaitable<readonly StoredEntry[]>;
  /** How many entries were dropped since the journal was last cleared. */
  dropped(sandbox: string): Awaitable<number>;
  clear(sandbox: string): Awaitable<void>;
  /**
   * Calls `listener` for each new or changed entry, and returns a function that unsubscribes. `onEnd` is called if the
   * subscription ends in another way: the sandbox was removed, or the listener threw.
   */
  follow(sandbox: string, listener: EntryListener, onEnd: () => void): Awaitable<() => void>;
  size(): Awaitable<JournalSize>;
};

export type Shared = {
  /** Counts a request and returns the current head. Undefined: the sandbox does not exist. */
  enter(sandbox: string): Awaitable<(Head & { readonly request: number }) | undefined>;
  head(sandbox: string): Awaitable<Head | undefined>;
  /** Number of requests since the journal started over. */
  requests(sandbox: string): Awaitable<number>;
  /** Runs `work` exclusively for this sandbox. */
  alone<T>(sandbox: string, work: () => Promise<T>): Promise<T>;
  /** Counts one more use of `key` in its window. A new world starts without windows. */
  count(
    world: WorldId,
    key: string,
    window: { readonly windowMs: number; readonly now: number },
  ): Awaitable<Window>;
  /** The windows of the current world, for snapshots. */
  windows(sandbox: string): Awaitable<Windows>;
  setWindows(sandbox: string, windows: Windows): Awaitable<void>;
  /** Forgets a removed sandbox and ends all subscriptions to its journal. */
  forget(sandbox: string): Awaitable<void>;
  readonly journal: SharedJournal;
};
