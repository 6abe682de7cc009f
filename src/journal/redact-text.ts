/**
 * Redacts text that could not be parsed: XML, HTML, JSON that is broken or was cut, a message. Looks for a name that
 * secrets have with a value behind it (`"token": "…"`, `token=…`, `<token>…</token>`), and in doubt takes away
 * too much. It takes time in proportion to the length, whatever the text is.
 */
import type { SecretNames } from './secret-names.ts';

export const REDACTED = '[redacted]';

/** Where a name may start. A quote may open or close: each is tried as both. */
const START = /["'<]|[^\s"'{},:=&;<>?#]+/g;
/** Names in quotes are looked at up to this length; longer ones as the words they consist of. */
const QUOTED = /"((?:[^"\\]|\\[^]){0,200})"|'((?:[^'\\]|\\[^]){0,200})'/y;
const ELEMENT = /<([^\s<>/!?"'=&;]{1,200})[^<>]*>/y;
const SEPARATOR = /["']?\s*[:=]\s*/y;
const HAS_VALUE = /[:=<]/;
/** A value without quotes. */
const BARE = /[^&<\r\n]*/y;
/** What a quote that should have been escaped leaves behind the value. */
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

/** Where values are, by their start; they may overlap. Each name is looked at, also within another's value. */
function findSpans(text: string, names: SecretNames): readonly Span[] {
  const spans: Span[] = [];
  let latest = -1;
  let reach = 0;
  START.lastIndex = 0;
  for (let found = START.exec(text); found; found = START.exec(text)) {
    const value = findValue(text, found[0], found.index, names);
    // A name in quotes is found once more by the word in it.
    if (!value || value.start === latest) continue;
    latest = value.start;
    // An end is looked for behind all others, so that no part is searched twice: in doubt that is too much.
    const end = value.findEnd(Math.max(value.start, reach));
    if (end === value.start) continue;
    spans.push({ start: value.start, end });
    reach = end;
  }
  return spans.toSorted((a, b) => a.start - b.start);
}

/** The value of the name that starts here; undefined where none does, or it is no secret's. */
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
  // Which bracket ends it cannot be told in a text that is broken.
  if (first === '{' || first === '[') return { start, findEnd: () => text.length };
  return {
    start,
    findEnd(from) {
      const behind = Math.max(from, start);
      return behind + (match(BARE, text, behind)?.[0].length ?? 0);
    },
  };
}

/** What is between the tags of an element; all the rest where it is not closed. */
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
