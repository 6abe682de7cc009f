/** Filter and page size of a journal query. */
import type { JournalFilter, ShownBody } from '../control-api/control-api.ts';
import { MockError } from '../errors.ts';
import type { StoredEntry } from '../shared/shared.ts';
import { unfold, type Kept } from './keep-exchange.ts';
import type { Redactor } from './redact.ts';
import { renderBody } from './render-entry.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

/** Throws `MockError` `invalid-request`. */
export function limitOf({ limit = DEFAULT_LIMIT }: JournalFilter): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new MockError(
    'invalid-request',
    `limit: ${limit} is not a whole number from 1 to ${MAX_LIMIT}.`,
    { pointer: '#/limit' },
  );
}

/** Whether an entry passes the filter. Ignores `limit` and `before`. */
export function createMatcher(
  filter: JournalFilter,
  redactor: Redactor,
): (entry: StoredEntry) => boolean {
  const { vendor, operation, status } = filter;
  const text = filter.text?.toLowerCase() ?? '';
  return (entry) =>
    (vendor === undefined || vendor === entry.vendor) &&
    (operation === undefined || operation === entry.operation) &&
    (status === undefined || status === entry.status) &&
    (filter.drift !== true || (unfold(entry).drift ?? []).length > 0) &&
    (text === '' || holdsText(unfold(entry), text, redactor));
}

function holdsText(
  { operation = '', request, response }: Kept,
  text: string,
  redactor: Redactor,
): boolean {
  const holds = (shown: string): boolean => shown.toLowerCase().includes(text);
  return (
    holds(operation) ||
    holds(redactor.url(request.url)) ||
    holds(textOf(renderBody(request.body, request.headers, redactor))) ||
    holds(textOf(renderBody(response.body, response.headers, redactor)))
  );
}

function textOf(shown: ShownBody): string {
  if (shown === null) return '';
  if ('json' in shown) return JSON.stringify(shown.json) ?? '';
  return 'text' in shown ? shown.text : JSON.stringify(shown);
}
