/** Instants as the framework reads, stores and shows them: in UTC, to the microsecond. */

import { SPACE, toAsciiDigits } from './python-text.ts';

/** `documented` is false if the framework accepts the form but the documented date-time does not. */
export type ParsedInstant =
  | { readonly stored: string; readonly documented: boolean }
  | 'wrong-format'
  | 'out-of-range';

/** The forms that Django's `parse_datetime` accepts. */
const DJANGO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d{0,6})?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?\n?$/;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:[0-5]\d)$/;
/**
 * The forms of ISO 8601 that Python's `fromisoformat` reads since 3.11, without those that count weeks. It does not look
 * at one character before a zone, or at any number of them after six digits of a fraction.
 */
const ISO =
  /^(\d{4})(-?)(\d\d)\2(\d\d)(?:.(\d\d)(?:(:?)(\d\d)(?:\6(\d\d))?)?(?:[.,](\d+))?(?:(?:(?<=[.,]\d{6,})[^Z+-]*|(?<![.,]\d+)[^Z+\-\u{80}-\u{10ffff}]?)(?:Z|([+-])(\d\d)(?::?(\d\d)(?::?(\d\d)(?:\.\d+)?)?)?))?)?$/su;
const SPACE_BEFORE_ZONE = new RegExp(`${SPACE}+(?=(?:Z|[+-]\\d{2}(?::?\\d{2})?)?\\n?$)`);
/** A longer text is no date. The patterns take quadratic time. */
const MAX_LENGTH = 200;
const DAY_SECONDS = 86_400;
const SECOND_MS = 1000;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Reads a text as Django 3.2 does; one without a zone as UTC: ledger row COERCIONS. Refuses a date without a time.
 */
export function parseInstant(text: string): ParsedInstant {
  const match = DJANGO.exec(toAsciiDigits(text));
  if (!match) return 'wrong-format';
  const [, year = '', month = '', day = '', hour = '', minute = '', second, fraction] = match;
  const [, , , , , , , , sign, hours, minutes] = match;
  const parts = { year, month, day, hour, minute, second, fraction, sign, hours, minutes };
  return toInstant(parts, RFC_3339.test(text));
}

/** Reads a text as Django 4 and later do, on Python 3.11 or later: ledger row DJANGO. */
export function parseIsoInstant(text: string): ParsedInstant {
  if (text.length > MAX_LENGTH) return 'wrong-format';
  const match = ISO.exec(text);
  if (match) {
    const [, year = '', , month = '', day = '', hour, , minute, second, fraction] = match;
    const [, , , , , , , , , , sign, hours, minutes, seconds] = match;
    const zone = { sign, hours, minutes, seconds };
    const parts = { year, month, day, hour, minute, second, fraction, ...zone };
    const parsed = toInstant(parts, RFC_3339.test(text));
    if (parsed !== 'wrong-format') return parsed;
  }
  return parseInstant(text.replace(SPACE_BEFORE_ZONE, ''));
}

/** All are digits, but `sign`. What is undefined was not written. */
type Parts = {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string | undefined;
  readonly minute: string | undefined;
  readonly second: string | undefined;
  readonly fraction: string | undefined;
  readonly sign: string | undefined;
  readonly hours: string | undefined;
  readonly minutes: string | undefined;
  readonly seconds?: string | undefined;
};

function toInstant(parts: Parts, documented: boolean): ParsedInstant {
  const { year, month, day, hour = '0', minute = '0', second = '0', fraction = '' } = parts;
  const { sign, hours = '0', minutes = '0', seconds = '0' } = parts;
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!isDay(Number(year), Number(month), Number(day)) || !isTime || offset >= DAY_SECONDS) {
    return 'wrong-format';
  }
  const local = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  const moved = offset === 0 ? local : shift(local, sign === '-' ? offset : -offset);
  if (moved === undefined) return 'out-of-range';
  return { stored: `${moved}.${fraction.slice(0, 6).padEnd(6, '0')}Z`, documented };
}

/** The instant `ms` milliseconds after 1970, limited to the framework's years 1 to 9999. */
export function toStored(ms: number): string {
  const date = new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS));
  return `${date.toISOString().slice(0, -1)}000Z`;
}

/** Shows an instant as the framework does: with microseconds only if they are not 0. */
export function showInstant(stored: string): string {
  return stored.endsWith('.000000Z') ? `${stored.slice(0, -8)}Z` : stored;
}

function isDay(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
  return year > 0 && day > 0 && day <= days;
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

/** Returns undefined outside the years 1 to 9999. */
function shift(local: string, seconds: number): string | undefined {
  const ms = Date.parse(`${local}Z`) + seconds * SECOND_MS;
  return ms < FIRST_MS || ms > LAST_MS ? undefined : new Date(ms).toISOString().slice(0, 19);
}
