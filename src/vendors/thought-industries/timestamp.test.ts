import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

describe('TI-TIMESTAMPS: parseTimestamp', () => {
  it.each([
    ['2027-07-01T00:00:00+02:00', '2027-06-30T22:00:00.000Z'],
    ['2027-07-01T00:00:00-0530', '2027-07-01T05:30:00.000Z'],
    ['2027-07-01T00:00:00+02', '2027-06-30T22:00:00.000Z'],
    ['2027-07-01t10:20:30.1z', '2027-07-01T10:20:30.100Z'],
    ['2027-07-01T10:20:30.123987Z', '2027-07-01T10:20:30.123Z'],
    ['2027-07-01T10:20:30,5Z', '2027-07-01T10:20:30.500Z'],
    ['2027-07-01 10:20Z', '2027-07-01T10:20:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ])('reads %s', (text, utc) => {
    expect(parseTimestamp(text)).toEqual({ utc, isComplete: true });
  });

  it.each([
    ['2027-07-01', '2027-07-01T00:00:00.000Z'],
    ['2027-07-01T10:20:30', '2027-07-01T10:20:30.000Z'],
  ])('takes %s for UTC and says that something is missing', (text, utc) => {
    expect(parseTimestamp(text)).toEqual({ utc, isComplete: false });
  });

  it.each([
    '',
    'tomorrow',
    '2027-02-29T00:00:00Z',
    '2027-13-01T00:00:00Z',
    '2027-07-01T24:00:00Z',
    '2027-07-01T12:00:60Z',
    '2027-W26-4',
    '20270701T102030Z',
    '0000-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '1893456000',
  ])('does not take %s', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  it('reads what it writes, at any moment of four-digit years', () => {
    const moments = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, (moment) => {
        const utc = formatTimestamp(moment.getTime());
        expect(parseTimestamp(utc)).toEqual({ utc, isComplete: true });
      }),
    );
  });
});

it('formatTimestamp stays within the years that a timestamp can say', () => {
  expect(formatTimestamp(8.64e15)).toBe('9999-12-31T23:59:59.999Z');
  expect(formatTimestamp(-8.64e15)).toBe('0000-01-01T00:00:00.000Z');
});
