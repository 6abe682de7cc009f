/** The records of one collection in memory, with what finds them fast. */
import { MockError } from '../../../errors.ts';
import type { Collection, Key } from '../../store.ts';
import { compareKeys } from './compare.ts';
import type { Compare } from './compare.ts';
import { addKey, indexValue, removeKey } from './key-index.ts';
import type { KeyIndex } from './key-index.ts';
import { createSortedList, putSorted, removeSorted } from './sorted-list.ts';
import type { SortedList } from './sorted-list.ts';
import type { StoredRecord } from './stored-record.ts';

export type CollectionState = {
  readonly name: string;
  readonly keyField: string;
  readonly byKey: Map<Key, StoredRecord>;
  /** In the order of their keys. */
  readonly ordered: SortedList<StoredRecord>;
  readonly compareRecords: Compare<StoredRecord>;
  readonly indexes: readonly KeyIndex[];
};

export function createCollectionState({ name, key, indexes }: Collection<never>): CollectionState {
  const keyField: string = key;
  return {
    name,
    keyField,
    byKey: new Map(),
    ordered: createSortedList(),
    compareRecords: (left, right) => compareKeys(keyOf(left, keyField), keyOf(right, keyField)),
    indexes: indexes.map(({ field, unique }) => ({ field, unique, keysByValue: new Map() })),
  };
}

export function keyOf(record: StoredRecord, keyField: string): Key {
  const key = record[keyField];
  if (typeof key === 'number' || typeof key === 'string') return key;
  throw new TypeError(`A record's key "${keyField}" is a number or text.`);
}

/** Puts a record in, in the place of the one with the same key, or takes it out; without checks. */
export function setRecord(
  collection: CollectionState,
  key: Key,
  record: StoredRecord | undefined,
): void {
  const { byKey, ordered, compareRecords } = collection;
  const before = byKey.get(key);
  for (const index of collection.indexes) moveKey(index, key, before, record);
  if (record) {
    byKey.set(key, record);
    putSorted(ordered, record, compareRecords);
  } else if (before) {
    byKey.delete(key);
    removeSorted(ordered, before, compareRecords);
  }
}

function moveKey(
  index: KeyIndex,
  key: Key,
  before: StoredRecord | undefined,
  after: StoredRecord | undefined,
): void {
  const from = before && indexValue(before, index.field);
  const to = after && indexValue(after, index.field);
  if (from === to) return;
  if (from !== undefined) removeKey(index, from, key);
  if (to !== undefined) addKey(index, to, key);
}

/** Throws where another record has the key or a unique value of a record about to be stored. */
export function checkUnique(collection: CollectionState, key: Key, record: StoredRecord): void {
  for (const { field, unique, keysByValue } of collection.indexes) {
    const value = indexValue(record, field);
    if (!unique || value === null) continue;
    const taken = keysByValue.get(value);
    if (taken === undefined || taken === key) continue;
    throw new MockError(
      'duplicate-key',
      `${collection.name}: ${field} ${JSON.stringify(value)} is taken by another record. Use another value, or change that record.`,
    );
  }
}
