/** A sandbox's clock as a value. Its time depends only on this value and the wall clock. */
import { writeShortDuration } from './duration.ts';
import { parseMoment } from './moment.ts';

export type Clock =
  | { readonly mode: 'running'; readonly offsetMs: number }
  | { readonly mode: 'frozen'; readonly at: number };

export const realTime: Clock = { mode: 'running', offsetMs: 0 };

/** A clock shows 1970 to the end of 9999, the last year that every vendor's dates can express. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Milliseconds since 1970 that the clock shows while the wall clock shows `wallMs`. */
export function timeOf(clock: Clock, wallMs: number): number {
  return clock.mode === 'frozen' ? clock.at : wallMs + clock.offsetMs;
}

/** Returns a clock in this mode that shows `at` while the wall clock shows `wallMs`. */
export function clockAt(mode: Clock['mode'], at: number, wallMs: number): Clock {
  return mode === 'frozen' ? { mode, at } : { mode, offsetMs: at - wallMs };
}

/**
 * Parses a clock in a scenario: `now` runs with real time, `now-30d` runs behind (or ahead), and an instant is
 * frozen. Undefined if the text is none of these, or is a time that no clock can show.
 */
export function parseClock(text: string, wallMs: number): Clock | undefined {
  if (text === 'now') return realTime;
  const at = parseMoment(text, wallMs);
  if (at === undefined || !canShow(at)) return undefined;
  return clockAt(text.startsWith('now') ? 'running' : 'frozen', at, wallMs);
}

export function canShow(at: number): boolean {
  return at >= 0 && at <= LAST_MS;
}

/** The text that `parseClock` reads as this clock. */
export function describeClock(clock: Clock): string {
  if (clock.mode === 'frozen') return new Date(clock.at).toISOString();
  const amount = writeShortDuration(Math.abs(clock.offsetMs));
  return amount === '' ? 'now' : `now${clock.offsetMs < 0 ? '-' : '+'}${amount}`;
}
