/** Dates in scenarios: ISO 8601, or relative to the sandbox's time (`now`, `now-30d`, `now+1y6M`). */
import { addDuration, negate, parseShortDuration } from './duration.ts';

const RELATIVE = /^now(?:([+-])(\w+))?$/;
const INSTANT =
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Returns milliseconds since 1970; undefined if the text is not a date. */
export function parseMoment(text: string, now: number): number | undefined {
  const relative = RELATIVE.exec(text);
  if (relative) {
    const [, sign, amount] = relative;
    if (amount === undefined) return now;
    const duration = parseShortDuration(amount);
    return duration && addDuration(now, sign === '-' ? negate(duration) : duration);
  }
  // Date.parse reads February 30th as March 2nd.
  if (!INSTANT.test(text) || !isDay(text.slice(0, 10))) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

function isDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
