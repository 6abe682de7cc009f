import { describe, expect, it } from 'vitest';
import { exchangeOf, type ExchangeOptions } from '../../test/support/recorded-exchange.ts';
import { keepExchange } from './keep-exchange.ts';

const empty: ExchangeOptions = {
  request: { url: '/', headers: {} },
  response: { headers: {}, body: '' },
};

function bytesOf(options: ExchangeOptions): number {
  return keepExchange(exchangeOf({ ...empty, ...options }), 100).bytes;
}

describe('What an entry counts', () => {
  const warning = { in: 'body', path: ['ab', 0], keyword: 'type', message: 'abc' } as const;

  it.each<[string, ExchangeOptions, number]>([
    ['nothing but itself', {}, 513],
    ['its URL', { request: { headers: {}, url: '/abc' } }, 516],
    [
      'a header',
      { request: { url: '/', headers: { accept: '*/*', via: ['a', 'b'] } } },
      513 + 48 + 9 + 48 + 6,
    ],
    ['bytes, one each', { request: { url: '/', headers: {}, body: Buffer.from([255, 254]) } }, 515],
    ['ASCII text, one a character', { response: { headers: {}, body: 'abc' } }, 516],
    ['other text, two a character', { response: { headers: {}, body: 'aé€' } }, 519],
    ['no more of a body than is kept', { response: { headers: {}, body: 'a'.repeat(500) } }, 613],
    ['a warning', { warnings: [warning] }, 513 + 256 + 6 + 6],
    ['what a vendor read', { request: { url: '/', headers: {}, decoded: { a: 'é' } } }, 513 + 18],
  ])('is %s', (_, options, bytes) => {
    expect(bytesOf(options)).toBe(bytes);
  });
});

it('A body over the limit is cut, and its whole length is known', () => {
  const body = `${'a'.repeat(99)}é`;
  const asText = keepExchange(exchangeOf({ response: { body } }), 100);
  const asBytes = keepExchange(exchangeOf({ request: { body } }), 100);
  const cut = { bytes: 101, isCut: true, coding: 'bytes', content: `${'a'.repeat(99)}\u00C3` };
  expect(asText.response.body).toEqual(cut);
  expect(asBytes.request.body).toEqual(cut);
});

it('A body at the limit is kept whole', () => {
  const kept = keepExchange(exchangeOf({ response: { body: 'a'.repeat(100) } }), 100);
  expect(kept.response.body).toMatchObject({ isCut: false, bytes: 100 });
});

it('A body that is written over later is kept as it was', () => {
  const body = Buffer.from('abc');
  const kept = keepExchange(exchangeOf({ request: { body } }), 100);
  body.fill('x');
  expect(kept.request.body.content).toBe('abc');
});

it('Of thousands of violations the first hundred are kept, and how many more there were', () => {
  const violations = Array.from({ length: 5_000 }, (_, i) => ({
    in: 'body' as const,
    path: ['list', i],
    keyword: 'type',
    message: 'x'.repeat(5_000),
  }));
  const kept = keepExchange(exchangeOf({ violations }), 100);
  expect(kept.violations).toHaveLength(101);
  expect(kept.violations[0]?.message).toBe(`${'x'.repeat(1_000)}…`);
  expect(kept.violations.at(-1)?.message).toBe(
    '4900 more follow; the journal keeps the first 100.',
  );
});

it('What a vendor read is left out where it is longer than a body may be, or cannot be written', () => {
  const loop: { self?: object } = {};
  loop.self = loop;
  for (const decoded of [{ a: 'x'.repeat(100) }, loop]) {
    const exchange = exchangeOf({ request: { decoded: decoded as Record<string, string> } });
    expect(keepExchange(exchange, 100).request.decoded).toBeUndefined();
  }
});
