import fc from 'fast-check';
import { expect, it } from 'vitest';
import { truncate } from './truncate.ts';

it.each([
  ['', ''],
  ['x', ''],
  ['{"a":1}', '{"a'],
])('cuts %j to %j', (body, half) => {
  expect(truncate(body).toString()).toBe(half);
});

it('counts bytes, also inside a character', () => {
  expect([...truncate('éa')]).toEqual([0xc3]);
});

it('gives the first half of any body and leaves the body as it is', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const body = Buffer.from(bytes);
      const half = truncate(body);
      expect(half.length).toBe(Math.floor(bytes.length / 2));
      expect(body.subarray(0, half.length).equals(half)).toBe(true);
      expect(body.equals(Buffer.from(bytes))).toBe(true);
    }),
  );
});
