/** The rules for one record in every driver: how it is copied, and which keys and indexed values are allowed. */
import type { Key } from './store.ts';

/** A stored record: plain JSON, deeply frozen, so it can be returned without a copy. */
export type StoredRecord = Readonly<Record<string, unknown>>;

/** Allowed values of an indexed field. Absent counts as null. */
export type IndexValue = null | boolean | number | string;

/**
 * A frozen copy with the semantics of JSON: omits undefined properties; numbers that are not finite become null. Does not
 * change the caller's object. Throws `TypeError` for values that JSON cannot represent.
 */
export function frozenCopy(record: object): StoredRecord {
  return copyObject(record);
}

/** Freezes a value from `JSON.parse` in place. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

/** True if both are written as the same JSON text. Both have been copied by `frozenCopy`. */
export function isSameJson(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return Object.is(left, right) || (left === 0 && right === 0);
  }
  if (left === right) return true;
  if (Array.isArray(left) || Array.isArray(right)) {
    const areLists = Array.isArray(left) && Array.isArray(right);
    return (
      areLists &&
      left.length === right.length &&
      left.every((each, index) => isSameJson(each, right[index]))
    );
  }
  const [ours, theirs] = [Object.keys(left), Object.keys(right)];
  return (
    ours.length === theirs.length &&
    ours.every(
      (name, index) =>
        name === theirs[index] &&
        isSameJson((left as StoredRecord)[name], (right as StoredRecord)[name]),
    )
  );
}

export function keyOf(record: StoredRecord, keyField: string): Key {
  const key = record[keyField];
  if (typeof key === 'number' || typeof key === 'string') return key;
  throw new TypeError(`The key "${keyField}" of a record must be a number or a string.`);
}

/** The value of a record in an index. A unique index ignores null. */
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

/** The counter after an insert. It passes keys chosen by the caller, so `nextId` never returns a used key. */
export function counterAfter(key: Key, counter: number): number {
  return Number.isSafeInteger(key) ? Math.max(Number(key), counter) : counter;
}

/** Shared, because most records contain some. */
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
  // Plain objects of every realm have a prototype that has no prototype itself.
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
    // An assignment would set the prototype. JSON.parse creates a property with this name, so we do too.
    if (name === '__proto__') Object.defineProperty(copy, name, { value, enumerable: true });
    else copy[name] = value;
  }
  return Object.freeze(copy);
}
