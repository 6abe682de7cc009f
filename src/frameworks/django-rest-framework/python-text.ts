/** Text functions of Python whose results appear in the framework's answers. */
import type { Json } from '../../messages/json.ts';

/** Characters that `str.strip` removes: Unicode white space and U+001C to U+001F, but not the BOM. */
const SPACE = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const IS_SPACE = new RegExp(SPACE);
const TRAILING_ZEROS = new RegExp(`\\.0*${SPACE}*$`);
const INTEGER = new RegExp(`^${SPACE}*[+-]?\\d+(?:_\\d+)*${SPACE}*$`);
const MAX_INTEGER_TEXT = 1000;

/** Scans from both ends, because a pattern for trailing space takes quadratic time on inner space. */
export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && IS_SPACE.test(text.charAt(start))) start++;
  while (end > start && IS_SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/**
 * Returns the integer that the framework reads from a text; it accepts signs, spaces, `7.0` and `1_000`. Undefined if
 * the framework reads none. Limits the value to 2^53, because no record has such a number.
 */
export function parseInteger(text: string): number | undefined {
  if (text.length > MAX_INTEGER_TEXT) return undefined;
  const digits = text.replace(TRAILING_ZEROS, '');
  if (!INTEGER.test(digits)) return undefined;
  const value = Number(strip(digits).replaceAll('_', ''));
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value)) + 0;
}

/** True if the framework refuses the text as too large without parsing it. */
export function isTooLongForInteger(text: string): boolean {
  return text.length > MAX_INTEGER_TEXT;
}

/** Python's `str(number)`: like JavaScript's, but exponents have at least two digits. */
export function numberText(value: number): string {
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Python's `type(value).__name__` for a decoded value. */
export function typeName(value: Json): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'dict';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  return Number.isInteger(value) ? 'int' : 'float';
}

/** Python's `urllib.parse.quote_plus`: keeps letters, digits and `_.-~`; writes a space as `+`. */
export function quotePlus(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
