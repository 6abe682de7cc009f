/** Dates in answers: up to seven digits after the point, zeros at the end trimmed, the kind as it was stored. */
import { formatDateTime, parseStored } from '../../frameworks/aspnet-web-api/values/date-time.ts';
import type { Json } from '../../messages/json.ts';

/** `stored`: a license's date, or an ISO 8601 time of the mock's own. */
export function wireDate(stored: Json): string | null {
  const date = typeof stored === 'string' ? parseStored(stored) : undefined;
  return date ? formatDateTime(date) : null;
}
