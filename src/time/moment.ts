/** Dates as scenarios write them: ISO 8601, or relative to the sandbox's time (`now`, `now-30d`, `now+1y6M`). */

const RELATIVE = /^now(?:(?<sign>[+-])(?<amount>(?:\d+(?:y|M|w|d|h|ms|m|s))+))?$/;
const PART = /(\d+)(y|M|w|d|h|ms|m|s)/g;
const INSTANT =
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

const MS: Readonly<Record<string, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};

/**
 * Milliseconds since 1970, or undefined where the text is no date. Years (`y`) and months (`M`) go by the
 * calendar in UTC, the day clipped to the month's last; weeks (`w`), days, hours, minutes (`m`), seconds and `ms` by length.
 */
export function parseMoment(text: string, now: number): number | undefined {
  const relative = RELATIVE.exec(text);
  if (relative) {
    const sign = relative.groups?.['sign'] === '-' ? -1 : 1;
    let at = now;
    for (const [, digits = '0', unit = 's'] of (relative.groups?.['amount'] ?? '').matchAll(PART)) {
      const amount = sign * Number(digits);
      if (unit === 'y' || unit === 'M') at = addMonths(at, unit === 'y' ? 12 * amount : amount);
      else at += amount * (MS[unit] ?? 0);
    }
    return Number.isNaN(new Date(at).getTime()) ? undefined : at;
  }
  // Date.parse takes the 30th of February for the 2nd of March.
  if (!INSTANT.test(text) || !isDay(text.slice(0, 10))) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

/** Moves an instant by calendar months in UTC; the 31st becomes the last day of a shorter month. */
export function addMonths(at: number, months: number): number {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}

function isDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
