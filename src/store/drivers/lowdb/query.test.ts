import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Collection } from '../../store.ts';
import { createCollectionState, setRecord } from './collection-state.ts';
import { findRecords } from './query.ts';

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
