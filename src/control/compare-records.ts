/** Compares the records of a collection at two times. */
import { isDeepStrictEqual } from 'node:util';
import type { RecordDifference } from '../control-api/control-api.ts';
import type { JsonObject } from '../messages/json.ts';
import type { Collection } from '../store/store.ts';
import { keyIn } from './collections.ts';

/** The records that differ: first those that were there, in their order, then the new ones. */
export function compareRecords(
  collection: Collection<never>,
  was: readonly JsonObject[],
  now: readonly JsonObject[],
): readonly RecordDifference[] {
  const later = new Map(now.map((record) => [keyIn(record, collection), record]));
  const found: RecordDifference[] = [];
  for (const record of was) {
    const key = keyIn(record, collection);
    const current = later.get(key) ?? null;
    later.delete(key);
    if (isDeepStrictEqual(record, current)) continue;
    found.push({ collection: collection.name, key, was: record, now: current });
  }
  for (const [key, record] of later) {
    found.push({ collection: collection.name, key, was: null, now: record });
  }
  return found;
}
