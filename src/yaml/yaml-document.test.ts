import { expect, it } from 'vitest';
import { parseLongYaml, parseYaml } from './yaml-document.ts';

const BOMB = [
  'a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, i) => {
    const before = `*${'abcdefgh'[i]}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(', ')}]`;
  }),
].join('\n');

it.each([
  ['a map of maps', 'a: { b: [1, two, null, true] }\nc: 2026-01-01\n'],
  ['anchors', 'a: &one { b: 1 }\nc: *one\n'],
  ['ampersands that are none', 'a: this & that\nb: "&c"\n'],
])('reads %s alike by both parsers', (_, text) => {
  expect(parseLongYaml(text).fault).toBeUndefined();
  expect(parseLongYaml(text).value).toEqual(parseYaml(text).value);
});

it.each([parseYaml, parseLongYaml])('%o refuses aliases that blow up, at once', (parse) => {
  expect(parse(BOMB).fault?.message).toMatch(/alias/i);
});

it.each([parseYaml, parseLongYaml])('%o refuses an alias of what it stands in', (parse) => {
  expect(parse('a: &a\n  b: *a\n').fault).toEqual({
    line: 1,
    message: 'An alias refers to a value that contains it.',
  });
});

it('knows the line of a fault and of a field, read either way', () => {
  const text = 'a: 1\nb:\n  - c: 2\n';
  expect(parseLongYaml(text).lineOf(['b', '0', 'c'])).toBe(3);
  expect(parseLongYaml('a: 1\nb: [\n').fault?.line).toBe(parseYaml('a: 1\nb: [\n').fault?.line);
});
