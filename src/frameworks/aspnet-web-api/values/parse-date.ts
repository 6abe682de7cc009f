/** Parses dates as each of the vendor's readers does; undefined for a text that the reader refuses. Row DATE-FORMS. */
import { createDateTime, isInRange, type DateParts, type DateTime } from './date-time.ts';

const ISO_ZONE = String.raw`(?:\s*([Zz]|[+-]\d\d(?::?\d\d)?))?`;
const ZONE = String.raw`(?:\s*([Zz]|GMT|[+-]\d\d(?::?\d\d)?))?`;
const WEEKDAY = String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?`;
const TIME = String.raw`(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:\s*([AaPp][Mm]))?`;
const ISO = new RegExp(
  String.raw`^(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?${ISO_ZONE}$`,
);
const YEAR_FIRST = new RegExp(
  String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\s+${TIME})?${ZONE}$`,
);
const MONTH_FIRST = new RegExp(
  String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\s+${TIME})?${ZONE}$`,
);
const DAY_NAMED = new RegExp(
  String.raw`^${WEEKDAY}(\d{1,2})\s+([A-Za-z]{3,9}),?\s+(\d{4})(?:\s+${TIME})?${ZONE}$`,
);
const MONTH_NAMED = new RegExp(
  String.raw`^([A-Za-z]{3,9})\s+(\d{1,2}),?\s+(\d{4})(?:\s+${TIME})?${ZONE}$`,
);
const YEAR_AND_MONTH = /^(\d{4})[-/.](\d{1,2})$/;
const MICROSOFT = /^\/Date\((-?\d+)([+-]\d\d(?:\d\d)?)?\)\/$/;
const XML = new RegExp(
  String.raw`^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?)?)?(Z|[+-]\d\d:\d\d)?$`,
);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LONG_MONTHS =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

/** Json.NET: tries its own ISO and /Date(…)/ forms, then DateTime.Parse in the invariant culture. Keeps the kind. */
export function parseJsonDate(text: string): DateTime | undefined {
  const milliseconds = MICROSOFT.exec(text);
  if (!milliseconds) return parseCulture(text.trim());
  const [, digits = '', zone] = milliseconds;
  const at = Number(digits);
  const seconds = Math.floor(at / 1000);
  if (!isInRange(seconds)) return undefined;
  const ticks = (at - seconds * 1000) * 10_000;
  return { seconds, ticks, kind: zone === undefined ? 'utc' : 'local' };
}

/** True for Json.NET's own form of a date. */
export function isIsoDate(text: string): boolean {
  return ISO.test(text);
}

/** XmlConvert.ToDateTime: accepts the XML Schema forms that begin with a year. Keeps the kind. */
export function parseXmlDate(text: string): DateTime | undefined {
  const [whole, year, month = '1', day = '1', ...rest] = XML.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const [hour, minute, second, fraction, zone] = rest;
  return build({ year, month, day }, { hour, minute, second, fraction }, zone);
}

/** Model binding of forms: DateTime.Parse in the invariant culture, which converts UTC to local time. */
export function parseFormDate(text: string): DateTime | undefined {
  const date = parseCulture(text.trim());
  return date?.kind === 'utc' ? { ...date, kind: 'local' } : date;
}

function parseCulture(text: string): DateTime | undefined {
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second, fraction, zone] = iso;
    return build({ year, month, day }, { hour, minute, second, fraction }, zone);
  }
  return (
    readDated(YEAR_FIRST, text, ['year', 'month', 'day']) ??
    readDated(MONTH_FIRST, text, ['month', 'day', 'year']) ??
    readDated(DAY_NAMED, text, ['day', 'month', 'year']) ??
    readDated(MONTH_NAMED, text, ['month', 'day', 'year']) ??
    readDated(YEAR_AND_MONTH, text, ['year', 'month'])
  );
}

type Text = string | undefined;
type Day = { readonly year?: Text; readonly month?: Text; readonly day?: Text };
type Time = {
  readonly hour: Text;
  readonly minute: Text;
  readonly second: Text;
  readonly fraction: Text;
};

function readDated(
  pattern: RegExp,
  text: string,
  order: readonly (keyof Day)[],
): DateTime | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const day = Object.fromEntries(order.map((name, index) => [name, found[index + 1]])) as Day;
  const [hour, minute, second, fraction, half, zone] = found.slice(order.length + 1);
  return build(day, { hour: toHour(hour, half), minute, second, fraction }, zone);
}

/** Converts a 12-hour to a 24-hour value. An impossible hour stays out of range, so that it is refused later. */
function toHour(hour: Text, half: Text): Text {
  if (hour === undefined || half === undefined) return hour;
  const number = Number(hour);
  if (number < 1 || number > 12) return '99';
  return String((number % 12) + (half.toLowerCase() === 'pm' ? 12 : 0));
}

function build(day: Day, time: Time, zone: Text): DateTime | undefined {
  const offset = readZone(zone);
  if (offset === null) return undefined;
  const parts: DateParts = {
    year: Number(day.year),
    month: readMonth(day.month ?? '1'),
    day: Number(day.day ?? 1),
    hour: Number(time.hour ?? 0),
    minute: Number(time.minute ?? 0),
    second: Number(time.second ?? 0),
    fraction: time.fraction ?? '',
    offset,
  };
  return createDateTime(parts);
}

function readMonth(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const lower = text.toLowerCase();
  return Math.max(MONTHS.indexOf(lower), LONG_MONTHS.indexOf(lower)) + 1;
}

/** Returns null if `zone` is not a time zone. */
function readZone(zone: Text): number | 'utc' | undefined | null {
  if (zone === undefined) return undefined;
  if (/^(?:z|gmt)$/i.test(zone)) return 'utc';
  const digits = zone.slice(1).replace(':', '');
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2) || 0);
  if (hours > 24 || minutes > 59) return null;
  return (hours * 60 + minutes) * (zone.startsWith('-') ? -1 : 1);
}
