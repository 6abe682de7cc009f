/**
 * Redacts text that could not be parsed: XML, HTML, broken or truncated JSON, messages. Searches for secret names
 * followed by a value (`"token": "…"`, `token=…`, `<token>…</token>`), and redacts too much rather than too little.
 * Takes linear time for any text.
 */
import type { SecretNames } from './secret-names.ts';

export const REDACTED = '[redacted]';

/** Where a name may start. A quote can open or close, so both are tried. */
const START = /["'<]|[^\s"'{},:=&;<>?#]+/g;
/** Longer quoted names are checked word by word. */
const QUOTED = /"((?:[^"\\]|\\[^]){0,200})"|'((?:[^'\\]|\\[^]){0,200})'/y;
const ELEMENT = /<([^\s<>/!?"'=&;]{1,200})[^<>]*>/y;
const SEPARATOR = /["']?\s*[:=]\s*/y;
const HAS_VALUE = /[:=<]/;
/** An unquoted value. */
const BARE = /[^&<\r\n]*/y;
/** The rest after a quote that should have been escaped. */
const REST = /[^\s,}\]&;<>)]*/y;
const USER = /\/\/[^\s/?#@"'<>]{1,256}@/g;

type Value = {
  readonly start: number;
  /** The end, which is looked for from there on. */
  readonly findEnd: (from: number) => number;
};

export function redactText(text: string, names: SecretNames): string {
  const plain = text.includes('@') ? text.replace(USER, `//${REDACTED}@`) : text;
  if (!HAS_VALUE.test(plain)) return plain;
  let shown = '';
  let done = 0;
  for (const { start, end } of findSpans(plain, names)) {
    if (start >= done) shown += plain.slice(done, start) + REDACTED;
    done = Math.max(done, end);
  }
  return shown + plain.slice(done);
}

type Span = { readonly start: number; readonly end: number };

/** The positions of values, sorted by start. They may overlap, because names inside other values count too. */
function findSpans(text: string, names: SecretNames): readonly Span[] {
  const spans: Span[] = [];
  let latest = -1;
  let reach = 0;
  START.lastIndex = 0;
  for (let found = START.exec(text); found; found = START.exec(text)) {
    const value = findValue(text, found[0], found.index, names);
    // The word in a quoted name is found a second time.
    if (!value || value.start === latest) continue;
    latest = value.start;
    // Searches for the end after all previous ends, so no part is searched twice. This may redact too much.
    const end = value.findEnd(Math.max(value.start, reach));
    if (end === value.start) continue;
    spans.push({ start: value.start, end });
    reach = end;
  }
  return spans.toSorted((a, b) => a.start - b.start);
}

/** The value of the secret name that starts here. Undefined: no secret name starts here. */
function findValue(
  text: string,
  word: string,
  index: number,
  names: SecretNames,
): Value | undefined {
  if (word === '<') return findContent(text, index, names);
  const isQuote = word === '"' || word === "'";
  const quoted = isQuote ? match(QUOTED, text, index) : undefined;
  if (isQuote && !quoted) return undefined;
  const separator = match(SEPARATOR, text, index + (quoted?.[0] ?? word).length);
  const name = quoted?.[1] ?? quoted?.[2] ?? word;
  if (!separator || !names.has(name)) return undefined;
  const value = valueAt(text, separator.index + separator[0].length);
  // A name such as "token=abc" holds a value itself.
  return quoted && HAS_VALUE.test(name) ? { ...value, start: index + 1 } : value;
}

function valueAt(text: string, start: number): Value {
  const first = text[start];
  if (first === '"' || first === "'") {
    const inner = start + 1;
    return { start: inner, findEnd: (from) => endOfQuoted(text, first, Math.max(from, inner)) };
  }
  // In invalid text, the closing bracket is unknown.
  if (first === '{' || first === '[') return { start, findEnd: () => text.length };
  return {
    start,
    findEnd(from) {
      const behind = Math.max(from, start);
      return behind + (match(BARE, text, behind)?.[0].length ?? 0);
    },
  };
}

/** The content of an element, or the rest of the text if the element is not closed. */
function findContent(text: string, index: number, names: SecretNames): Value | undefined {
  const tag = match(ELEMENT, text, index);
  const name = tag?.[1] ?? '';
  if (!tag || tag[0].endsWith('/>') || !names.has(name)) return undefined;
  return {
    start: index + tag[0].length,
    findEnd(from) {
      const close = text.indexOf(`</${name}`, from);
      return close === -1 ? text.length : close;
    },
  };
}

function endOfQuoted(text: string, quote: string, from: number): number {
  for (let i = from; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === quote) {
      const rest = match(REST, text, i + 1)?.[0].length ?? 0;
      return rest === 0 ? i : i + 1 + rest;
    }
  }
  return text.length;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
