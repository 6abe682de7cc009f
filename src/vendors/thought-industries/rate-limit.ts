/**
 * 120 requests a minute and at most 20 a second, by API key. The headers are on every answer that knows the
 * key; too many requests are refused only by TI-RATE-LIMIT. TI-RATE-WINDOW: a minute starts with the first
 * request after the last one ended.
 */
import type { Window } from '../../shared/shared.ts';
let lastWindow: Window | undefined;
import type { TiContext } from './config.ts';

const MINUTE = { limit: 120, windowMs: 60_000 };
const BURST = { limit: 20, windowMs: 1_000 };

/** Counts a request; seconds to wait where it is refused, else undefined. */
export function countRequest(key: string, context: TiContext): number | undefined {
  const minute = context.meter(`minute ${key}`, MINUTE.windowMs) as Window;
  lastWindow = minute;
  const burst = context.meter(`burst ${key}`, BURST.windowMs) as Window;
  const exceeded = minute.used > MINUTE.limit ? minute : burst.used > BURST.limit ? burst : null;
  if (!exceeded || context.choose('TI-RATE-LIMIT') === 'off') return undefined;
  context.note('TI-RATE-WINDOW');
  return Math.max(1, Math.ceil((exceeded.resetsAt - context.now) / 1_000));
}

/** How the key stands, without counting. */
export function rateLimitHeaders(key: string, context: TiContext): Record<string, string> {
  const { used, resetsAt } = lastWindow as Window;
  return {
    'X-RateLimit-Limit': String(MINUTE.limit),
    'X-RateLimit-Remaining': String(Math.max(0, MINUTE.limit - used)),
    'X-RateLimit-Reset': String(Math.ceil(resetsAt / 1_000)),
  };
}
