/** Finds differences between the answers of the mock and the live vendor, and the ledger rows that explain them. */
import type { LedgerRow } from '../ledger/ledger.ts';
import type { Exchange } from './relay.ts';
import type { Difference } from './report.ts';
import { isJsonType, parseMediaType } from '../messages/media-type.ts';

type Raw = Omit<Difference, 'ledger'>;

const SHOWN = 20;

/**
 * For successful answers, only the structure (fields and types) is compared, because the data differs. For refusals,
 * the words are compared too. `shaped` are the rows that influenced the mock's answer; they are preferred.
 */
export function findDifferences(
  mock: Exchange,
  live: Exchange,
  rows: readonly LedgerRow[],
  shaped: readonly string[],
): readonly Difference[] {
  const found: Raw[] = [];
  if (mock.status !== live.status) {
    found.push({ at: 'status', mock: String(mock.status), live: String(live.status) });
  }
  const types = [mock, live].map(({ headers }) => parseMediaType(headers['content-type']).name);
  const [mockType = '', liveType = ''] = types;
  if (mockType !== liveType)
    found.push({ at: 'header content-type', mock: mockType, live: liveType });
  const isRefusal = mock.status >= 400 || live.status >= 400;
  if (types.every(isJsonType)) {
    const [one, other] = [parse(mock.body), parse(live.body)];
    found.push(...compare(one, other, { at: '$', withValues: isRefusal }));
  } else if (isRefusal && !mock.body.equals(live.body)) {
    found.push({ at: 'body', mock: show(mock.body.toString()), live: show(live.body.toString()) });
  }
  const candidates = rows.toSorted(
    (a, b) => Number(shaped.includes(b.id)) - Number(shaped.includes(a.id)),
  );
  return found.slice(0, SHOWN).map((each) => ({ ...each, ledger: explain(each, candidates) }));
}

/** A row explains a difference if it mentions the field or the status. */
function explain({ at, mock, live }: Raw, rows: readonly LedgerRow[]): string | undefined {
  if (at === 'status') {
    return rows.find((row) => /\bstatus\b/i.test(textOf(row)) && mentions(textOf(row), live))?.id;
  }
  const field = /([\w-]+)(?:\[\d+\])*$/.exec(at)?.[1] ?? at;
  const word = at === 'header content-type' ? 'media type' : field;
  const named = rows.find((row) => mentions(textOf(row), word));
  return named?.id ?? rows.find((row) => isWording(row) && mock !== live && isText(mock))?.id;
}

function textOf({ title, mock, sources, choices = [] }: LedgerRow): string {
  return [title, mock, ...sources.map(({ says }) => says), ...choices.map(({ id }) => id)].join(
    ' ',
  );
}

/** True for rows about the wording of refusals. */
function isWording({ title }: LedgerRow): boolean {
  return /\b(?:words?|wording|sentences?|texts?)\b/i.test(title);
}

function isText(shown: string): boolean {
  return shown.startsWith('"');
}

function mentions(text: string, word: string): boolean {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\w-])${escaped}(?![\w-])`, 'i').test(text);
}

function compare(
  one: unknown,
  other: unknown,
  place: { readonly at: string; readonly withValues: boolean },
): readonly Raw[] {
  const { at, withValues } = place;
  if (Array.isArray(one) && Array.isArray(other)) {
    // Lists differ in length, so only their first items are compared.
    const isOpen = one.length > 0 && other.length > 0;
    return isOpen ? compare(one[0], other[0], { at: `${at}[0]`, withValues }) : [];
  }
  if (isObject(one) && isObject(other)) {
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) => {
      const inside = /^\w+$/.test(key) ? `${at}.${key}` : `${at}['${key}']`;
      if (!(key in one)) return [{ at: inside, mock: 'not there', live: show(other[key]) }];
      if (!(key in other)) return [{ at: inside, mock: show(one[key]), live: 'not there' }];
      return compare(one[key], other[key], { at: inside, withValues });
    });
  }
  const isSame = withValues ? one === other : typeOf(one) === typeOf(other);
  return isSame ? [] : [{ at, mock: show(one), live: show(other) }];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 120);
}
