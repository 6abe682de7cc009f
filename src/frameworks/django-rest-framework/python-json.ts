/** JSON as the framework's parser reads it (Python's `json`, strict), with Python's wording where it refuses. */
import type { Json } from '../../messages/json.ts';
import { scanPythonJson, type ScanError } from './python-json-scanner.ts';

export type Parsed = { readonly value: Json } | ScanError;

/** How deep lists and objects may nest. Python gives up at its recursion limit: ledger JSON-DEPTH. */
export const MAX_DEPTH = 500;

/** Numbers that may leave what a double holds; strings that only look so are cleared by the scanner. */
const MAYBE_HUGE_NUMBER = /\d[eE]\+?\d\d|\d{300}/;
const MAYBE_ROUNDED = /\d{16}/;
const INTEGER = /^-?\d+$/;

/** `fault` is the text of Python's exception. The scanner runs only where `JSON.parse` would judge otherwise. */
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
 * The fields of the text's object that hold an integer which a double rounds; Python's integers have any size:
 * ledger NUMBERS. `text` is valid JSON.
 */
export function findRounded(text: string): readonly string[] {
  if (!MAYBE_ROUNDED.test(text)) return [];
  const marked: unknown = JSON.parse(text, markRounded);
  if (typeof marked !== 'object' || marked === null || Array.isArray(marked)) return [];
  return Object.entries(marked).flatMap(([name, value]) => (isMarked(value) ? [name] : []));
}

/** Puts a big integer in the place of one that was rounded: no JSON text gives such a value otherwise. */
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

/** Counts opening brackets, those inside strings included: an upper bound of the depth. */
function mayNestTooDeep(text: string): boolean {
  if (text.length <= MAX_DEPTH) return false;
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5b || unit === 0x7b) open++;
    else if (unit === 0x5d || unit === 0x7d) open--;
    if (open > MAX_DEPTH) return true;
  }
  return false;
}
