/** Parses JSON as the framework's parser does (Python's `json`, strict), with the texts of Python's exceptions. */
import type { Json } from '../../messages/json.ts';
import { scanPythonJson, type ScanError } from './python-json-scanner.ts';

export type Parsed = { readonly value: Json } | ScanError;

/** Maximum nesting of lists and objects; stands for Python's recursion limit: ledger row JSON-DEPTH. */
export const MAX_DEPTH = 500;

/** Matches numbers that may exceed a double. It also matches such digits in strings; the scanner then accepts them. */
const MAYBE_HUGE_NUMBER = /\d[eE]\+?\d\d|\d{300}/;
const MAYBE_ROUNDED = /\d{16}/;
const INTEGER = /^-?\d+$/;

/** `fault` is the text of Python's exception. The scanner runs only if `JSON.parse` may differ from Python. */
export function parsePythonJson(text: string): Parsed {
  if (MAYBE_HUGE_NUMBER.test(text) || mayNestTooDeep(text)) {
    const fault = scanPythonJson(text, MAX_DEPTH);
    if (fault) return fault;
  }
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return (
      scanPythonJson(text, MAX_DEPTH) ?? { fault: 'Expecting value: line 1 column 1 (char 0)' }
    );
  }
}

/**
 * Returns the fields of the object that hold an integer which a double rounds. Python's integers have any size:
 * ledger row NUMBERS. `text` must be valid JSON.
 */
export function findRounded(text: string): readonly string[] {
  if (!MAYBE_ROUNDED.test(text)) return [];
  const marked: unknown = JSON.parse(text, markRounded);
  if (typeof marked !== 'object' || marked === null || Array.isArray(marked)) return [];
  return Object.entries(marked).flatMap(([name, value]) => (isMarked(value) ? [name] : []));
}

/** Replaces a rounded integer with a BigInt, which no JSON text can give, to mark it. */
function markRounded(
  _name: string,
  value: unknown,
  { source = '' }: { readonly source?: string } = {},
): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !INTEGER.test(source)) {
    return value;
  }
  const exact = BigInt(source);
  return exact === BigInt(value) ? value : exact;
}

function isMarked(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(isMarked);
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
