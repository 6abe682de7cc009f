import { expect, test } from 'vitest';
import { growthOf } from './heap-growth.ts';

const MB = 1024 * 1024;

test('A heap may grow by 64 MB at most, or by 30 percent', () => {
  const sizes = [20, 40, 60, 80, 100, 150, 210];
  for (const size of sizes) expect((size * growthOf(size * MB)) / 100).toBeLessThanOrEqual(64);
  expect(growthOf(1024 * MB)).toBe(30);
});

test('The smaller the heap, the larger the part by which it may grow', () => {
  const sizes = [20, 40, 60, 80, 100, 150, 210].map((size) => growthOf(size * MB));
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect(sizes[0]).toBe(130);
});
