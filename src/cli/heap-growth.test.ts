import { expect, test } from 'vitest';
import { growthOf } from './heap-growth.ts';

const MB = 1024 * 1024;

test('A small heap may grow by a fixed number of bytes, a large one by a fixed part', () => {
  expect(growthOf(64 * MB)).toBe(100);
  expect(growthOf(128 * MB)).toBe(50);
  expect(growthOf(1024 * MB)).toBe(30);
});

test('A heap as small as after a start may grow as at the start', () => {
  expect(growthOf(20 * MB)).toBe(growthOf(40 * MB));
});
