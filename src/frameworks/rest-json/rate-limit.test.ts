import { describe, expect, it } from 'vitest';
import { countUses } from '../../sandboxes/sandbox.ts';
import type { TiContext } from './config.ts';
import { countRequest, rateLimitHeaders } from './rate-limit.ts';

const START = Date.parse('2026-11-21T09:30:00.400Z');

/** A context whose clock can be set. */
function openLimit(choice: 'on' | 'off') {
  const meters = new Map();
  return (secondsPassed: number) => {
    const now = START + secondsPassed * 1_000;
    return {
      now,
      choose: () => choice,
      note: () => {},
      meter: (key: string, windowMs: number, uses = 1) =>
        countUses(meters, key, { windowMs, uses, now }),
    } as unknown as TiContext;
  };
}

/** 120 requests in 12 seconds, ten each. */
function useUp(at: (seconds: number) => TiContext) {
  return Array.from({ length: 120 }, (_, index) => countRequest('key', at(Math.floor(index / 10))));
}

describe('TI-RATE-WINDOW: a minute', () => {
  it('takes 120 requests, then says how long it still lasts', () => {
    const at = openLimit('on');
    expect(useUp(at).every((wait) => wait === undefined)).toBe(true);
    expect(countRequest('key', at(28))).toBe(32);
    expect(countRequest('key', at(59.999))).toBe(1);
    expect(countRequest('key', at(60))).toBeUndefined();
  });

  it('starts with the first request after the last one ended', () => {
    const at = openLimit('on');
    countRequest('key', at(0));
    countRequest('key', at(90));
    expect(rateLimitHeaders('key', at(90))).toEqual({
      'X-RateLimit-Limit': '120',
      'X-RateLimit-Remaining': '119',
      'X-RateLimit-Reset': String(Math.ceil((START + 150_000) / 1_000)),
    });
  });

  it('is shown full where nothing was asked in it', () => {
    const at = openLimit('off');
    expect(rateLimitHeaders('key', at(0))['X-RateLimit-Remaining']).toBe('120');
    expect(rateLimitHeaders('key', at(0))['X-RateLimit-Remaining']).toBe('120');
  });
});

describe('TI-RATE-WINDOW: a second', () => {
  it('takes 20 requests', () => {
    const at = openLimit('on');
    const waits = Array.from({ length: 21 }, () => countRequest('key', at(0)));
    expect(waits.slice(0, 20).every((wait) => wait === undefined)).toBe(true);
    expect(waits.at(-1)).toBe(1);
    expect(countRequest('key', at(1))).toBeUndefined();
  });
});

it('TI-RATE-LIMIT: off refuses nothing', () => {
  const at = openLimit('off');
  const waits = Array.from({ length: 500 }, () => countRequest('key', at(0)));
  expect(waits.every((wait) => wait === undefined)).toBe(true);
  expect(rateLimitHeaders('key', at(0))['X-RateLimit-Remaining']).toBe('0');
});
