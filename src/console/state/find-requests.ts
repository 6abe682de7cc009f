/** Finds the requests that were about a record: its id stands in their path or body, or in what they were answered. */
import type { CollectionView, JournalEntry, StoredRecord } from '../../control-api/control-api.ts';

/** Answers with more records than this are lists that say nothing about one of them. */
const MOST_LISTED = 1;

export function findRequests(
  entries: readonly JournalEntry[],
  record: StoredRecord,
  { vendor, key, operations }: Pick<CollectionView, 'vendor' | 'key' | 'operations'>,
): readonly JournalEntry[] {
  const names = new Set(operations.map(({ operation }) => operation));
  const ids = new Map(
    operations.flatMap(({ ids: own }) => Object.entries(own)).map(([at, field]) => [at, field]),
  );
  const id = record['id'] ?? record[key];
  return entries.filter((entry) => {
    if (entry.vendor !== vendor || entry.operation === null) return false;
    // A path names a record by a GUID or UUID. A number could be anything.
    if (typeof id === 'string' && entry.request.url.includes(id)) return true;
    if (!names.has(entry.operation)) return false;
    const sent = jsonOf(entry.request.body);
    if ([...ids].some(([at, field]) => isSame(sent?.[at], record[field]))) return true;
    return entry.status < 400 && answeredIds(jsonOf(entry.response.body)).includes(id);
  });
}

function answeredIds(body: Readonly<Record<string, unknown>> | undefined): readonly unknown[] {
  if (!body) return [];
  const inner = Object.values(body).filter(isRecord);
  const named = [body, ...inner].flatMap((each) => [each['id'], each['Id']]);
  const found = [...new Set(named.filter((each) => each !== undefined))];
  return found.length <= MOST_LISTED ? found : found.slice(0, MOST_LISTED);
}

function isSame(sent: unknown, stored: unknown): boolean {
  return sent !== undefined && stored !== undefined && String(sent) === String(stored);
}

function jsonOf(
  body: JournalEntry['request']['body'],
): Readonly<Record<string, unknown>> | undefined {
  return body !== null && 'json' in body && isRecord(body.json) ? body.json : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
