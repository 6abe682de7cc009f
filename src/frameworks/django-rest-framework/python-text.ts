/** Small things of Python that show in the framework's answers. */
import type { Json } from '../../messages/json.ts';

/** What `str.strip` takes off: Unicode's white space and the four separators below space, not the BOM. */
const SPACE = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const IS_SPACE = new RegExp(SPACE);
const TRAILING_ZEROS = new RegExp(`\\.0*${SPACE}*$`);
const INTEGER = new RegExp(`^${SPACE}*[+-]?\\d+(?:_\\d+)*${SPACE}*$`);
const MAX_INTEGER_TEXT = 1000;

/** From the ends inwards: a pattern for "space before the end" takes quadratic time on space inside. */
export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && IS_SPACE.test(text.charAt(start))) start++;
  while (end > start && IS_SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/**
 * The integer that the framework reads in a text: signs, spaces, `7.0` and `1_000` are fine. Undefined where
 * it reads none. Past 2^53 it is cut there: no record has such a number.
 */
export function parseInteger(text: string): number | undefined {
  if (text.length > MAX_INTEGER_TEXT) return undefined;
  const digits = text.replace(TRAILING_ZEROS, '');
  if (!INTEGER.test(digits)) return undefined;
  const value = Number(strip(digits).replaceAll('_', ''));
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value)) + 0;
}

/** True where the framework does not look at the text at all, but calls it too large. */
export function isTooLongForInteger(text: string): boolean {
  return text.length > MAX_INTEGER_TEXT;
}

/** `str(number)`: as JavaScript writes it, but exponents have two digits. */
export function numberText(value: number): string {
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** What `type(value).__name__` is for a decoded value. */
export function typeName(value: Json): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'dict';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  return Number.isInteger(value) ? 'int' : 'float';
}

/** `urllib.parse.quote_plus`: letters, digits and `_.-~` stay, a space is a plus. */
export function quotePlus(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
