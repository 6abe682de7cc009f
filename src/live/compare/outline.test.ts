import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../../messages/json.ts';
import { compareShapes } from './compare-shapes.ts';
import { outlineOf } from './outline.ts';

const json = (texts: fc.Arbitrary<string>) =>
  fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<Json[]>(null, true, 7),
      texts,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'b', '1:a', '{'), tie('value'), { maxKeys: 3 }),
    ),
  })).value;
const texts = fc.constantFrom('x', '', '2026-01-01', '2026-01-01T00:00:00Z', 'a-b-c-d-e');

/** Other data in the same form. */
function vary(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return value.replaceAll('2026', '2027').replace('x', 'y');
  if (Array.isArray(value)) return [...value, ...value].map(vary);
  if (value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, vary(each)]));
}

it('is the same for the same form, and then the comparison is the same', () => {
  fc.assert(
    fc.property(json(texts), json(texts), (mock, live) => {
      const others = [vary(mock), vary(live)] as const;
      expect(others.map(outlineOf)).toEqual([mock, live].map(outlineOf));
      expect(compareShapes(...others, undefined)).toEqual(compareShapes(mock, live, undefined));
    }),
  );
});

it('is another one if the comparison is', () => {
  fc.assert(
    fc.property(json(texts), json(texts), (mock, live) => {
      fc.pre(outlineOf(mock) === outlineOf(live));
      expect(compareShapes(mock, live, undefined)).toEqual({ drift: [], notComparable: [] });
    }),
    { numRuns: 300 },
  );
});

it.each<readonly [Json, Json]>([
  [{ a: 1 }, { a: '1' }],
  [
    { a: 1, b: 2 },
    { b: 2, a: 1 },
  ],
  [[], [[]]],
  [[{ a: 1 }, {}], [{ a: 1 }]],
  [{ '1:a': null }, { a: null }],
  ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00'],
  ['2026-01-01', '2026'],
  [null, false],
])('tells %j from %j', (left, right) => {
  expect(outlineOf(left)).not.toBe(outlineOf(right));
});
