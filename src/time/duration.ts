/** ISO 8601 durations: `P1M`, `P1Y2M3DT4H5M6.5S`, `-P30D`, `P2W`. */
import { addMonths } from './moment.ts';

const DURATION =
  /^([+-]?)P(?=.)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?$/;

/**
 * The instant a duration later (earlier with `-`), or undefined where the text is no duration or the
 * instant no date. Years and months go by the calendar in UTC, the rest by length.
 */
export function addDuration(at: number, text: string): number | undefined {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  const sign = match[1] === '-' ? -1 : 1;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(2)
    .map((part) => Number(part ?? 0));
  const moved = addMonths(at, sign * (12 * years + months));
  const lengthMs = ((weeks * 7 + days) * 86_400 + hours * 3_600 + minutes * 60 + seconds) * 1_000;
  const result = moved + sign * Math.round(lengthMs);
  return Number.isNaN(new Date(result).getTime()) ? undefined : result;
}
