import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant, parseIsoInstant, showInstant, toStored } from './instant.ts';

const read = (text: string) => {
  const parsed = parseInstant(text);
  return typeof parsed === 'object' ? showInstant(parsed.stored) : parsed;
};

describe('what the docs have', () => {
  it.each([
    ['2023-06-15T14:30:00Z', '2023-06-15T14:30:00Z'],
    ['2023-06-15T14:30:00+02:00', '2023-06-15T12:30:00Z'],
    ['2023-06-15T14:30:00.123456-01:30', '2023-06-15T16:00:00.123456Z'],
    ['2023-06-15T14:30:00.5Z', '2023-06-15T14:30:00.500000Z'],
    ['2023-06-15T14:30:00.123456789Z', '2023-06-15T14:30:00.123456Z'],
    ['2024-02-29T23:59:59-00:00', '2024-02-29T23:59:59Z'],
    ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00Z'],
  ])('%s', (text, shown) => {
    expect(read(text)).toBe(shown);
    expect(parseInstant(text)).toHaveProperty('documented', true);
  });
});

describe('what only the framework takes', () => {
  it.each([
    ['2023-06-15T14:30:00', '2023-06-15T14:30:00Z'],
    ['2023-06-15 14:30', '2023-06-15T14:30:00Z'],
    ['2023-6-5T4:3Z', '2023-06-05T04:03:00Z'],
    ['2023-06-15T14:30:00,25Z', '2023-06-15T14:30:00.250000Z'],
    ['2023-06-15T14:30:00+0200', '2023-06-15T12:30:00Z'],
    ['2023-06-15T14:30:00+02', '2023-06-15T12:30:00Z'],
    ['2023-06-15T14:30:00+00:99', '2023-06-15T12:51:00Z'],
  ])('%s', (text, shown) => {
    expect(read(text)).toBe(shown);
    expect(parseInstant(text)).toHaveProperty('documented', false);
  });
});

it.each([
  '',
  '2023-06-15',
  'tomorrow',
  '1686839400',
  '2023-02-29T00:00:00Z',
  '2023-13-01T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '2023-06-15T24:00:00Z',
  '2023-06-15T23:60:00Z',
  '2023-06-15T23:59:60Z',
  '2023-06-15t14:30:00z',
  '2023-06-15T14:30:00+24:00',
  '2023-06-15T14:30:00.1234567890123Z',
  ' 2023-06-15T14:30:00Z',
  '02023-06-15T14:30:00Z',
])('%j has the wrong format', (text) => {
  expect(read(text)).toBe('wrong-format');
});

it.each(['0001-01-01T00:00:00+02:00', '9999-12-31T23:59:59-02:00'])(
  '%s is out of range in UTC',
  (text) => {
    expect(read(text)).toBe('out-of-range');
  },
);

/** Recorded from `parse_datetime` of Django 5.2 on Python 3.11. */
describe('what stands before a zone, since Django 4', () => {
  const readIso = (text: string) => {
    const parsed = parseIsoInstant(text);
    return typeof parsed === 'object' ? showInstant(parsed.stored) : parsed;
  };
  it.each([
    ['2023-01-01t14:30:00 -0130', '2023-01-01T16:00:00Z'],
    ['2023-01-01T14:30:00\u001fZ', '2023-01-01T14:30:00Z'],
    ['2023-01-01T14:30:00\u00a0 Z', '2023-01-01T14:30:00Z'],
    ['2023-01-01T14x+01:00', '2023-01-01T13:00:00Z'],
    ['2023-01-01T14:30:001+01:00', '2023-01-01T13:30:00Z'],
    ['20230101T14:+01:00', '2023-01-01T13:00:00Z'],
    ['2023-01-01T14:30:00.Z', '2023-01-01T14:30:00Z'],
    ['2023-01-01T14:30:00.123456789x+01:00', '2023-01-01T13:30:00.123456Z'],
    ['2023-01-01T14:30:00.1x+01:00', 'wrong-format'],
    ['2023-01-01T14:30:00é+01:00', 'wrong-format'],
    ['2023-01-01t14:30:00  +01:00', 'wrong-format'],
    ['2023-01-01T14:30:00\ufeffZ', 'wrong-format'],
    ['2023-01-01T143x+01:00', 'wrong-format'],
  ])('%j', (text, shown) => {
    expect(readIso(text)).toBe(shown);
  });
});

describe('what is stored', () => {
  it('reads back as what is shown, and sorts as time does', () => {
    const instant = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [one, other] = [toStored(a.getTime()), toStored(b.getTime())];
        expect(Date.parse(showInstant(one))).toBe(a.getTime());
        expect(parseInstant(showInstant(one))).toEqual({ stored: one, documented: true });
        expect(Math.sign(a.getTime() - b.getTime())).toBe(one < other ? -1 : one > other ? 1 : 0);
      }),
    );
  });
  it('stays in the years that the framework knows', () => {
    expect(toStored(1e15)).toBe('9999-12-31T23:59:59.999000Z');
    expect(toStored(-1e15)).toBe('0001-01-01T00:00:00.000000Z');
  });
});
