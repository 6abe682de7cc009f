import { expect, it } from 'vitest';
import { describeDistance } from './distance.ts';

it.each([
  [0, 'less than a second'],
  [1_500, '1 second'],
  [59 * 60_000, '59 minutes'],
  [3 * 3_600_000 + 5, '3 hours'],
  [12 * 86_400_000 + 3_600_000, '12 days'],
  [365 * 86_400_000, '1 year'],
  [(2 * 365 + 30) * 86_400_000, '2 years 30 days'],
  [365 * 86_400_000 + 3_600_000, '1 year'],
])('%i ms is %s', (ms, words) => {
  expect(describeDistance(ms)).toBe(words);
});
