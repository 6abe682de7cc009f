import { expect, it } from 'vitest';
import { waitOf } from './live-target.ts';

const NOW = Date.parse('2026-11-26T00:00:00Z');

it.each([
  { status: 429, retryAfter: '3', seconds: 3 },
  { status: 503, retryAfter: 'Thu, 26 Nov 2026 00:00:07 GMT', seconds: 7 },
  { status: 503, retryAfter: 'Wed, 25 Nov 2026 00:00:00 GMT', seconds: 0 },
  { status: 429, retryAfter: '86400', seconds: 120 },
  { status: 429, retryAfter: 'soon', seconds: undefined },
  { status: 429, retryAfter: undefined, seconds: undefined },
  { status: 400, retryAfter: '3', seconds: undefined },
])('$status with Retry-After $retryAfter waits $seconds s', ({ status, retryAfter, seconds }) => {
  expect(waitOf(status, retryAfter, NOW)).toBe(seconds);
});
