import { expect, it } from 'vitest';
import { formatDouble, isIntegerText, parseInt32 } from './number.ts';

it.each([
  ['4', 4],
  [' +4\t', 4],
  ['-04', -4],
  ['2147483647', 2_147_483_647],
  ['2147483648', undefined],
  ['4.0', undefined],
  ['1,000', undefined],
  ['0x10', undefined],
  ['', undefined],
  [' ', undefined],
])('reads %j as %s', (text, value) => expect(parseInt32(text)).toBe(value));

it('has no negative zero', () => expect(Object.is(parseInt32('-0'), 0)).toBe(true));

it('tells what overflows from what is no number', () => {
  expect([isIntegerText('99999999999'), isIntegerText('4.7')]).toEqual([true, false]);
});

it.each([
  [4.5, '4.5'],
  [1000, '1000'],
  [-0, '0'],
  [0.1, '0.1'],
  [123_456_789.123_456_78, '123456789.123457'],
  [1e14, '100000000000000'],
  [1e15, '1E+15'],
  [1e21, '1E+21'],
  [1.5e-7, '1.5E-07'],
  [0.000_01, '1E-05'],
  [0.0001, '0.0001'],
])('writes %d as .NET Framework does: %s', (value, text) => expect(formatDouble(value)).toBe(text));
