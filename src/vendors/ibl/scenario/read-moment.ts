import { MockError } from '../../../errors.ts';
import { parseInstant, toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import { parseMoment } from '../../../time/moment.ts';

/** Keeps the microseconds of an exported instant, which `parseMoment` would drop. */
export function readMoment(text: string, now: number): string {
  const parsed = parseInstant(text);
  if (typeof parsed === 'object') return parsed.stored;
  const ms = parseMoment(text, now);
  if (ms !== undefined) return toStored(ms);
  throw new MockError(
    'broken-scenario',
    `"${text}" is not a date. Use an ISO 8601 date-time, or now, now-1d, now+1y6M.`,
  );
}
