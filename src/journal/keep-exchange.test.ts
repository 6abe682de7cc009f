import { describe, expect, it } from 'vitest';
import { exchangeOf, type ExchangeOptions } from '../../test/support/recorded-exchange.ts';
import { fold, keepExchange } from './keep-exchange.ts';

function entryOf(options: ExchangeOptions) {
  return fold(keepExchange(exchangeOf(options), 100));
}

describe('What an entry counts', () => {
  it('is its text, and what an entry takes beside it', () => {
    const entry = entryOf({});
    expect(entry.bytes).toBe(512 + entry.text.length + entry.answer.length);
  });

  it('is two bytes a character where one is beyond ASCII', () => {
    const entry = entryOf({ request: { content: { query: {}, body: { a: 'é' } } } });
    expect(entry.bytes).toBe(512 + 2 * entry.text.length + entry.answer.length);
  });

  it('grows with a body only as far as it is kept', () => {
    const [short, long] = [100, 500].map(
      (length) => entryOf({ response: { body: 'a'.repeat(length) } }).bytes,
    );
    expect((long ?? 0) - (short ?? 0)).toBeLessThan(10);
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
    '4900 more were dropped; the journal keeps the first 100.',
  );
});

it('What a vendor read is left out where the body was cut', () => {
  const content = { query: {}, body: { a: 1 } };
  const kept = (body: string) => keepExchange(exchangeOf({ request: { body, content } }), 100);
  expect(kept('x'.repeat(101)).request.content).toBeUndefined();
  expect(kept('x'.repeat(100)).request.content).toEqual(content);
});
