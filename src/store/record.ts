/** The rules for one record, the same in every driver: how it is copied, and what its key and indexed fields hold. */
import type { Key } from './store.ts';

/** A record as it is kept: plain JSON, deeply frozen, so that it is handed out without a copy. */
export type StoredRecord = Readonly<Record<string, unknown>>;

/** What an indexed field may hold; absent counts as null. */
export type IndexValue = null | boolean | number | string;

/**
 * A frozen copy, as JSON would keep it: properties that are undefined are left out, numbers that are not finite
 * become null. The caller's object stays its own. Throws `TypeError` for what JSON cannot keep.
 */
export function frozenCopy(record: object): StoredRecord {
  return copyObject(record);
}

/** Freezes a value fresh from `JSON.parse` in its place. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

export function keyOf(record: StoredRecord, keyField: string): Key {
  const key = record[keyField];
  if (typeof key === 'number' || typeof key === 'string') return key;
  throw new TypeError(`The key "${keyField}" of a record must be a number or a string.`);
}

/** The value that an index finds a record by. A unique index does not compare null. */
export function indexValue(record: StoredRecord, field: string): IndexValue {
  const value = record[field] ?? null;
  if (isIndexValue(value)) return value;
  throw new TypeError(
    `The indexed field "${field}" must be null, a boolean, a number or a string.`,
  );
}

export function isIndexValue(value: unknown): value is IndexValue {
  return value === null || ['boolean', 'number', 'string'].includes(typeof value);
}

/** The counter after an insert: past a key chosen by hand, so that `nextId` never gives a key that was used. */
export function counterAfter(key: Key, counter: number): number {
  return Number.isSafeInteger(key) ? Math.max(Number(key), counter) : counter;
}

/** Shared, because most records hold some. */
const EMPTY: StoredRecord = Object.freeze({});

function copyValue(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? copyList(value) : copyObject(value);
    default:
      throw new TypeError(
        `A record cannot contain a ${typeof value}, because it is stored as JSON.`,
      );
  }
}

function copyList(list: readonly unknown[]): readonly unknown[] {
  return Object.freeze(list.map((item) => copyValue(item) ?? null));
}

function copyObject(object: object): StoredRecord {
  const prototype: unknown = Object.getPrototypeOf(object);
  // Only plain objects, of whatever realm, have a prototype without one of its own.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError(
      `A record cannot contain a ${object.constructor.name}, because it is stored as JSON.`,
    );
  }
  const names = Object.keys(object);
  if (names.length === 0) return EMPTY;
  const copy: Record<string, unknown> = {};
  for (const name of names) {
    const value = copyValue((object as StoredRecord)[name]);
    if (value === undefined) continue;
    // Assigning would set the prototype; JSON.parse makes a property of this name, so do we.
    if (name === '__proto__') Object.defineProperty(copy, name, { value, enumerable: true });
    else copy[name] = value;
  }
  return Object.freeze(copy);
}
