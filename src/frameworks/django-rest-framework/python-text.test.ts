import { describe, expect, it } from 'vitest';
import { numberText, parseInteger, quotePlus, strip, typeName } from './python-text.ts';

describe('parseInteger', () => {
  it.each([
    ['7', 7],
    [' 7 ', 7],
    ['+7', 7],
    ['-7', -7],
    ['7.0', 7],
    ['7.', 7],
    ['7.000 ', 7],
    ['1_000', 1000],
    ['007', 7],
    ['-0', 0],
    ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
  ])('%j is %d', (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });
  it.each([
    '',
    ' ',
    'x',
    '7.5',
    '7.0.0',
    '1e3',
    '0x10',
    '1__0',
    '_1',
    '- 1',
    'true',
    '9'.repeat(1001),
  ])('%j is none', (text) => {
    expect(parseInteger(text)).toBeUndefined();
  });
});

it('strip takes off what Python calls space', () => {
  expect(strip('\u00a0\u2028\u001c\u0085 a b \t\n')).toBe('a b');
  expect(strip('\ufeffa')).toBe('\ufeffa');
  const wide = `a${' '.repeat(300_000)}b`;
  expect(strip(` ${wide} `)).toBe(wide);
});

it('numberText writes exponents with two digits', () => {
  expect([5, 5.5, 1e21, 1e-7].map(numberText)).toEqual(['5', '5.5', '1e+21', '1e-07']);
});

it('typeName knows the names of Python', () => {
  expect([null, [], {}, 'a', true, 1, 1.5].map(typeName)).toEqual([
    'NoneType',
    'list',
    'dict',
    'str',
    'bool',
    'int',
    'float',
  ]);
});

it('quotePlus writes as urllib does', () => {
  expect(quotePlus("a b+c&d=é*!'()~_.-/?")).toBe('a+b%2Bc%26d%3D%C3%A9%2A%21%27%28%29~_.-%2F%3F');
});
