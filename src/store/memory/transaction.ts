/** Runs the work of a transaction on a sandbox in memory. Changes apply at once and are undone if the work fails. */
import { noSuchRecord, transactionEnded, undeclaredCollection } from '../faults.ts';
import { frozenCopy, isSameJson, keyOf } from '../record.ts';
import type { Records, Transaction } from '../store.ts';
import { checkUnique } from './collection-state.ts';
import type { CollectionState } from './collection-state.ts';
import { countRecords, findRecords } from './query.ts';
import { changeCounter, changeRecord, hasChanges, insertRecord, noChanges, undo } from './state.ts';
import type { SandboxState } from './state.ts';

/** `write` stores the changes. It is called only if something changed; it may fail, like the work itself. */
export async function runTransaction<T>(
  state: SandboxState,
  work: (transaction: Transaction) => Promise<T>,
  write: () => Promise<void>,
): Promise<{ value: T; changed: boolean }> {
  let ended = false;
  /** A promise that the work did not await must not change what others see. */
  const use = (collection: CollectionState): CollectionState => {
    if (ended) throw transactionEnded(collection.name);
    return collection;
  };
  const transaction: Transaction = {
    in: ({ name }) => {
      const collection = state.collections.get(name);
      if (!collection) throw undeclaredCollection(name);
      return recordsOf(state, collection, use);
    },
  };
  try {
    const value = await work(transaction);
    ended = true;
    const changed = hasChanges(state);
    if (changed) await write();
    return { value, changed };
  } catch (error) {
    ended = true;
    undo(state, state.changes);
    throw error;
  } finally {
    state.changes = noChanges();
  }
}

/** Whoever declares a collection guarantees that its records have the type `R`. */
function recordsOf<R extends object>(
  state: SandboxState,
  collection: CollectionState,
  use: (collection: CollectionState) => CollectionState,
): Records<R> {
  const { name, keyField } = collection;
  return {
    get: async (key) => use(collection).byKey.get(key) as Readonly<R> | undefined,
    find: async (query = {}) =>
      findRecords(use(collection), query) as readonly object[] as readonly Readonly<R>[],
    count: async (where = []) => countRecords(use(collection), where),
    nextId: async () => {
      use(collection);
      const id = (state.counters.get(name) ?? 0) + 1;
      changeCounter(state, name, id);
      return id;
    },
    insert: async (record) => insertRecord(state, use(collection), record),
    update: async (record) => {
      const copy = frozenCopy(record);
      const key = keyOf(copy, keyField);
      const before = use(collection).byKey.get(key);
      if (!before) throw noSuchRecord(name, key);
      // Nothing is written, and whoever keeps the record has the present one.
      if (isSameJson(before, copy)) return;
      checkUnique(collection, key, copy);
      changeRecord(state, collection, key, copy);
    },
    remove: async (key) => {
      if (!use(collection).byKey.has(key)) return false;
      changeRecord(state, collection, key, undefined);
      return true;
    },
  };
}
