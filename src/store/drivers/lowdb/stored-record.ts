/** Records as they are kept: plain JSON, deeply frozen, so that they can be handed out without a copy. */
export type StoredRecord = Readonly<Record<string, unknown>>;

/**
 * A frozen copy, as JSON would keep it: properties that are undefined are left out, numbers that are not
 * finite become null. The caller's object stays its own.
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

/** Most records have some. */
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
      throw new TypeError(`A record cannot hold a ${typeof value}; it is JSON.`);
  }
}

function copyList(list: readonly unknown[]): readonly unknown[] {
  return Object.freeze(list.map((item) => copyValue(item) ?? null));
}

function copyObject(object: object): StoredRecord {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError(`A record cannot hold a ${object.constructor.name}; it is JSON.`);
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
