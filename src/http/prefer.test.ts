import { expect, it } from 'vitest';
import { parsePrefer } from './prefer.ts';

it.each([
  [undefined, undefined, 0],
  ['code=403', { code: 403 }, 0],
  ['code=200, example=active', { code: 200, example: 'active' }, 0],
  ['dynamic=true; delay=PT2S', { dynamic: true }, 2000],
  ['delay=PT0.5S', undefined, 500],
  ['delay="PT1M30S"', undefined, 60_000],
  ['delay=150', undefined, 150],
  ['Code = "404"', { code: 404 }, 0],
  ['code=403, code=404', { code: 403 }, 0],
  ['respond-async, return=minimal', undefined, 0],
  ['dynamic=false', undefined, 0],
])('reads %s', (header, preference, delayMs) => {
  expect(parsePrefer(header)).toEqual({ preference, delayMs });
});
