/** Instants as the framework reads, keeps and shows them: to the microsecond, in UTC. */

/** `documented` is false where only the framework, not the docs' date-time, takes the form. */
export type ParsedInstant =
  | { readonly stored: string; readonly documented: boolean }
  | 'wrong-format'
  | 'out-of-range';

/** What Django's `parse_datetime` takes. */
const DJANGO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d{0,6})?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?\n?$/;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:[0-5]\d)$/;
const DAY_MINUTES = 1440;
const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** A text without a zone is UTC: ledger COERCIONS. A date alone is no instant. */
export function parseInstant(text: string): ParsedInstant {
  const match = DJANGO.exec(text);
  if (!match) return 'wrong-format';
  const [, year, month, day, hour, minute, second = '0', fraction = '', sign, hours, minutes] =
    match;
  const utc = wallClock(Number(year), Number(month), Number(day));
  const time = [Number(hour), Number(minute), Number(second)] as const;
  const offset = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  if (!utc || time[0] > 23 || time[1] > 59 || time[2] > 59 || offset >= DAY_MINUTES) {
    return 'wrong-format';
  }
  utc.setUTCHours(time[0], time[1] + (sign === '-' ? offset : -offset), time[2]);
  const stored = write(utc, fraction.padEnd(6, '0'));
  return stored === undefined ? 'out-of-range' : { stored, documented: RFC_3339.test(text) };
}

/** The instant `ms` milliseconds after 1970, cut to the years 1 to 9999 that the framework knows. */
export function toStored(ms: number): string {
  const date = new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS));
  return `${date.toISOString().slice(0, -1)}000Z`;
}

/** As the framework shows it: microseconds only where there are any. */
export function showInstant(stored: string): string {
  return stored.endsWith('.000000Z') ? `${stored.slice(0, -8)}Z` : stored;
}

/** Midnight of a day of the calendar; undefined where there is no such day. */
function wallClock(year: number, month: number, day: number): Date | undefined {
  const date = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(year, month - 1, day);
  const exists = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date : undefined;
}

/** Always as long, so that text sorts as time does. Undefined outside the years that the framework knows. */
function write(date: Date, micros: string): string | undefined {
  if (date.getTime() < FIRST_MS || date.getTime() > LAST_MS) return undefined;
  return `${date.toISOString().slice(0, 19)}.${micros}Z`;
}
