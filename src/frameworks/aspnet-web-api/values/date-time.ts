/**
 * .NET's DateTime: ticks of 100 ns and a kind. JavaScript's Date would lose four of the seven digits.
 * The server's time zone is assumed to be UTC: row TIME-ZONE.
 */
type DateTimeKind = 'utc' | 'local' | 'unspecified';

export type DateTime = {
  /** Whole seconds since 1970 in the date's own time zone. */
  readonly seconds: number;
  /** Ticks within the second: 0 to 9,999,999. */
  readonly ticks: number;
  readonly kind: DateTimeKind;
};

const TICKS_PER_SECOND = 10_000_000;
const MIN_SECONDS = secondsOf(1, 1, 1);
const MAX_SECONDS = secondsOf(9999, 12, 31) + 86_399;

export type DateParts = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  /** The digits after the decimal point of the seconds. */
  readonly fraction?: string;
  /** Minutes east of UTC; `utc` for Z; undefined if no offset was given. */
  readonly offset?: number | 'utc' | undefined;
};

/** Returns undefined if the parts are not a date in the years 1 to 9999. */
export function createDateTime(parts: DateParts): DateTime | undefined {
  const { year, month, day, hour = 0, minute = 0, second = 0, offset } = parts;
  if (year < 1 || year > 9999 || month < 1 || month > 12) return undefined;
  if (day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const { ticks, carry } = readFraction(parts.fraction ?? '');
  const seconds = secondsOf(year, month, day) + hour * 3600 + minute * 60 + second + carry;
  if (offset === undefined) return clamp({ seconds, ticks, kind: 'unspecified' });
  if (offset === 'utc') return clamp({ seconds, ticks, kind: 'utc' });
  return clamp({ seconds: seconds - offset * 60, ticks, kind: 'local' });
}

/** Keeps seven digits, rounded by the eighth. */
function readFraction(digits: string): { ticks: number; carry: number } {
  const rounded = Number(digits.slice(0, 7).padEnd(7, '0')) + (Number(digits[7] ?? 0) >= 5 ? 1 : 0);
  return rounded === TICKS_PER_SECOND ? { ticks: 0, carry: 1 } : { ticks: rounded, carry: 0 };
}

/** Limits a converted date to the first and last date of .NET. */
function clamp(date: DateTime): DateTime {
  if (date.seconds < MIN_SECONDS) return { ...date, seconds: MIN_SECONDS, ticks: 0 };
  if (date.seconds <= MAX_SECONDS) return date;
  return { ...date, seconds: MAX_SECONDS, ticks: TICKS_PER_SECOND - 1 };
}

export function isInRange(seconds: number): boolean {
  return seconds >= MIN_SECONDS && seconds <= MAX_SECONDS;
}

/** Writes a date as Json.NET and XmlConvert do: no trailing zeros, Z for UTC, an offset for local time, else neither. */
export function formatDateTime(date: DateTime): string {
  const suffix = { utc: 'Z', local: '+00:00', unspecified: '' }[date.kind];
  return formatPlain(date) + suffix;
}

/**
 * The form in coerced requests and stored licenses. RFC 3339's -00:00 (unknown offset) marks a date without an
 * offset, so that every date is a valid `date-time` and `parseStored` returns the same date.
 */
export function formatStored(date: DateTime): string {
  const suffix = { utc: 'Z', local: '+00:00', unspecified: '-00:00' }[date.kind];
  return formatPlain(date) + suffix;
}

const STORED =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(?:(Z)|([+-])(\d\d):(\d\d))$/;

/** Parses the form that `formatStored` writes. */
export function parseStored(text: string): DateTime | undefined {
  const [whole, year, month, day, hour, minute, second, fraction, utc, sign, hours, minutes] =
    STORED.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const isUnknown = sign === '-' && hours === '00' && minutes === '00';
  const east = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return createDateTime({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    fraction: fraction ?? '',
    offset: utc === undefined ? (isUnknown ? undefined : east) : 'utc',
  });
}

/** Like DateTime.CompareTo: compares the ticks and ignores the kinds. */
export function compareDates(one: DateTime, other: DateTime): number {
  return one.seconds - other.seconds || one.ticks - other.ticks;
}

function formatPlain({ seconds, ticks }: DateTime): string {
  const plain = new Date(seconds * 1000).toISOString().slice(0, 19);
  if (ticks === 0) return plain;
  return `${plain}.${String(ticks).padStart(7, '0').replace(/0+$/, '')}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function secondsOf(year: number, month: number, day: number): number {
  // Date.UTC reads a year below 100 as 1900 plus that year.
  return new Date(0).setUTCFullYear(year, month - 1, day) / 1000;
}
