/** The store over lowdb: one `Low` a sandbox, in memory or in files. */
import { MockError } from '../../../errors.ts';
import type { Collection, Store } from '../../store.ts';
import { createMemoryStorage } from './storage.ts';
import { createStoredSandbox } from './stored-sandbox.ts';
import type { StoredSandbox } from './stored-sandbox.ts';

export type Log = (level: 'warn' | 'error', message: string) => void;

export type LowdbStoreOptions = {
  /** `memory`, or the data folder. */
  readonly data: string;
  /** What an answered change survives: the end of the process (kill -9), or also of the machine. */
  readonly durability: 'process' | 'disk';
  /** Every collection that will be used. */
  readonly collections: readonly Collection<never>[];
  readonly log: Log;
};

const SANDBOX_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

export async function createLowdbStore(options: LowdbStoreOptions): Promise<Store> {
  const { data, collections } = options;
  const names = new Set<string>();
  const sandboxes = new Map<string, StoredSandbox>();
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  const open = (name: string): StoredSandbox => {
    const there = sandboxes.get(name);
    if (there) return there;
    const storage = createMemoryStorage();
    const sandbox = createStoredSandbox({ name, names, collections, storage });
    sandboxes.set(name, sandbox);
    return sandbox;
  };

  /** Holds a sandbox while it is used, and no longer than there is something in it to hold. */
  const use = async <T>(name: string, job: (sandbox: StoredSandbox) => Promise<T>): Promise<T> => {
    if (closed) throw new Error('The store is closed.');
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

  return {
    transact: (name, work) => use(name, (sandbox) => sandbox.transact(work)),
    has: async (name) => names.has(name),
    sandboxes: async () => [...names].toSorted(),
    export: (name) => use(name, (sandbox) => sandbox.export()),
    replace: (name, content) => use(name, (sandbox) => sandbox.replace(content)),
    drop: (name) => use(name, (sandbox) => sandbox.drop()),
    unload: async (name) => {
      if (data !== 'memory' && sandboxes.has(name)) await use(name, (sandbox) => sandbox.unload());
    },
    close: async () => {
      closed = true;
      await Promise.allSettled(underWay);
      await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.unload()));
    },
  };
}

function badName(name: string): MockError {
  return new MockError(
    'bad-sandbox-name',
    `A sandbox cannot be named ${JSON.stringify(name)}. Use up to 64 of a-z, 0-9 and -, not - first.`,
  );
}
