import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys } from '../compare.ts';
import { createSortedList, putSorted, removeSorted, walkSorted } from './sorted-list.ts';
import type { SortedList } from './sorted-list.ts';

function items(list: SortedList<number>, skip = 0): number[] {
  const found: number[] = [];
  walkSorted(list, 'ascending', skip, (item) => found.push(item) > 0);
  return found;
}

describe('a sorted list', () => {
  it('holds each item once and in order, whatever the order they came and went in', () => {
    // More than one block can hold, and enough removals to empty blocks again.
    const item = fc.integer({ min: 1, max: 5000 });
    const many = fc.array(item, { minLength: 800, maxLength: 4000, size: 'max' });
    const property = fc.property(many, many, fc.nat({ max: 4000 }), (added, removed, skip) => {
      const list = createSortedList<number>(compareKeys);
      for (const each of added) putSorted(list, each);
      for (const each of removed) removeSorted(list, each);
      const left = new Set(added.filter((each) => !removed.includes(each)));
      const expected = [...left].toSorted((a, b) => a - b);
      expect(items(list)).toStrictEqual(expected);
      expect(items(list, skip)).toStrictEqual(expected.slice(skip));
      expect(list.size).toBe(expected.length);
      expect(list.blocks.every((block) => block.length > 0 && block.length <= 512)).toBe(true);
    });
    expect.hasAssertions();
    fc.assert(property, { numRuns: 30 });
  });

  it('fills its blocks when items come in order', () => {
    const list = createSortedList<number>(compareKeys);
    for (let each = 0; each < 5120; each++) putSorted(list, each);
    expect(list.blocks).toHaveLength(10);
  });

  it('is walked from the end as well, and no further than asked', () => {
    const list = createSortedList<number>(compareKeys);
    for (let each = 1; each <= 2000; each++) putSorted(list, each);
    const found: number[] = [];
    walkSorted(list, 'descending', 700, (item) => found.push(item) < 3);
    expect(found).toStrictEqual([1300, 1299, 1298]);
  });

  it('takes the new item where an equal one is there', () => {
    const list = createSortedList<{ key: number; text: string }>((a, b) => a.key - b.key);
    for (const text of ['old', 'new']) putSorted(list, { key: 1, text });
    expect(list.blocks).toStrictEqual([[{ key: 1, text: 'new' }]]);
  });
});
