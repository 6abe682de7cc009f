import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clockAt, describeClock, parseClock, realTime, timeOf } from './clock.ts';

const wall = Date.parse('2026-03-31T10:00:00Z');

it('runs with real time, so much beside it, or stands', () => {
  expect(parseClock('now', wall)).toEqual(realTime);
  expect(parseClock('now-1d', wall)).toEqual({ mode: 'running', offsetMs: -86_400_000 });
  expect(parseClock('2026-01-01T00:00:00Z', wall)).toEqual({
    mode: 'frozen',
    at: Date.parse('2026-01-01T00:00:00Z'),
  });
});

it.each(['', 'soon', '1969-12-31T23:59:59Z', 'now+9000y'])('cannot be "%s"', (text) => {
  expect(parseClock(text, wall)).toBeUndefined();
});

it('is written as it is read', () => {
  const mode = fc.constantFrom<'running' | 'frozen'>('running', 'frozen');
  fc.assert(
    fc.property(mode, fc.integer({ min: 0, max: Date.UTC(9999, 0, 1) }), (how, at) => {
      const clock = clockAt(how, at, wall);
      expect(parseClock(describeClock(clock), wall)).toEqual(clock);
      expect(timeOf(clock, wall)).toBe(at);
    }),
  );
  expect(describeClock(realTime)).toBe('now');
  expect(describeClock({ mode: 'running', offsetMs: 90_061_001 })).toBe('now+1d1h1m1s1ms');
});
