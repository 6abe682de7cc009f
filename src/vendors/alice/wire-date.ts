/** Writes dates in answers: up to seven fraction digits, without trailing zeros, with or without a time zone as stored. */
import { formatDateTime, parseStored } from '../../frameworks/aspnet-web-api/values/date-time.ts';
import type { Json } from '../../messages/json.ts';

/** `stored` is a license's date or an ISO 8601 time. */
export function wireDate(stored: Json): string | null {
  const date = typeof stored === 'string' ? parseStored(stored) : undefined;
  return date ? formatDateTime(date) : null;
}
