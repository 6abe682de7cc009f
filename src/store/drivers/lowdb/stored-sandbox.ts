/** One sandbox: its jobs one after the other, its content in a `Low` from first use until it is unloaded. */
import { Low } from 'lowdb';
import { MockError } from '../../../errors.ts';
import type { Collection, Key, SandboxContent, Transaction } from '../../store.ts';
import { exportState, importState } from './content.ts';
import { committedRecord, createState, hasChanges, noChanges, undo } from './state.ts';
import type { SandboxState } from './state.ts';
import type { Count, Storage } from './storage.ts';
import type { StoredRecord } from './stored-record.ts';
import { beginTransaction } from './transaction.ts';

export type StoredSandbox = {
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** One record as it was last committed, at once where the content is in memory. */
  peek(collection: string, key: Key): StoredRecord | undefined | Promise<StoredRecord | undefined>;
  export(): Promise<SandboxContent>;
  replace(content: SandboxContent): Promise<void>;
  drop(): Promise<boolean>;
  unload(): Promise<void>;
  isLoaded(): boolean;
  /** True when no job is under way or waiting. */
  isIdle(): boolean;
};

export type StoredSandboxParts = {
  readonly name: string;
  /** Names of all sandboxes that are there; this one keeps its own name right. */
  readonly names: Set<string>;
  readonly collections: readonly Collection<never>[];
  readonly count: Count;
  readonly storage: Storage;
};

export function createStoredSandbox(parts: StoredSandboxParts): StoredSandbox {
  const { name, names, collections, count, storage } = parts;
  let low: Low<SandboxState> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let jobs = 0;

  /** Runs a job after all that were asked for before it, whatever became of them. */
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

  /** Nobody is answered with what could still be lost, neither who wrote it nor who read it. */
  const settle = async (): Promise<void> => {
    try {
      await storage.settle();
    } catch (error) {
      await queue(async () => low && storage.rewind(low.data));
      throw error;
    }
  };

  const compactWhenDue = async (): Promise<void> => {
    if (!low || !storage.wantsCompaction()) return;
    await storage.compact(low.data);
    count('compaction');
  };

  const unload = async (): Promise<void> => {
    await storage.close();
    low = undefined;
  };

  return {
    transact: async (work) => {
      const value = await queue(async () => {
        const result = await runTransaction(await load(), work);
        if (result.changed) {
          names.add(name);
          count('commit');
        }
        return result.value;
      });
      if (storage.wantsCompaction()) void queue(compactWhenDue);
      await settle();
      return value;
    },
    peek(collection, key) {
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
    unload: () => queue(unload),
    isLoaded: () => low !== undefined,
    isIdle: () => jobs === 0,
  };
}

async function runTransaction<T>(
  low: Low<SandboxState>,
  work: (transaction: Transaction) => Promise<T>,
): Promise<{ value: T; changed: boolean }> {
  const { transaction, end } = beginTransaction(low.data);
  try {
    const value = await work(transaction);
    end();
    const changed = hasChanges(low.data);
    if (changed) await low.write();
    return { value, changed };
  } catch (error) {
    end();
    undo(low.data, low.data.changes);
    throw error;
  } finally {
    low.data.changes = noChanges();
  }
}

function noSuchSandbox(name: string): MockError {
  return new MockError(
    'no-such-sandbox',
    `There is no sandbox "${name}". Create it first, or look at the list of sandboxes.`,
  );
}
