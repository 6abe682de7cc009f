import { expect, it } from 'vitest';
import { parseParams } from './parse-params.ts';

const given = (text: string) => [{ source: '--param', text }];

it.each([
  ['id=acme-1', 'acme-1'],
  ['id=a=b', 'a=b'],
  ['id=', ''],
  ['id=42', 42],
  ['id=-1.5', -1.5],
  ['id=true', true],
  ['id="42"', '42'],
  ['id="a" and "b"', '"a" and "b"'],
  ['id=007', '007'],
  ['id=12345678901234567890', '12345678901234567890'],
  ['id=null', 'null'],
])('reads %s', (pair, value) => {
  expect(parseParams(given(pair))).toEqual({ id: value });
});

it.each(['', 'id', '=1', '1d=x'])('refuses "%s"', (pair) => {
  expect(() => parseParams(given(pair))).toThrow('Write name=value');
});
