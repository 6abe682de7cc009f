/** The store over lowdb: one `Low` a sandbox, in memory or in a folder. */
import path from 'node:path';
import { MockError } from '../../../errors.ts';
import type { Collection, Key, Store } from '../../store.ts';
import { openDataFolder, SANDBOX_NAME } from './data-folder.ts';
import { createFileStorage } from './file-storage.ts';
import { createOpenFiles } from './open-files.ts';
import { createMemoryStorage } from './storage.ts';
import type { Count, Log, Storage } from './storage.ts';
import { createStoredSandbox } from './stored-sandbox.ts';
import type { StoredSandbox } from './stored-sandbox.ts';

export type LowdbStoreOptions = {
  /** `memory`, or the data folder. */
  readonly data: string;
  /** What an answered change survives: the end of the process (kill -9), or also of the machine. */
  readonly durability: 'process' | 'disk';
  /** Every collection that will be used. */
  readonly collections: readonly Collection<never>[];
  readonly log: Log;
  /** Told of each change that is stored, and each log that is compacted. */
  readonly count?: Count;
  readonly limits?: Partial<LowdbLimits>;
};

type LowdbLimits = {
  /** Logs of a sandbox are compacted when they are longer than this and than twice the last snapshot. Default: 4 MB. */
  readonly compactAboveBytes: number;
  /** How many files are kept open between writes. Default: 128. */
  readonly openFiles: number;
  /** How much is read at start to find damage, besides sandbox `default`; what is beyond is checked when it is first used. Default: 64 MB. */
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
 * Throws `MockError` `data-in-use` where another process has the folder, `data-unusable` where it cannot be
 * written, `damaged-data` where files are not as they were written.
 */
export async function createLowdbStore(options: LowdbStoreOptions): Promise<Store> {
  if (options.data === 'memory') return createStore(options, [], createMemoryStorage, () => {});
  const { data, durability, collections, log } = options;
  const { compactAboveBytes, checkBytes, ...limits } = { ...DEFAULT_LIMITS, ...options.limits };
  const except = DEFAULT_SANDBOX;
  const { names, unlock } = await openDataFolder({
    folder: data,
    collections,
    log,
    checkBytes,
    except,
  });
  const openFiles = createOpenFiles(limits.openFiles);
  const createStorage = (name: string): Storage => {
    const folder = path.join(data, name);
    return createFileStorage({
      folder,
      durability,
      collections,
      log,
      openFiles,
      compactAboveBytes,
    });
  };
  const store = createStore(options, names, createStorage, unlock);
  try {
    if (names.includes(DEFAULT_SANDBOX)) await store.transact(DEFAULT_SANDBOX, async () => {});
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function createStore(
  { data, collections, count = () => {} }: LowdbStoreOptions,
  found: readonly string[],
  createStorage: (name: string) => Storage,
  unlock: () => void,
): Store {
  const names = new Set(found);
  const sandboxes = new Map<string, StoredSandbox>();
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  const open = (name: string): StoredSandbox => {
    const there = sandboxes.get(name);
    if (there) return there;
    const sandbox = createStoredSandbox({
      name,
      names,
      collections,
      count,
      storage: createStorage(name),
    });
    sandboxes.set(name, sandbox);
    return sandbox;
  };

  /** Holds a sandbox while it is used, and then no longer than there is something in it to hold. */
  const use = async <T>(name: string, job: (sandbox: StoredSandbox) => Promise<T>): Promise<T> => {
    if (closing) throw new Error('The store is closed.');
    if (!SANDBOX_NAME.test(name)) throw badName(name);
    const sandbox = open(name);
    const result = job(sandbox);
    underWay.add(result);
    try {
      return await result;
    } finally {
      underWay.delete(result);
      if (sandbox.isIdle() && !(names.has(name) && sandbox.isLoaded())) sandboxes.delete(name);
    }
  };

  const close = async (): Promise<void> => {
    await Promise.allSettled(underWay);
    await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.unload()));
    sandboxes.clear();
    unlock();
  };

  return {
    transact: (name, work) => use(name, (sandbox) => sandbox.transact(work)),
    peek: <R extends object>(name: string, collection: Collection<R>, key: Key) => {
      const sandbox = sandboxes.get(name);
      // That what is stored under a collection's name has the type `R` is the promise of who declared it.
      if (sandbox?.isLoaded()) {
        return sandbox.peek(collection.name, key) as Readonly<R> | undefined;
      }
      if (!names.has(name)) return undefined;
      return use(name, async (each) => each.peek(collection.name, key)) as Promise<
        Readonly<R> | undefined
      >;
    },
    has: async (name) => names.has(name),
    sandboxes: async () => [...names].toSorted(),
    export: (name) => use(name, (sandbox) => sandbox.export()),
    replace: (name, content) => use(name, (sandbox) => sandbox.replace(content)),
    drop: (name) => use(name, (sandbox) => sandbox.drop()),
    unload: async (name) => {
      if (data !== 'memory' && sandboxes.has(name)) await use(name, (sandbox) => sandbox.unload());
    },
    close: () => (closing ??= close()),
  };
}

function badName(name: string): MockError {
  return new MockError(
    'bad-sandbox-name',
    `A sandbox cannot be named ${JSON.stringify(name)}. Use up to 64 of a-z, 0-9 and -, not - first.`,
  );
}
