import { expect, it } from 'vitest';
import { parsePrefer } from './prefer.ts';

it.each([
  [undefined, undefined, 0],
  ['code=403', { code: 403 }, 0],
  ['code=200, example=active', { code: 200, example: 'active' }, 0],
  ['dynamic=true; delay=PT2S', { dynamic: true }, 2000],
  ['delay=PT0.5S', undefined, 500],
  ['delay="PT1M30S"', undefined, 60_000],
  ['delay=2', undefined, 2000],
  ['delay=PT1H', undefined, 60_000],
  ['delay=P1D', undefined, 60_000],
  ['Code = "404"', { code: 404 }, 0],
  ['code=403, code=404', { code: 403 }, 0],
  ['example="My first, really"', { example: 'My first, really' }, 0],
  ['example="a=b"; code=201', { example: 'a=b', code: 201 }, 0],
  ['example=a=b', { example: 'a=b' }, 0],
  [String.raw`example="say \"hi\""`, { example: 'say "hi"' }, 0],
  ['respond-async, return=minimal', undefined, 0],
  ['dynamic=false', undefined, 0],
])('reads %s', (header, preference, delayMs) => {
  expect(parsePrefer(header)).toEqual({ preference, delayMs });
});

it.each([
  'code=abc',
  'code=99',
  'code=100',
  'delay=soon',
  'delay=P1M',
  'delay=-PT1S',
  'delay=PT',
  'dynamic=maybe',
])('refuses %s and says what to write', (header) => {
  expect(() => parsePrefer(header)).toThrow(/Prefer: \w+ cannot be ".*"\. Write /);
});
