/** One sandbox: runs its jobs one after the other, and keeps its content in a `Low` from first use until it is unloaded. */
import { Low } from 'lowdb';
import type { Adapter } from 'lowdb';
import { noSuchSandbox } from '../../faults.ts';
import type { StoredRecord } from '../../record.ts';
import type { Collection, Key, SandboxContent, Transaction } from '../../store.ts';
import { committedRecord, createState, exportState, importState } from '../../memory/state.ts';
import type { SandboxState } from '../../memory/state.ts';
import { runTransaction } from '../../memory/transaction.ts';

/** Where a sandbox is stored: lowdb's adapter, plus operations that an adapter lacks. */
export type Storage = Adapter<SandboxState> & {
  /** Resolves when everything written so far is as durable as promised. */
  settle(): Promise<void>;
  /** Rolls back changes that did not become durable, after `settle` failed. */
  rewind(state: SandboxState): void;
  /** Atomically replaces everything with `next`. */
  replace(next: SandboxState): Promise<void>;
  /** Atomically removes everything. */
  remove(): Promise<void>;
  /** Waits for running work, then closes files. */
  close(): Promise<void>;
};

export type Count = (event: 'commit' | 'compaction') => void;

export type Sandbox = {
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** One record as last committed. */
  peek(collection: string, key: Key): StoredRecord | undefined | Promise<StoredRecord | undefined>;
  export(): Promise<SandboxContent>;
  replace(content: SandboxContent): Promise<void>;
  drop(): Promise<boolean>;
  unload(): Promise<void>;
  isLoaded(): boolean;
  /** True if no job is running or waiting. */
  isIdle(): boolean;
};

export type SandboxParts = {
  readonly name: string;
  /** Names of all existing sandboxes. Each sandbox maintains its own name. */
  readonly names: Set<string>;
  readonly collections: readonly Collection<never>[];
  readonly count: Count;
  readonly storage: Storage;
};

export function createSandbox(parts: SandboxParts): Sandbox {
  const { name, names, collections, count, storage } = parts;
  let low: Low<SandboxState> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let jobs = 0;

  /** Runs a job after all earlier jobs have ended, even if they failed. */
  const queue = <T>(job: () => Promise<T>): Promise<T> => {
    jobs++;
    const result = last.then(job);
    last = result.then(endJob, endJob);
    return result;
  };
  const endJob = (): void => {
    jobs--;
  };

  const load = async (): Promise<Low<SandboxState>> => {
    if (low) return low;
    const loading = new Low(storage, createState(collections));
    await loading.read();
    return (low = loading);
  };

  /** Neither writers nor readers get an answer while the change could still be lost. */
  const settle = async (): Promise<void> => {
    try {
      await storage.settle();
    } catch (error) {
      await queue(async () => low && storage.rewind(low.data));
      throw error;
    }
  };

  return {
    transact: async (work) => {
      const value = await queue(async () => {
        const loaded = await load();
        const result = await runTransaction(loaded.data, work, () => loaded.write());
        if (result.changed) {
          names.add(name);
          count('commit');
        }
        return result.value;
      });
      await settle();
      return value;
    },
    peek: (collection, key) => {
      if (!names.has(name)) return undefined;
      if (low) return committedRecord(low.data, collection, key);
      return queue(async () =>
        names.has(name) ? committedRecord((await load()).data, collection, key) : undefined,
      );
    },
    export: async () => {
      const content = await queue(async () => {
        if (!names.has(name)) throw noSuchSandbox(name);
        return exportState((await load()).data);
      });
      await settle();
      return content;
    },
    replace: async (content) => {
      const next = importState(collections, content);
      await queue(async () => {
        const loaded = await load();
        await storage.replace(next);
        loaded.data = next;
        names.add(name);
      });
    },
    drop: () =>
      queue(async () => {
        if (!names.has(name)) return false;
        await storage.remove();
        low = undefined;
        return names.delete(name);
      }),
    unload: () =>
      queue(async () => {
        await storage.close();
        low = undefined;
      }),
    isLoaded: () => low !== undefined,
    isIdle: () => jobs === 0,
  };
}
