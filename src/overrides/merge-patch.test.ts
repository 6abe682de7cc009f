import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../messages/json.ts';
import { mergePatch } from './merge-patch.ts';

const parse = (text: string) => JSON.parse(text) as Json;

describe('a merge patch gives what the appendix of RFC 7396 says', () => {
  it.each([
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
    ['{"a":"b"}', '{"a":null}', '{}'],
    ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
    ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
    ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
    ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
    ['["a","b"]', '["c","d"]', '["c","d"]'],
    ['{"a":"b"}', '["c"]', '["c"]'],
    ['{"a":"foo"}', 'null', 'null'],
    ['{"a":"foo"}', '"bar"', '"bar"'],
    ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
    ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
    ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
  ])('%s with %s is %s', (target, patch, result) => {
    expect(mergePatch(parse(target), parse(patch))).toEqual(parse(result));
  });
});

it('makes an answer without a body the patch itself, without its nulls', () => {
  expect(mergePatch(undefined, { a: 1, b: null, c: { d: null } })).toEqual({ a: 1, c: {} });
});

it('takes a field named __proto__ for a field like any other', () => {
  const merged = mergePatch(parse('{"a":1}'), parse('{"__proto__":{"polluted":true}}'));
  expect(JSON.stringify(merged)).toBe('{"a":1,"__proto__":{"polluted":true}}');
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  const deeper = mergePatch(merged, parse('{"__proto__":{"polluted":null},"constructor":null}'));
  expect(JSON.stringify(deeper)).toBe('{"a":1,"__proto__":{}}');
});

it('changes neither value, and patching twice is patching once', () => {
  const json = () =>
    fc
      .object({
        key: fc.constantFrom('a', 'b', 'c'),
        values: [fc.constant(null), fc.integer(), fc.array(fc.boolean())],
        maxDepth: 3,
      })
      .map((value) => value as Json);
  fc.assert(
    fc.property(json(), json(), (target, patch) => {
      const before = JSON.stringify([target, patch]);
      const once = mergePatch(target, patch);
      expect(mergePatch(once, patch)).toEqual(once);
      expect(JSON.stringify([target, patch])).toBe(before);
    }),
  );
});
