/** Answers queries: by key or index if a condition allows it, otherwise by a full scan. */
import { compareValues } from '../compare.ts';
import type { Compare } from '../compare.ts';
import { testFor } from '../condition.ts';
import type { RecordTest } from '../condition.ts';
import { isIndexValue } from '../record.ts';
import type { StoredRecord } from '../record.ts';
import type { Condition, Key, Query } from '../store.ts';
import type { CollectionState, Keys } from './collection-state.ts';
import { walkSorted } from './sorted-list.ts';
import type { Direction } from './sorted-list.ts';

/** Records in key order, and the conditions that they must still be tested for. */
type Candidates = {
  readonly keys: Keys | 'all' | undefined;
  readonly size: number;
  readonly tests: readonly RecordTest[];
};

export function findRecords(
  collection: CollectionState,
  { where = [], sort, offset = 0, limit = Infinity }: Query<never>,
): readonly StoredRecord[] {
  if (limit <= 0) return [];
  const candidates = chooseCandidates(collection, where);
  if (sort && sort.field !== collection.keyField) {
    const compare = compareBy(sort.field, sort.direction);
    return best(collection, candidates, sort.direction, compare, offset + limit).slice(offset);
  }
  const direction = sort?.direction ?? 'ascending';
  const found: StoredRecord[] = [];
  const untested = candidates.tests.length === 0;
  let toSkip = untested ? 0 : offset;
  walk(collection, candidates, direction, untested ? offset : 0, (record) => {
    if (toSkip > 0) toSkip--;
    else found.push(record);
    return found.length < limit;
  });
  return found;
}

export function countRecords(
  collection: CollectionState,
  where: readonly Condition<never>[],
): number {
  const candidates = chooseCandidates(collection, where);
  if (candidates.tests.length === 0) return candidates.size;
  let count = 0;
  walk(collection, candidates, 'ascending', 0, () => {
    count++;
    return true;
  });
  return count;
}

/** The smallest set that one condition selects. All records if no condition uses the key or an index. */
function chooseCandidates(
  collection: CollectionState,
  where: readonly Condition<never>[],
): Candidates {
  let keys: Keys | 'all' | undefined = 'all';
  let size = collection.ordered.size;
  let chosen: Condition<never> | undefined;
  for (const condition of where) {
    const found = lookUp(collection, condition);
    if (!found || (chosen && found.size >= size)) continue;
    ({ keys, size } = found);
    chosen = condition;
  }
  return { keys, size, tests: where.filter((each) => each !== chosen).map(testFor) };
}

/** The records that a condition selects. Undefined if it uses neither key nor index. */
function lookUp(
  { keyField, byKey, indexes }: CollectionState,
  condition: Condition<never>,
): { keys: Keys | undefined; size: number } | undefined {
  if (!('equals' in condition) || 'at' in condition) return undefined;
  const field: string = condition.field;
  const value: unknown = condition.equals ?? null;
  if (field === keyField) {
    const key = (typeof value === 'number' || typeof value === 'string') && byKey.has(value);
    return key ? { keys: value, size: 1 } : { keys: undefined, size: 0 };
  }
  const index = indexes.find((each) => each.field === field);
  if (!index || !isIndexValue(value)) return undefined;
  const keys = index.keysByValue.get(value);
  if (keys === undefined) return { keys, size: 0 };
  return { keys, size: typeof keys === 'object' ? keys.size : 1 };
}

/** Visits the candidates that pass their tests, in key order, until `visit` returns false. */
function walk(
  { byKey, ordered }: CollectionState,
  { keys, tests }: Candidates,
  direction: Direction,
  skip: number,
  visit: RecordTest,
): void {
  const visitTested: RecordTest =
    tests.length === 0 ? visit : (record) => !tests.every((test) => test(record)) || visit(record);
  if (keys === 'all') return walkSorted(ordered, direction, skip, visitTested);
  const visitKey = (key: Key): boolean => {
    const record = byKey.get(key);
    return !record || visitTested(record);
  };
  if (typeof keys === 'object') return walkSorted(keys, direction, skip, visitKey);
  if (keys !== undefined && skip === 0) visitKey(keys);
}

function compareBy(field: string, direction: Direction): Compare<StoredRecord> {
  return direction === 'ascending'
    ? (left, right) => compareValues(left[field], right[field])
    : (left, right) => compareValues(right[field], left[field]);
}

/**
 * The first `wanted` records of a sort, without sorting all of them. The collected list is trimmed whenever it is twice
 * too long, and records after the worst one kept are skipped. Candidates arrive in the order that breaks ties, and
 * JavaScript's stable sort preserves it.
 */
function best(
  collection: CollectionState,
  candidates: Candidates,
  direction: Direction,
  compare: Compare<StoredRecord>,
  wanted: number,
): StoredRecord[] {
  const kept: StoredRecord[] = [];
  const room = Math.max(2 * wanted, 64);
  let worst: StoredRecord | undefined;
  walk(collection, candidates, direction, 0, (record) => {
    if (worst && compare(record, worst) >= 0) return true;
    kept.push(record);
    if (kept.length >= room) {
      kept.sort(compare);
      kept.length = wanted;
      worst = kept.at(-1);
    }
    return true;
  });
  kept.sort(compare);
  return wanted < kept.length ? kept.slice(0, wanted) : kept;
}
