import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from './json.ts';
import { fittingOf, makeLasting, writeJson } from './lasting-part.ts';

const json = fc.jsonValue() as fc.Arbitrary<Json>;

it('is written as any other value', () => {
  fc.assert(
    fc.property(json, json, json, (left, part, right) => {
      const lasting = makeLasting(structuredClone(part));
      const whole = { left, lasting: [lasting, right], again: lasting, '"\u2028': { lasting } };
      const text = JSON.stringify({
        left,
        lasting: [part, right],
        again: part,
        '"\u2028': { lasting: part },
      });
      expect(writeJson(whole)).toBe(text);
      expect(writeJson(whole)).toBe(text);
    }),
  );
});

it('leaves out what is undefined, as JSON.stringify does', () => {
  const value = { a: undefined, b: [undefined, 1], c: Number.NaN } as unknown as Json;
  expect(writeJson(value)).toBe(JSON.stringify(value));
});

it('can never change, and nothing in it', () => {
  const part = makeLasting({ a: [{ b: 1 }] });
  expect(fittingOf(part)).toBeDefined();
  expect(fittingOf({ ...part })).toBeUndefined();
  expect(Object.entries(part)).toEqual([['a', [{ b: 1 }]]]);
  expect(() => void (part.a[0] = { b: 2 })).toThrow(TypeError);
  expect(() => part.a.push({ b: 2 })).toThrow(TypeError);
});
