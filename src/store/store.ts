/**
 * The only way to state. A driver implements `Store`, and `test/store/suite.ts` tests every driver. Only
 * `src/parts.ts` knows which driver is in use. The rules that all drivers share stand beside this file: `compare.ts`
 * (order), `condition.ts` (what a query finds), `record.ts` (copies, keys, indexed values), `faults.ts` (errors).
 */

/** A record's id: a number from a stored counter, or text. The number 1 and the text `1` are two keys. */
export type Key = string | number;

/** Declares a kind of record. Every record is a plain JSON object that holds its key in the field `key`. */
export type Collection<R extends object> = {
  /** Unique across all vendors: `ibl.platforms`. */
  readonly name: string;
  readonly key: keyof R & string;
  readonly indexes: readonly Index<R>[];
};

/** A field whose values are found without a scan. It holds null, a boolean, a number or text, or is absent. */
type Index<R extends object> = {
  readonly field: keyof R & string;
  /** True: no two records share a value. Null and absent may occur any number of times. */
  readonly unique: boolean;
};

/** One condition. A query finds the records that meet all its conditions. */
export type Condition<R extends object> =
  /** The field has this value. Null also finds records without the field; objects and lists are compared in depth. */
  | { readonly field: keyof R & string; readonly equals: unknown }
  /** The field contains this text. Case-insensitive. */
  | { readonly field: keyof R & string; readonly contains: string }
  /** The field holds an object whose property `at` has this text. Numbers and booleans are compared by their text. */
  | { readonly field: keyof R & string; readonly at: string; readonly equals: string }
  /** The field comes after this value in an ascending sort. So null and absent are above everything. */
  | { readonly field: keyof R & string; readonly above: string | number }
  /** At least one of these does not hold. */
  | { readonly not: readonly Condition<R>[] };

export type Query<R extends object> = {
  readonly where?: readonly Condition<R>[];
  /**
   * Booleans, then numbers, then text by code point. Null and absent come last ascending and first descending.
   * Equal values are sorted by key in the same direction, so that pages never overlap. Default: key, ascending.
   */
  readonly sort?: {
    readonly field: keyof R & string;
    readonly direction: 'ascending' | 'descending';
  };
  /** How many records to leave out at the start. Default: 0. */
  readonly offset?: number;
  /** How many records to give at most. Default: all. */
  readonly limit?: number;
};

/**
 * The records of one collection in one sandbox, inside a transaction. They show what the transaction changed so far.
 * Records it returns are deeply frozen. Records it takes are copied as JSON would keep them; a value that JSON cannot
 * keep, such as a `Date`, is a `TypeError`. Each call must be awaited: once the work has ended, calls are refused.
 */
export type Records<R extends object> = {
  get(key: Key): Promise<Readonly<R> | undefined>;
  find(query?: Query<R>): Promise<readonly Readonly<R>[]>;
  /** How many records a query without offset and limit finds. */
  count(where?: readonly Condition<R>[]): Promise<number>;
  /**
   * The next number of this collection's counter: 1, 2, … It was never the key of a record and is never given again,
   * also not after a restart. A transaction that fails gives its numbers back.
   */
  nextId(): Promise<number>;
  /** Stores a new record. Throws `MockError` `duplicate-key` if its key or a unique value already exists. */
  insert(record: R): Promise<void>;
  /**
   * Replaces the whole record that has the same key. Throws `MockError` `no-such-record` if there is none, and
   * `duplicate-key` if a unique value already exists.
   */
  update(record: R): Promise<void>;
  /** Removes a record. False: it did not exist. */
  remove(key: Key): Promise<boolean>;
};

export type Transaction = {
  /** Throws if the collection was not declared to the driver. */
  in<R extends object>(collection: Collection<R>): Records<R>;
};

/** A sandbox's whole content, in a form that any driver takes. Both are by collection name. */
export type SandboxContent = {
  /** The last number of each counter that was used. */
  readonly counters: Readonly<Record<string, number>>;
  /** By key, ascending. A collection without records is left out. */
  readonly records: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
};

/** What a driver may use to save work. All are hints: what a work does is right without them. */
export type TransactOptions = {
  /** The caller has read of this sandbox since its request began, so no newer state need be looked for. Default: false. */
  readonly isFresh?: boolean;
  /** What the work is likely to do. Default: it may change something. */
  readonly effect?: 'read' | 'write';
};

/**
 * A sandbox's name is up to 64 of a-z, 0-9 and -, not - first. No sandbox has another name: `has` and `peek` find
 * nothing there, `transact`, `export`, `replace` and `drop` throw `MockError` `bad-sandbox-name`.
 */
export type Store = {
  /**
   * Runs `work` alone in its sandbox, then stores all that it changed, or, where it throws, nothing; its error is
   * passed on. Resolves when the change, and any earlier change that `work` could read, is as durable as the driver
   * promises. A driver may run `work` more than once, so it has no effect but through `transaction`. The first change
   * makes the sandbox; changes that cancel each other out do not. Works of other sandboxes are not waited for.
   * Throws `MockError` `not-stored` where the change could not be kept; then nothing was changed.
   */
  transact<T>(
    sandbox: string,
    work: (transaction: Transaction) => Promise<T>,
    options?: TransactOptions,
  ): Promise<T>;
  /**
   * One record as last committed, without a transaction: what a running transaction changed does not show, and a call
   * from inside a work is allowed. Returns the record itself where the driver has it in memory, else a promise.
   * The commit may still be on its way to the disk. Undefined where the record or the sandbox is not there.
   */
  peek<R extends object>(
    sandbox: string,
    collection: Collection<R>,
    key: Key,
  ): Readonly<R> | undefined | Promise<Readonly<R> | undefined>;
  /**
   * One record of every sandbox, as `peek` gives it, sorted by sandbox. `record` is undefined where it is not there, or
   * where the driver would have to load the sandbox for it.
   */
  peekEverywhere<R extends object>(
    collection: Collection<R>,
    key: Key,
  ): Promise<readonly { readonly sandbox: string; readonly record: Readonly<R> | undefined }[]>;
  /** True from the first change (or `replace`) of a sandbox until it is dropped. */
  has(sandbox: string): Promise<boolean>;
  /** The sorted names of all existing sandboxes. */
  sandboxes(): Promise<readonly string[]>;
  /** The complete content at one point in time. Throws `MockError` `no-such-sandbox`. */
  export(sandbox: string): Promise<SandboxContent>;
  /**
   * Replaces the whole content at one moment; makes the sandbox where it is not there. A counter below the highest key
   * of its collection is raised to it. Throws `MockError` `duplicate-key` where a key or a unique value occurs twice,
   * `damaged-data` where a collection was not declared, `not-stored`; then nothing was changed.
   */
  replace(sandbox: string, content: SandboxContent): Promise<void>;
  /** Removes a sandbox with all its content, including counters. False: it did not exist. */
  drop(sandbox: string): Promise<boolean>;
  /** Frees the memory of an idle sandbox if it can be reloaded. The next call reloads it. */
  unload(sandbox: string): Promise<void>;
  /** Finds out whether changes can be stored now. Undefined: they can. Else the reason, in a sentence. */
  findWriteFault(): Promise<string | undefined>;
  /** Waits for running work, then releases files and locks. Later calls that need the content of a sandbox throw. */
  close(): Promise<void>;
};
