import { describe, expect, it } from 'vitest';
import type { Window } from '../../shared/shared.ts';
import type { Context } from '../framework.ts';
import { countUse, limitHeaders, type Standing } from './rate-limit.ts';

const START = Date.parse('2026-11-21T09:30:00.400Z');
const LIMITS = [
  { name: 'minute', limit: 120, windowMs: 60_000 },
  { name: 'burst', limit: 20, windowMs: 1_000 },
];

/** Counts requests of one key at times given in seconds. */
function openLimit(choice: string) {
  const windows = new Map<string, Window>();
  return (seconds: number) => {
    const now = START + seconds * 1_000;
    const meter = (key: string, windowMs: number): Window => {
      const found = windows.get(key);
      const isOpen = found !== undefined && now < found.resetsAt;
      const { used, resetsAt } = isOpen ? found : { used: 0, resetsAt: now + windowMs };
      windows.set(key, { used: used + 1, resetsAt });
      return { used: used + 1, resetsAt };
    };
    const context = { now, meter, choose: () => choice, note: () => {} };
    return countUse(
      'key',
      LIMITS,
      context as unknown as Context<unknown>,
      ({ standing, problem }) => ({
        standing,
        wait: problem?.problem === 'rate-limited' ? problem.retryAfterSeconds : undefined,
      }),
    );
  };
}

type Count = ReturnType<typeof openLimit>;
type Counted = Awaited<ReturnType<Count>>;

/** Returns the result of counting, which is not a promise here. */
function atOnce(counted: ReturnType<Count>): Counted {
  if (counted instanceof Promise) throw new Error('A promise where every count was there at once.');
  return counted;
}

const waitAt = (count: Count, seconds: number) => atOnce(count(seconds)).wait;

/** Sends 120 requests in 12 seconds, ten a second. */
function useUp(count: Count) {
  return Array.from({ length: 120 }, (_, index) => waitAt(count, Math.floor(index / 10)));
}

describe('RATE-WINDOW: a minute', () => {
  it('takes 120 requests, then says how long it still lasts', () => {
    const count = openLimit('on');
    expect(useUp(count).every((wait) => wait === undefined)).toBe(true);
    expect(waitAt(count, 28)).toBe(32);
    expect(waitAt(count, 59.999)).toBe(1);
    expect(waitAt(count, 60)).toBeUndefined();
  });

  it('starts with the first request after the last one ended', () => {
    const count = openLimit('on');
    count(0);
    expect(limitHeaders(atOnce(count(90)).standing, 200, {})).toEqual({
      'X-RateLimit-Limit': '120',
      'X-RateLimit-Remaining': '119',
      'X-RateLimit-Reset': String(Math.ceil((START + 150_000) / 1_000)),
    });
  });
});

it('RATE-WINDOW: a second takes 20 requests', () => {
  const count = openLimit('on');
  const waits = Array.from({ length: 21 }, () => waitAt(count, 0));
  expect(waits.slice(0, 20).every((wait) => wait === undefined)).toBe(true);
  expect(waits.at(-1)).toBe(1);
  expect(waitAt(count, 1)).toBeUndefined();
});

it('RATE-LIMIT: off refuses nothing', () => {
  const count = openLimit('off');
  const counted = Array.from({ length: 500 }, () => atOnce(count(0)));
  expect(counted.every(({ wait }) => wait === undefined)).toBe(true);
  expect(limitHeaders(counted.at(-1)?.standing, 200, {})['X-RateLimit-Remaining']).toBe('0');
});

it('waits for counts that come by a promise', async () => {
  const meter = async (key: string) => ({ used: key.startsWith('minute') ? 7 : 1, resetsAt: 0 });
  const context = { now: 0, meter, choose: () => 'unix' } as unknown as Context<unknown>;
  const counted = countUse('key', LIMITS, context, ({ standing }) => standing);
  expect(counted).toBeInstanceOf(Promise);
  expect(await counted).toEqual({ used: 7, resetsAt: 0, limit: 120, reset: 0 });
});

it.each([
  ['unix', (START + 60_000) / 1_000],
  ['seconds', 60],
] as const)('RATE-RESET: %s tells when the window ends', (choice, expected) => {
  const count = openLimit(choice);
  expect(atOnce(count(0)).standing?.reset).toBe(Math.ceil(expected));
});

describe('headers', () => {
  const standing: Standing = { used: 1, resetsAt: START, limit: 120, reset: 0 };

  it('are none where nobody was identified, or the answer does not know it', () => {
    expect(limitHeaders(undefined, 404, {})).toEqual({});
    expect(limitHeaders(standing, 401, {})).toEqual({});
    expect(limitHeaders(standing, 413, {})).toEqual({});
  });

  it('leave those alone that the answer has', () => {
    const added = limitHeaders(standing, 200, { 'x-ratelimit-limit': '5' });
    expect(Object.keys(added)).toEqual(['X-RateLimit-Remaining', 'X-RateLimit-Reset']);
  });
});
