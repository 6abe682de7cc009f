import { expect, it } from 'vitest';
import {
  addDuration,
  addMonths,
  parseIsoDuration,
  parseShortDuration,
  writeShortDuration,
} from './duration.ts';

function add(text: string): number | undefined {
  const duration = parseIsoDuration(text);
  return duration && addDuration(start, duration);
}

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
  expect(new Date(add(text) ?? Number.NaN).toISOString()).toBe(instant);
});

it.each(['', 'P', 'PT', 'P1', '1D', 'P1H', 'P1.5D', 'P-1D', 'tomorrow', 'P999999Y'])(
  '"%s" is no duration',
  (text) => {
    expect(add(text)).toBeUndefined();
  },
);

it('clips the day to the last of a shorter month', () => {
  expect(new Date(addMonths(Date.parse('2024-02-29T00:00:00Z'), 12)).toISOString()).toBe(
    '2025-02-28T00:00:00.000Z',
  );
});

it.each([
  ['1y6M', { months: 18, ms: 0 }],
  ['30d', { months: 0, ms: 30 * 86_400_000 }],
  ['1h30m', { months: 0, ms: 5_400_000 }],
  ['500ms', { months: 0, ms: 500 }],
])('%s is short for %j', (text, duration) => {
  expect(parseShortDuration(text)).toEqual(duration);
});

it.each(['', '5', 's', '1.5s', '-1s', '1D', '1 s'])('"%s" is not a short duration', (text) => {
  expect(parseShortDuration(text)).toBeUndefined();
});

it('a length is written as it is read', () => {
  expect(writeShortDuration(0)).toBe('');
  expect(writeShortDuration(129_600_500)).toBe('1d12h500ms');
});
