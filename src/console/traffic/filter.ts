/** Finds journal entries by what a person types and chooses. */
import type { JournalEntry } from '../../control-api/control-api.ts';

export type Filter = {
  /** Words that all have to occur, in any case. */
  readonly text: string;
  readonly vendor: string;
  readonly operation: string;
  /** `2xx`, `400`, `warnings`, `drift`; empty: any. */
  readonly status: string;
};

export const NO_FILTER: Filter = { text: '', vendor: '', operation: '', status: '' };

/** Bodies are searched as far as this. */
const SEARCHED = 4_000;

/** Made once for each entry, because a filter reads 10,000 of them at every key. */
const haystacks = new WeakMap<JournalEntry, string>();

export function filterEntries(
  entries: readonly JournalEntry[],
  { text, vendor, operation, status }: Filter,
): readonly JournalEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && vendor === '' && operation === '' && status === '') return entries;
  return entries.filter(
    (entry) =>
      (vendor === '' || (entry.vendor ?? 'none') === vendor) &&
      (operation === '' || entry.operation === operation) &&
      hasStatus(entry, status) &&
      (words.length === 0 || hasWords(entry, words)),
  );
}

function hasStatus(entry: JournalEntry, status: string): boolean {
  if (status === '') return true;
  if (status === 'warnings') return entry.warnings.length > 0;
  if (status === 'violations') return entry.violations.length > 0;
  if (status === 'proxied') return entry.kind === 'proxied';
  if (status === 'drift') return (entry.drift?.length ?? 0) > 0;
  const text = String(entry.status);
  return status.endsWith('xx') ? text.startsWith(status.charAt(0)) : text === status;
}

function hasWords(entry: JournalEntry, words: readonly string[]): boolean {
  const haystack = haystacks.get(entry) ?? makeHaystack(entry);
  return words.every((word) => haystack.includes(word));
}

function makeHaystack(entry: JournalEntry): string {
  const { id, request, response, operation, status } = entry;
  const parts = [id, request.method, request.url, operation ?? '', status];
  const bodies = [request.body, response.body].map((body) =>
    JSON.stringify(body ?? '').slice(0, SEARCHED),
  );
  const haystack = [...parts, ...bodies].join(' ').toLowerCase();
  haystacks.set(entry, haystack);
  return haystack;
}
