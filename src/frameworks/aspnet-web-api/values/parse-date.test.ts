import { describe, expect, it } from 'vitest';
import {
  compareDates,
  formatDateTime,
  formatStored,
  parseStored,
  type DateTime,
} from './date-time.ts';
import { parseFormDate, parseJsonDate, parseXmlDate } from './parse-date.ts';

const shown = (date: DateTime | undefined) => date && formatDateTime(date);

describe('ALICE-DATE-FORMS: JSON', () => {
  it.each([
    ['2026-03-02', '2026-03-02T00:00:00'],
    ['2026-03-02T04:02', '2026-03-02T04:02:00'],
    ['2026-03-02T04:02:01Z', '2026-03-02T04:02:01Z'],
    ['2026-03-02t04:02:01z', '2026-03-02T04:02:01Z'],
    ['2026-03-02T04:02:01.5797227Z', '2026-03-02T04:02:01.5797227Z'],
    ['2026-03-02T04:02:01.50Z', '2026-03-02T04:02:01.5Z'],
    ['2026-03-02T04:02:01.57972274Z', '2026-03-02T04:02:01.5797227Z'],
    ['2026-03-02T04:02:01.57972275Z', '2026-03-02T04:02:01.5797228Z'],
    ['2026-03-02T04:02:01.99999999Z', '2026-03-02T04:02:02Z'],
    ['2026-03-02Z', '2026-03-02T00:00:00Z'],
    [' 2026-03-02 04:02:01Z ', '2026-03-02T04:02:01Z'],
    ['2026-3-2', '2026-03-02T00:00:00'],
    ['2026/03/02', '2026-03-02T00:00:00'],
    ['2026-03', '2026-03-01T00:00:00'],
    ['02.03.2026', '2026-02-03T00:00:00'],
    ['3/2/2026 4:02 PM', '2026-03-02T16:02:00'],
    ['2 March 2026', '2026-03-02T00:00:00'],
    ['March 2, 2026', '2026-03-02T00:00:00'],
    ['Mon, 02 Mar 2026 04:02:01 GMT', '2026-03-02T04:02:01Z'],
    ['/Date(1234567890123)/', '2009-02-13T23:31:30.123Z'],
    ['/Date(1234567890123+0200)/', '2009-02-13T23:31:30.123+00:00'],
    ['/Date(-1)/', '1969-12-31T23:59:59.999Z'],
    ['0001-01-01T00:00:00', '0001-01-01T00:00:00'],
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.9999999Z'],
  ])('%s is %s', (text, expected) => expect(shown(parseJsonDate(text))).toBe(expected));

  it.each([
    ' ',
    'soon',
    '2026',
    '20260302',
    '2026-W10',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-02T24:00:00Z',
    '2026-03-02T04:02:60Z',
    '2026-03-02T04:02:01.Z',
    '2026-03-02T04:02:01,5Z',
    '2026-03-02T4:02:01Z',
    '2026-03-02T04',
    '0000-01-01T00:00:00Z',
    '10000-01-01T00:00:00Z',
    '13/01/2026',
    '/Date(abc)/',
    '/Date(999999999999999)/',
    'Mon Mar 02 2026 04:02:01 GMT+0100',
    '04:02',
  ])('%s is no date', (text) => expect(parseJsonDate(text)).toBeUndefined());
});

describe('ALICE-DATE-FORMS: XML', () => {
  it.each([
    ['2026-03-02T04:02:01.5797227+00:00', '2026-03-02T04:02:01.5797227+00:00'],
    [' 2026-03-02T04:02:01Z ', '2026-03-02T04:02:01Z'],
    ['2026-03-02', '2026-03-02T00:00:00'],
    ['2026-03-02+02:00', '2026-03-01T22:00:00+00:00'],
    ['2026-03', '2026-03-01T00:00:00'],
    ['2026', '2026-01-01T00:00:00'],
  ])('%s is %s', (text, expected) => expect(shown(parseXmlDate(text))).toBe(expected));

  it.each([
    '',
    '2026-03-02T04:02',
    '2026-03-02 04:02:01',
    '03/02/2026',
    '2026-03-02T04:02:01+0200',
  ])('%j is no date', (text) => expect(parseXmlDate(text)).toBeUndefined());
});

describe('ALICE-TIME-ZONE', () => {
  it.each([
    ['2026-03-02T04:02:01+02:00', '2026-03-02T02:02:01+00:00'],
    ['2026-03-02T04:02:01+02', '2026-03-02T02:02:01+00:00'],
    ['2026-03-02T04:02:01-05:30', '2026-03-02T09:32:01+00:00'],
    ['2026-03-02T04:02:01.5797227+00:00', '2026-03-02T04:02:01.5797227+00:00'],
    ['0001-01-01T00:00:00+02:00', '0001-01-01T00:00:00+00:00'],
    ['9999-12-31T23:59:59-02:00', '9999-12-31T23:59:59.9999999+00:00'],
  ])('ALICE-TIME-ZONE: JSON turns %s to %s', (text, expected) =>
    expect(shown(parseJsonDate(text))).toBe(expected),
  );

  it('ALICE-TIME-ZONE: a form turns Z to local time', () => {
    expect(shown(parseFormDate('2026-03-02T04:02:01.123Z'))).toBe('2026-03-02T04:02:01.123+00:00');
    expect(shown(parseFormDate('2026-03-02'))).toBe('2026-03-02T00:00:00');
    expect(parseFormDate('/Date(1234567890123)/')).toBeUndefined();
  });

  it('ALICE-TIME-ZONE: dates are compared by what their clock shows', () => {
    const [local, none] = [
      parseJsonDate('2026-03-02T02:00:00+02:00'),
      parseJsonDate('2026-03-02T00:00:00'),
    ];
    expect(local && none && compareDates(local, none)).toBe(0);
  });
});

it.each(['2026-03-02T04:02:01.5797227Z', '2026-03-02T04:02:01', '2026-03-02T04:02:01+00:00'])(
  'stores %s so that it comes back',
  (text) => {
    const date = parseJsonDate(text);
    expect(date && parseStored(formatStored(date))).toEqual(date);
  },
);

it('does not take long over a text that is almost a date', () => {
  const startedMs = performance.now();
  expect(parseJsonDate(`Mon${' '.repeat(1_000_000)}`)).toBeUndefined();
  expect(parseJsonDate(`March 2${' '.repeat(1_000_000)}x`)).toBeUndefined();
  expect(performance.now() - startedMs).toBeLessThan(2_000);
});
