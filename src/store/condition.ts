/** The meaning of a condition in every driver. A driver that passes queries to its database must return the same records. */
import { isDeepStrictEqual } from 'node:util';
import { compareValues } from './compare.ts';
import type { StoredRecord } from './record.ts';
import type { Condition } from './store.ts';

export type RecordTest = (record: StoredRecord) => boolean;

/** Returns a predicate that tests a record. */
export function testFor(condition: Condition<never>): RecordTest {
  if ('not' in condition) {
    const tests = condition.not.map(testFor);
    return (record) => !tests.every((test) => test(record));
  }
  const field: string = condition.field;
  if ('above' in condition) {
    const { above } = condition;
    return (record) => compareValues(record[field], above) > 0;
  }
  if ('contains' in condition) {
    const part = condition.contains.toLowerCase();
    return (record) => {
      const value = record[field];
      return typeof value === 'string' && value.toLowerCase().includes(part);
    };
  }
  if ('at' in condition) {
    const { at, equals } = condition;
    return (record) => textAt(record[field], at) === equals;
  }
  const equals: unknown = condition.equals ?? null;
  return typeof equals === 'object' && equals !== null
    ? (record) => isDeepStrictEqual(record[field], equals)
    : (record) => (record[field] ?? null) === equals;
}

/** The text of a value inside an object. Undefined if it is missing, null, an object or a list. */
function textAt(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const inside = (value as StoredRecord)[name];
  return ['string', 'number', 'boolean'].includes(typeof inside) ? String(inside) : undefined;
}
