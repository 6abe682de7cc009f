/**
 * The only way to state. A driver implements `Store`; `test/store/suite.ts` runs against every one.
 * Nothing outside `src/store/drivers` and `src/app.ts` knows which driver is in use.
 */

/** A record's id: a number from a stored counter, or text. */
export type Key = string | number;

/** Names a kind of record. Every record is a plain JSON object that holds its key in `key`. */
export type Collection<R extends object> = {
  /** Unique over all vendors: `ibl.licenses`. */
  readonly name: string;
  readonly key: keyof R & string;
  readonly indexes: readonly Index<R>[];
};

/** A field that is found by equality without a scan. It holds null, a boolean, a number or text, or is absent. */
type Index<R extends object> = {
  readonly field: keyof R & string;
  /** True: no two records may share a value; null and absent values are not compared. */
  readonly unique: boolean;
};

/** One thing that must hold; a query's conditions must all hold. */
export type Condition<R extends object> =
  /** Null also finds records without the field. */
  | { readonly field: keyof R & string; readonly equals: unknown }
  /** Case-insensitive part of a text field. */
  | { readonly field: keyof R & string; readonly contains: string }
  /** A value inside a field that holds an object; numbers and booleans are compared by their text. */
  | { readonly field: keyof R & string; readonly at: string; readonly equals: string }
  /** Text or numbers, in the order of a sort; null and absent come after everything, as they do there. */
  | { readonly field: keyof R & string; readonly above: string | number }
  /** Not all of these hold. */
  | { readonly not: readonly Condition<R>[] };

export type Query<R extends object> = {
  readonly where?: readonly Condition<R>[];
  /**
   * Text goes by code point; null and absent come last ascending and first descending. Ties are broken by the
   * key in the same direction, so that pages never overlap. Default: key, ascending.
   */
  readonly sort?: {
    readonly field: keyof R & string;
    readonly direction: 'ascending' | 'descending';
  };
  readonly offset?: number;
  readonly limit?: number;
};

/**
 * The records of one collection in one sandbox, inside a transaction. What it hands out is deeply frozen; what
 * it is handed it copies, as JSON would keep it.
 */
export type Records<R extends object> = {
  get(key: Key): Promise<Readonly<R> | undefined>;
  find(query?: Query<R>): Promise<readonly Readonly<R>[]>;
  /** How many records a query without offset and limit finds. */
  count(where?: readonly Condition<R>[]): Promise<number>;
  /**
   * The next number of this collection's counter: 1, 2, … Never given twice, also after a restart, and never a
   * key that a record was inserted with. Undone with its transaction.
   */
  nextId(): Promise<number>;
  /** Stores a record that is not there yet. Throws `MockError` `duplicate-key` where its key or a unique value is taken. */
  insert(record: R): Promise<void>;
  /** Replaces the record with the same key. Throws `MockError` `no-such-record`, or `duplicate-key`. */
  update(record: R): Promise<void>;
  /** Removes a record; false where there is none. */
  remove(key: Key): Promise<boolean>;
};

export type Transaction = {
  in<R extends object>(collection: Collection<R>): Records<R>;
};

/** A sandbox's whole content, in a form that any driver can take. */
export type SandboxContent = {
  readonly counters: Readonly<Record<string, number>>;
  readonly records: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
};

export type Store = {
  /**
   * Runs `work` alone in its sandbox and stores all it changed, or, when it throws, nothing.
   * Resolves when the change is as durable as the driver promises. `work` has no effect but through
   * `transaction`: a driver may run it again. A sandbox that is not there is made by its first change.
   * Throws `MockError` `not-stored` where the change could not be kept.
   */
  transact<T>(sandbox: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * One record as it was last committed, outside any transaction: at once where the driver has it in memory.
   * Undefined where record or sandbox is not there.
   */
  peek<R extends object>(
    sandbox: string,
    collection: Collection<R>,
    key: Key,
  ): Readonly<R> | undefined | Promise<Readonly<R> | undefined>;
  /** True from a sandbox's first change, or `replace`, until it is dropped. */
  has(sandbox: string): Promise<boolean>;
  /** Names of the sandboxes that are there, sorted. */
  sandboxes(): Promise<readonly string[]>;
  /** The whole content at one moment. Throws `MockError` `no-such-sandbox`. */
  export(sandbox: string): Promise<SandboxContent>;
  /**
   * Puts `content` in the place of all that the sandbox held, at one moment. Throws `MockError` `duplicate-key`
   * where it breaks its own keys, `damaged-data` where it has an unknown collection.
   */
  replace(sandbox: string, content: SandboxContent): Promise<void>;
  /** Removes a sandbox and all it holds; false where there is none. */
  drop(sandbox: string): Promise<boolean>;
  /** Lets go of the memory an idle sandbox takes, where it can be read again later. */
  unload(sandbox: string): Promise<void>;
  /** Waits for what is under way, then lets go of files and locks. */
  close(): Promise<void>;
};
