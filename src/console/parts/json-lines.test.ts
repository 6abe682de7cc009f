import { expect, it } from 'vitest';
import { layOutJson } from './json-lines.ts';

const textOf = (value: unknown): string =>
  layOutJson(value)
    .map(({ depth, tokens }) => '  '.repeat(depth) + tokens.map(({ text }) => text).join(''))
    .join('\n');

it.each([
  [null],
  ['a "quoted" text'],
  [{}],
  [[]],
  [{ a: 1, b: { c: [true, null], d: {} } }],
  [[{ a: 1 }, { b: [] }]],
])('lays %j out as JSON that says the same', (value) => {
  expect(JSON.parse(textOf(value))).toEqual(value);
});

it('keeps a short list of simple values on one line', () => {
  expect(textOf({ a: [1, 2] })).toBe('{\n  "a": [1, 2]\n}');
});

it('gives each line the path of its value', () => {
  const paths = layOutJson({ a: [{ b: 1 }] }).map(({ path }) => path?.join('.'));
  expect(paths).toEqual(['', 'a', 'a.0', 'a.0.b', undefined, undefined, undefined]);
});
