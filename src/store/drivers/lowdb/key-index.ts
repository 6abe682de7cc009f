/** Finds the keys of records by the value of one field. */
import type { Key } from '../../store.ts';
import { compareKeys } from './compare.ts';
import { createSortedList, putSorted, removeSorted } from './sorted-list.ts';
import type { SortedList } from './sorted-list.ts';
import type { StoredRecord } from './stored-record.ts';

/** What an indexed field may hold; absent counts as null. */
export type IndexValue = null | boolean | number | string;

/** A list has two keys or more; one stands bare, as most values of most indexes have just one. */
export type Keys = Key | SortedList<Key>;

export type KeyIndex = {
  readonly field: string;
  readonly unique: boolean;
  readonly keysByValue: Map<IndexValue, Keys>;
};

/** The value a record is found by. */
export function indexValue(record: StoredRecord, field: string): IndexValue {
  const value = record[field] ?? null;
  if (isIndexValue(value)) return value;
  throw new TypeError(`The indexed field "${field}" holds null, a boolean, a number or text.`);
}

export function isIndexValue(value: unknown): value is IndexValue {
  return value === null || ['boolean', 'number', 'string'].includes(typeof value);
}

export function countKeys(keys: Keys | undefined): number {
  if (keys === undefined) return 0;
  return typeof keys === 'object' ? keys.size : 1;
}

export function addKey({ keysByValue }: KeyIndex, value: IndexValue, key: Key): void {
  const keys = keysByValue.get(value);
  if (keys === undefined) {
    keysByValue.set(value, key);
  } else if (typeof keys === 'object') {
    putSorted(keys, key, compareKeys);
  } else {
    const list = createSortedList<Key>();
    putSorted(list, keys, compareKeys);
    putSorted(list, key, compareKeys);
    keysByValue.set(value, list);
  }
}

export function removeKey({ keysByValue }: KeyIndex, value: IndexValue, key: Key): void {
  const keys = keysByValue.get(value);
  if (typeof keys === 'object') {
    removeSorted(keys, key, compareKeys);
    const [only] = keys.blocks[0] ?? [];
    if (keys.size === 1 && only !== undefined) keysByValue.set(value, only);
  } else if (keys === key) {
    keysByValue.delete(value);
  }
}
