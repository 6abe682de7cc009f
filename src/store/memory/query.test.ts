import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Collection } from '../store.ts';
import { createCollectionState, setRecord } from './collection-state.ts';
import { countRecords, findRecords } from './query.ts';

type Item = { id: number; weight: number | null };

const items: Collection<Item> = { name: 'items', key: 'id', indexes: [] };

it('finds a page of a sort without sorting all, as if it had', () => {
  const weights = fc.array(fc.option(fc.integer({ min: 0, max: 50 })), {
    minLength: 100,
    maxLength: 1000,
    size: 'max',
  });
  const direction = fc.constantFrom('ascending' as const, 'descending' as const);
  const page = fc.record({ offset: fc.nat({ max: 300 }), limit: fc.integer({ min: 1, max: 60 }) });
  const property = fc.property(weights, direction, page, (list, way, { offset, limit }) => {
    const state = createCollectionState(items);
    for (const [id, weight] of list.entries()) setRecord(state, id, Object.freeze({ id, weight }));
    const found = findRecords(state, {
      sort: { field: 'weight' as never, direction: way },
      offset,
      limit,
    });
    const sign = way === 'ascending' ? 1 : -1;
    const sorted = list
      .map((weight, id) => ({ id, weight }))
      .toSorted((a, b) => sign * ((a.weight ?? 99) - (b.weight ?? 99) || a.id - b.id));
    expect(found).toStrictEqual(sorted.slice(offset, offset + limit));
  });
  expect.hasAssertions();
  fc.assert(property, { numRuns: 200 });
});

/** A collection that counts how often one of its records is taken out of the list or looked into. */
function countingCollection(size: number) {
  type Book = { id: number; shelf: string; code: string };
  const books: Collection<Book> = {
    name: 'books',
    key: 'id',
    indexes: [
      { field: 'shelf', unique: false },
      { field: 'code', unique: true },
    ],
  };
  const state = createCollectionState(books as Collection<never>);
  const seen = { count: 0 };
  const counting: ProxyHandler<object> = {
    get(target, name) {
      if (typeof name === 'string' && name !== 'length') seen.count += 1;
      return Reflect.get(target, name);
    },
  };
  for (let id = 1; id <= size; id += 1) {
    const book = Object.freeze({ id, shelf: `s${id % 2}`, code: `c${id}` });
    setRecord(state, id, new Proxy(book, counting) as never);
  }
  const { blocks } = state.ordered;
  for (const [i, block] of blocks.entries()) blocks[i] = new Proxy(block, counting) as never;
  seen.count = 0;
  return { state, seen };
}

it.each([
  ['page 1 in the default sort of a list, newest first', { sort: descending('id'), limit: 20 }],
  ['a page deep inside', { sort: descending('id'), offset: 5_000, limit: 20 }],
  ['page 1 of one shelf', { where: [equals('shelf', 's1')], sort: descending('id'), limit: 20 }],
  ['a unique value', { where: [equals('code', 'c777')], sort: descending('id'), limit: 20 }],
  ['a value that nothing has', { where: [equals('code', 'none')], limit: 20 }],
] as const)('finds %s without looking at the rest', (_, query) => {
  const { state, seen } = countingCollection(10_000);
  const found = findRecords(state, query as never);
  expect(seen.count).toBeLessThan(100);
  expect(found.length).toBeLessThanOrEqual(20);
});

it('counts all, and what one indexed value has, without looking at any', () => {
  const { state, seen } = countingCollection(10_000);
  expect(countRecords(state, [])).toBe(10_000);
  expect(countRecords(state, [equals('shelf', 's0') as never])).toBe(5_000);
  expect(seen.count).toBe(0);
});

function descending(field: string) {
  return { field, direction: 'descending' } as const;
}

function equals(field: string, value: string) {
  return { field, equals: value } as const;
}
