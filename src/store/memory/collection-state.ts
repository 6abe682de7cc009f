/** The records of one collection in memory, indexed by key (sorted) and by each indexed field. */
import { compareKeys } from '../compare.ts';
import { valueTaken } from '../faults.ts';
import { indexValue, keyOf } from '../record.ts';
import type { IndexValue, StoredRecord } from '../record.ts';
import type { Collection, Key } from '../store.ts';
import { createSortedList, putSorted, removeSorted } from './sorted-list.ts';
import type { SortedList } from './sorted-list.ts';

export type CollectionState = {
  readonly name: string;
  readonly keyField: string;
  readonly byKey: Map<Key, StoredRecord>;
  readonly ordered: SortedList<StoredRecord>;
  readonly indexes: readonly KeyIndex[];
};

type KeyIndex = {
  readonly field: string;
  readonly unique: boolean;
  readonly keysByValue: Map<IndexValue, Keys>;
};

/** A single key is stored without a list, because most indexed values have just one. */
export type Keys = Key | SortedList<Key>;

export function createCollectionState({ name, key, indexes }: Collection<never>): CollectionState {
  const keyField: string = key;
  return {
    name,
    keyField,
    byKey: new Map(),
    ordered: createSortedList((left, right) =>
      compareKeys(keyOf(left, keyField), keyOf(right, keyField)),
    ),
    indexes: indexes.map(({ field, unique }) => ({ field, unique, keysByValue: new Map() })),
  };
}

/** Inserts, replaces or removes a record, without checks. */
export function setRecord(
  collection: CollectionState,
  key: Key,
  record: StoredRecord | undefined,
): void {
  const { byKey, ordered } = collection;
  const before = byKey.get(key);
  for (const index of collection.indexes) moveKey(index, key, before, record);
  if (record) {
    byKey.set(key, record);
    putSorted(ordered, record);
  } else if (before) {
    byKey.delete(key);
    removeSorted(ordered, before);
  }
}

/** Throws `duplicate-key` if another record has the same unique value. */
export function checkUnique(collection: CollectionState, key: Key, record: StoredRecord): void {
  for (const { field, unique, keysByValue } of collection.indexes) {
    const value = indexValue(record, field);
    if (!unique || value === null) continue;
    const taken = keysByValue.get(value);
    if (taken !== undefined && taken !== key) throw valueTaken(collection.name, field, value);
  }
}

function moveKey(
  { field, keysByValue }: KeyIndex,
  key: Key,
  before: StoredRecord | undefined,
  after: StoredRecord | undefined,
): void {
  const from = before && indexValue(before, field);
  const to = after && indexValue(after, field);
  if (from === to) return;
  if (from !== undefined) removeKey(keysByValue, from, key);
  if (to !== undefined) addKey(keysByValue, to, key);
}

function addKey(keysByValue: Map<IndexValue, Keys>, value: IndexValue, key: Key): void {
  const keys = keysByValue.get(value);
  if (keys === undefined) {
    keysByValue.set(value, key);
  } else if (typeof keys === 'object') {
    putSorted(keys, key);
  } else {
    const list = createSortedList<Key>(compareKeys);
    putSorted(list, keys);
    putSorted(list, key);
    keysByValue.set(value, list);
  }
}

function removeKey(keysByValue: Map<IndexValue, Keys>, value: IndexValue, key: Key): void {
  const keys = keysByValue.get(value);
  if (typeof keys === 'object') {
    removeSorted(keys, key);
    const [only] = keys.blocks[0] ?? [];
    if (keys.size === 1 && only !== undefined) keysByValue.set(value, only);
  } else if (keys === key) {
    keysByValue.delete(value);
  }
}
