/** The store on lowdb: one `Low` per sandbox, in memory or in a folder. */
import path from 'node:path';
import { Memory } from 'lowdb';
import { checkSandboxName, storeClosed } from '../../faults.ts';
import type { Collection, Key, Store } from '../../store.ts';
import { createUnderWay } from '../under-way.ts';
import { openDataFolder } from './data-folder.ts';
import type { Log } from './disk-faults.ts';
import { createFileStorage } from './file-storage.ts';
import { probeFolder } from './probe-folder.ts';
import { createOpenFiles } from './log-file.ts';
import { createSandbox } from './sandbox.ts';
import type { Count, Sandbox, Storage } from './sandbox.ts';
import type { SandboxState } from '../../memory/state.ts';

export type LowdbStoreOptions = {
  /** `memory`, or a folder. The store creates `license-mock` in it and touches nothing else there. */
  readonly data: string;
  /** What a confirmed change survives: a crash of the process (kill -9), or also of the machine. */
  readonly durability: 'process' | 'disk';
  /** Every collection that will be used. */
  readonly collections: readonly Collection<never>[];
  readonly log: Log;
  /** Called for each stored change and each compacted log. */
  readonly count?: Count;
  readonly limits?: Partial<LowdbLimits>;
};

type LowdbLimits = {
  /** Logs of a sandbox are compacted when they are longer than this and than twice the last snapshot. Default: 4 MB. */
  readonly compactAboveBytes: number;
  /** How many files are kept open between writes. Default: 128. */
  readonly openFiles: number;
  /** How many bytes are checked for damage at start, besides sandbox `default`. The rest is checked at first use. Default: 64 MB. */
  readonly checkBytes: number;
};

const DEFAULT_LIMITS: LowdbLimits = {
  compactAboveBytes: 4 * 1024 * 1024,
  openFiles: 128,
  checkBytes: 64 * 1024 * 1024,
};

/** Always there, so it is loaded at once. */
const DEFAULT_SANDBOX = 'default';

/**
 * Throws `MockError` `data-in-use` if another process uses the folder, `data-unusable` if it cannot be written, and
 * `damaged-data` if files are damaged.
 */
export async function createLowdbStore(given: LowdbStoreOptions): Promise<Store> {
  const options = { count: () => {}, ...given };
  if (options.data === 'memory')
    return createStore(options, [], createMemoryStorage, { unlock: () => {} });
  const { data, durability, collections, log, count } = options;
  const { compactAboveBytes, checkBytes, ...limits } = { ...DEFAULT_LIMITS, ...options.limits };
  const except = DEFAULT_SANDBOX;
  const opened = await openDataFolder({ data, collections, log, checkBytes, except });
  const { folder, names, unlock } = opened;
  const openFiles = createOpenFiles(limits.openFiles);
  const createStorage = (name: string): Storage =>
    createFileStorage({
      folder: path.join(folder, name),
      durability,
      collections,
      log,
      count,
      openFiles,
      compactAboveBytes,
    });
  const store = createStore(options, names, createStorage, { unlock, folder });
  try {
    if (names.includes(DEFAULT_SANDBOX)) await store.transact(DEFAULT_SANDBOX, async () => {});
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function createStore(
  { data, collections, count }: LowdbStoreOptions & { readonly count: Count },
  found: readonly string[],
  createStorage: (name: string) => Storage,
  { unlock, folder }: { readonly unlock: () => void; readonly folder?: string },
): Store {
  const names = new Set(found);
  const sandboxes = new Map<string, Sandbox>();
  const underWay = createUnderWay();
  let closing: Promise<void> | undefined;

  const open = (name: string): Sandbox => {
    const there = sandboxes.get(name);
    if (there) return there;
    const storage = createStorage(name);
    const sandbox = createSandbox({ name, names, collections, count, storage });
    sandboxes.set(name, sandbox);
    return sandbox;
  };

  /** Keeps a sandbox open while it is used, and afterwards only if it has content. */
  const use = async <T>(name: string, job: (sandbox: Sandbox) => Promise<T>): Promise<T> => {
    if (closing) throw storeClosed();
    checkSandboxName(name);
    const sandbox = open(name);
    try {
      return await underWay.run(() => job(sandbox));
    } finally {
      if (sandbox.isIdle() && !(names.has(name) && sandbox.isLoaded())) sandboxes.delete(name);
    }
  };

  const close = async (): Promise<void> => {
    await underWay.ended();
    await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.unload()));
    sandboxes.clear();
    unlock();
  };

  return {
    transact: (name, work) => use(name, (sandbox) => sandbox.transact(work)),
    peek: <R extends object>(name: string, collection: Collection<R>, key: Key) => {
      const sandbox = sandboxes.get(name);
      // Whoever declares a collection guarantees that its records have the type `R`.
      if (sandbox?.isLoaded()) {
        return sandbox.peek(collection.name, key) as Readonly<R> | undefined;
      }
      if (closing || !names.has(name)) return undefined;
      return use(name, async (each) => each.peek(collection.name, key)) as Promise<
        Readonly<R> | undefined
      >;
    },
    peekEverywhere: async <R extends object>(collection: Collection<R>, key: Key) =>
      Promise.all(
        [...names].toSorted().map(async (name) => {
          const sandbox = sandboxes.get(name);
          const record = sandbox?.isLoaded() ? await sandbox.peek(collection.name, key) : undefined;
          return { sandbox: name, record: record as Readonly<R> | undefined };
        }),
      ),
    has: async (name) => names.has(name),
    sandboxes: async () => [...names].toSorted(),
    export: (name) => use(name, (sandbox) => sandbox.export()),
    replace: (name, content) => use(name, (sandbox) => sandbox.replace(content)),
    drop: (name) => use(name, (sandbox) => sandbox.drop()),
    unload: async (name) => {
      if (data !== 'memory' && sandboxes.has(name)) await use(name, (sandbox) => sandbox.unload());
    },
    findWriteFault: async () => folder && probeFolder(folder),
    close: () => (closing ??= close()),
  };
}

const nothingToDo = async (): Promise<void> => {};

/** Nothing outlives the process, so there is nothing to wait for. */
function createMemoryStorage(): Storage {
  let memory = new Memory<SandboxState>();
  return {
    read: () => memory.read(),
    write: (state) => memory.write(state),
    settle: nothingToDo,
    rewind: () => {},
    replace: (next) => memory.write(next),
    remove: async () => {
      memory = new Memory();
    },
    close: nothingToDo,
  };
}
