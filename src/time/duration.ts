/** Durations as values, and parsers for their two text forms. */

/** `months` are calendar months in UTC (a year is 12); `ms` is a fixed length. */
export type Duration = { readonly months: number; readonly ms: number };

const ISO =
  /^([+-]?)P(?=.)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?$/i;

/** Parses ISO 8601: `P1M`, `P1Y2M3DT4H5M6.5S`, `-P30D`, `P2W`. Undefined if the text is not a duration. */
export function parseIsoDuration(text: string): Duration | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const sign = match[1] === '-' ? -1 : 1;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(2)
    .map((part) => Number(part ?? 0));
  const ms = ((weeks * 7 + days) * 86_400 + hours * 3_600 + minutes * 60 + seconds) * 1_000;
  return { months: sign * (12 * years + months), ms: sign * Math.round(ms) };
}

/** Largest first. */
const UNITS = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;
const UNIT_MS: ReadonlyMap<string, number> = new Map(UNITS);
const SHORT = /^(?:\d{1,9}(?:y|M|w|d|h|ms|m|s))+$/;
const PART = /(\d+)(y|M|w|d|h|ms|m|s)/g;

/** Parses `1y6M`, `2w`, `30d`, `1h30m`, `500ms`; `M` are months, `m` minutes. Undefined if the text is not a duration. */
export function parseShortDuration(text: string): Duration | undefined {
  if (!SHORT.test(text)) return undefined;
  let months = 0;
  let ms = 0;
  for (const [, digits, unit = ''] of text.matchAll(PART)) {
    const amount = Number(digits);
    if (unit === 'y') months += 12 * amount;
    else if (unit === 'M') months += amount;
    else ms += amount * (UNIT_MS.get(unit) ?? 0);
  }
  return { months, ms };
}

/** Writes a length for `parseShortDuration`, in days and smaller units: `1d12h`. Empty for 0. */
export function writeShortDuration(lengthMs: number): string {
  let restMs = lengthMs;
  let text = '';
  for (const [unit, unitMs] of UNITS.slice(1)) {
    const count = Math.floor(restMs / unitMs);
    restMs -= count * unitMs;
    if (count > 0) text += `${count}${unit}`;
  }
  return text;
}

/** The length in milliseconds; undefined if the duration has calendar months. */
export function lengthOf({ months, ms }: Duration): number | undefined {
  return months === 0 ? ms : undefined;
}

/** The instant a duration later, in milliseconds since 1970; undefined if it is outside the range of dates. */
export function addDuration(at: number, { months, ms }: Duration): number | undefined {
  const result = addMonths(at, months) + ms;
  return Number.isNaN(new Date(result).getTime()) ? undefined : result;
}

export function negate({ months, ms }: Duration): Duration {
  return { months: -months, ms: -ms };
}

/** Moves an instant by calendar months in UTC; the 31st becomes the last day of a shorter month. */
export function addMonths(at: number, months: number): number {
  if (months === 0) return at;
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}
