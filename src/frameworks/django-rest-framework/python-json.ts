/** Parses JSON as the framework's parser does (Python's `json`, strict), with the texts of Python's exceptions. */
import type { Json } from '../../messages/json.ts';
import { scanPythonJson, type ScanError } from './python-json-scanner.ts';
import { floatText } from './python-text.ts';

/**
 * Python's texts of numbers whose value in JavaScript does not tell what Python made of them: `7.0` and `1e3` are
 * floats, `1E400` is infinite, integers have any size. Keys are the fields of the object; an empty key is the whole.
 */
export type WrittenNumbers = ReadonlyMap<string, string>;

export type Parsed = {
  readonly value: Json;
  readonly written: WrittenNumbers;
  /** Fields of the object that hold an integer, at any depth, which a double rounds: ledger row NUMBERS. */
  readonly rounded: readonly string[];
};

/** Maximum nesting of lists and objects: Python's recursion limit, less what the framework uses of it. */
export const MAX_DEPTH = 960;

/** Digits that Python refuses to turn into an integer. They may also be in a string; the scanner then accepts them. */
const MAYBE_TOO_LONG = /\d{4301}/;
const MAYBE_ODD = /(?:^|[:[,\s])-?(?:0|[1-9]\d*)(?:\.\d|[eE])|\d{16}/;
const INTEGER = /^-?\d+$/;
const NOTHING_ODD = { written: new Map<string, string>(), rounded: [] };

/** `fault` is the text of Python's exception. The scanner runs only if `JSON.parse` may differ from Python. */
export function parsePythonJson(text: string): Parsed | ScanError {
  if (MAYBE_TOO_LONG.test(text) || mayNestTooDeep(text)) {
    const fault = scanPythonJson(text, MAX_DEPTH);
    if (fault) return fault;
  }
  try {
    const value = JSON.parse(text) as Json;
    return { value, ...(MAYBE_ODD.test(text) ? findOdd(text) : NOTHING_ODD) };
  } catch {
    return (
      scanPythonJson(text, MAX_DEPTH) ?? { fault: 'Expecting value: line 1 column 1 (char 0)' }
    );
  }
}

/** Stands in a parsed text for a number that a double does not show as it was written. */
class Odd {
  readonly text: string;
  readonly isRounded: boolean;
  constructor(text: string, isRounded: boolean) {
    this.text = text;
    this.isRounded = isRounded;
  }
}

/** `text` must be valid JSON. */
function findOdd(text: string): Pick<Parsed, 'written' | 'rounded'> {
  const marked: unknown = JSON.parse(text, markOdd);
  if (marked instanceof Odd) return { written: new Map([['', marked.text]]), rounded: [] };
  if (typeof marked !== 'object' || marked === null || Array.isArray(marked)) return NOTHING_ODD;
  const entries = Object.entries(marked);
  return {
    written: new Map(
      entries.flatMap(([name, value]) =>
        value instanceof Odd ? [[name, value.text] as const] : [],
      ),
    ),
    rounded: entries.flatMap(([name, value]) => (holdsRounded(value) ? [name] : [])),
  };
}

function markOdd(
  _name: string,
  value: unknown,
  { source = '' }: { readonly source?: string } = {},
): unknown {
  if (typeof value !== 'number') return value;
  if (!INTEGER.test(source))
    return Number.isInteger(value) || !Number.isFinite(value)
      ? new Odd(floatText(value), false)
      : value;
  if (Number.isSafeInteger(value)) return value;
  const exact = BigInt(source);
  return new Odd(String(exact), !Number.isFinite(value) || exact !== BigInt(value));
}

function holdsRounded(value: unknown): boolean {
  if (value instanceof Odd) return value.isRounded;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsRounded);
}

/** Whether brackets outside strings nest deeper than allowed, in text that may be no JSON. The scanner decides. */
function mayNestTooDeep(text: string): boolean {
  if (text.length <= MAX_DEPTH) return false;
  let open = 0;
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) isString = !isString;
    else if (unit === 0x5c) at++;
    else if (isString) continue;
    else if (unit === 0x5b || unit === 0x7b) open++;
    else if (unit === 0x5d || unit === 0x7d) open--;
    if (open > MAX_DEPTH) return true;
  }
  return false;
}
