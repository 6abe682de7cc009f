import { describe, expect, it } from 'vitest';
import { floatText, numberText, parseInteger, quotePlus, strip, typeName } from './python-text.ts';

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
    ['9'.repeat(400), Number.MAX_VALUE],
    ['٣7𝟟９۴', 37794],
    ['\u30007\u0085', 7],
    ['7.0\u001c', 7],
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
    '\u001c7',
    '²',
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

it.each([
  [5, '5'],
  [-0, '0'],
  [5.5, '5.5'],
  [1e-4, '0.0001'],
  [1.5e-5, '1.5e-05'],
  [1e-7, '1e-07'],
])('numberText writes %d as Python does', (value, text) => {
  expect(numberText(value)).toBe(text);
});

it.each([
  [7, '7.0'],
  [-0, '-0.0'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e+16'],
  [1.25e22, '1.25e+22'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
])('floatText writes %d as Python does', (value, text) => {
  expect(floatText(value)).toBe(text);
});

it('typeName knows the names of Python', () => {
  expect([null, [], {}, 'a', true, 1, 1.5].map((value) => typeName(value))).toEqual([
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
