/** What a transaction's work is handed: records and counters, changed in memory at once. */
import { MockError } from '../../../errors.ts';
import type { Collection, Key, Records, Transaction } from '../../store.ts';
import { checkUnique, keyOf } from './collection-state.ts';
import type { CollectionState } from './collection-state.ts';
import { countRecords, findRecords } from './query.ts';
import { changeCounter, changeRecord } from './state.ts';
import type { SandboxState } from './state.ts';
import { frozenCopy } from './stored-record.ts';

/** `end` makes every later use an error: a promise that nobody waited for cannot change what others see. */
export function beginTransaction(state: SandboxState): { transaction: Transaction; end(): void } {
  let ended = false;
  const use = (collection: CollectionState): CollectionState => {
    if (!ended) return collection;
    throw new Error(
      `${collection.name} was used after its transaction had ended; await each call.`,
    );
  };
  return {
    transaction: { in: (collection) => recordsOf(state, findCollection(state, collection), use) },
    end: () => {
      ended = true;
    },
  };
}

function findCollection<R extends object>(
  state: SandboxState,
  { name }: Collection<R>,
): CollectionState {
  const collection = state.collections.get(name);
  if (collection) return collection;
  throw new Error(`The store was opened without the collection "${name}"; pass it to the driver.`);
}

/** That what is stored under a collection's name has the type `R` is the promise of who declared it. */
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
      if (!use(collection).byKey.has(key)) throw noSuchRecord(name, key);
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

/** A key that was chosen by hand moves the counter past it, so that `nextId` never gives a key that was used. */
export function insertRecord(
  state: SandboxState,
  collection: CollectionState,
  record: object,
): void {
  const { name, keyField } = collection;
  const copy = frozenCopy(record);
  const key = keyOf(copy, keyField);
  if (collection.byKey.has(key)) {
    throw new MockError(
      'duplicate-key',
      `${name}: a record with ${keyField} ${JSON.stringify(key)} is there already. Use another key, or update that record.`,
    );
  }
  checkUnique(collection, key, copy);
  changeRecord(state, collection, key, copy);
  if (Number.isSafeInteger(key) && Number(key) > (state.counters.get(name) ?? 0)) {
    changeCounter(state, name, Number(key));
  }
}

function noSuchRecord(name: string, key: Key): MockError {
  return new MockError(
    'no-such-record',
    `${name}: there is no record with the key ${JSON.stringify(key)} to update. Insert it first.`,
  );
}
