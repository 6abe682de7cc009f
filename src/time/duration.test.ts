import { expect, it } from 'vitest';
import { addDuration } from './duration.ts';

const start = Date.parse('2026-01-31T00:00:00Z');

it.each([
  ['P30D', '2026-03-02T00:00:00.000Z'],
  ['P1M', '2026-02-28T00:00:00.000Z'],
  ['P1Y2M3DT4H5M6.5S', '2027-04-03T04:05:06.500Z'],
  ['-P1M', '2025-12-31T00:00:00.000Z'],
  ['P2W', '2026-02-14T00:00:00.000Z'],
  ['PT0S', '2026-01-31T00:00:00.000Z'],
  ['+PT1H', '2026-01-31T01:00:00.000Z'],
])('%s leads to %s', (text, instant) => {
  expect(new Date(addDuration(start, text) ?? Number.NaN).toISOString()).toBe(instant);
});

it.each(['', 'P', 'PT', 'P1', '1D', 'P1H', 'P1.5D', 'P-1D', 'tomorrow', 'P999999Y'])(
  '"%s" is no duration',
  (text) => {
    expect(addDuration(start, text)).toBeUndefined();
  },
);
