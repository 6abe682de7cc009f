import { expect, it } from 'vitest';
import { toUnicodePattern } from './unicode-pattern.ts';

it.each([
  [String.raw`^[A-Za-z0-9\-\_]+$`, 'a-_', 'a b'],
  [String.raw`^\@\w+\:$`, '@ab:', 'ab'],
  [String.raw`^[\w-.]+$`, 'a-.', 'a b'],
  [String.raw`^{[^}]+}$`, '{x}', 'x'],
  [String.raw`^a{2,3}\#$`, 'aa#', 'a#'],
])('%s still means the same', (pattern, good, bad) => {
  const unicode = new RegExp(toUnicodePattern(pattern), 'u');
  expect([good, bad].map((text) => unicode.test(text))).toEqual([true, false]);
  expect([good, bad].map((text) => new RegExp(pattern).test(text))).toEqual([true, false]);
});

it.each([String.raw`^\p{L}+$`, '[', '^a+$'])('%s is left as it is', (pattern) => {
  expect(toUnicodePattern(pattern)).toBe(pattern);
});
