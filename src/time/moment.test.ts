import { expect, it } from 'vitest';
import { parseMoment } from './moment.ts';

const now = Date.parse('2026-03-31T10:00:00Z');

it.each([
  ['now', '2026-03-31T10:00:00.000Z'],
  ['now-30d', '2026-03-01T10:00:00.000Z'],
  ['now+1y', '2027-03-31T10:00:00.000Z'],
  ['now+1y2M', '2027-05-31T10:00:00.000Z'],
  ['now-1M', '2026-02-28T10:00:00.000Z'],
  ['now+90m', '2026-03-31T11:30:00.000Z'],
  ['now-1w2d3h', '2026-03-22T07:00:00.000Z'],
  ['now-1d500ms', '2026-03-30T09:59:59.500Z'],
  ['2026-01-01', '2026-01-01T00:00:00.000Z'],
  ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z'],
  ['2026-01-01T02:00:00+02:00', '2026-01-01T00:00:00.000Z'],
  ['2026-03-02T04:02:01.5797227+00:00', '2026-03-02T04:02:01.579Z'],
])('reads %s as %s', (text, instant) => {
  expect(new Date(parseMoment(text, now) ?? Number.NaN).toISOString()).toBe(instant);
});

it.each([
  'yesterday',
  '',
  'now-',
  'now-5',
  'now-5x',
  '2026-13-01',
  '2026-02-30',
  '2026-02-30T00:00:00Z',
  '2026-02-01T25:00:00Z',
  '12',
  'now+999999999y',
])('finds no date in "%s"', (text) => {
  expect(parseMoment(text, now)).toBeUndefined();
});
