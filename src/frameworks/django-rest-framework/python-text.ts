/** Text functions of Python whose results appear in the framework's answers. */
import type { Json } from '../../messages/json.ts';

/** Characters that `str.strip` removes: Unicode white space and U+001C to U+001F, but not the BOM. */
export const SPACE = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const IS_SPACE = new RegExp(SPACE);
const TRAILING_ZEROS = new RegExp(`\\.0*${SPACE}*$`);
/** `int` removes fewer characters than `str.strip`. */
const AROUND = String.raw`[\t-\r\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const INTEGER = new RegExp(`^${AROUND}*[+-]?\\d+(?:_\\d+)*${AROUND}*$`);
const MAX_INTEGER_TEXT = 1000;
// oxlint-disable-next-line no-control-regex -- all that is ASCII
const ASCII = /^[\x00-\x7f]*$/;
const DIGIT = /\p{Nd}/u;
const DIGITS = /\p{Nd}/gu;
/** The one range of decimal digits whose zeros are not at a code point that ends in 0 or 6. */
const MATHEMATICAL = { first: 0x1d7ce, last: 0x1d7ff };
/** Python writes a float with an exponent if its exponent is below -4 or above 15. */
const FIXED = { from: -4, to: 15 };

/** Scans from both ends, because a pattern for trailing space takes quadratic time on inner space. */
export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && IS_SPACE.test(text.charAt(start))) start++;
  while (end > start && IS_SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/**
 * Returns the integer that the framework reads from a text; it accepts signs, spaces, `7.0`, `1_000` and the digits of
 * all scripts. Undefined if the framework reads none. Python's integers have any size; ours are at most the largest
 * double.
 */
export function parseInteger(text: string): number | undefined {
  if (text.length > MAX_INTEGER_TEXT) return undefined;
  return integerOf(text);
}

/** As `parseInteger`, without a limit of length: the framework limits only texts, not numbers. */
export function integerOf(text: string): number | undefined {
  const digits = toAsciiDigits(text.replace(TRAILING_ZEROS, ''));
  if (!INTEGER.test(digits)) return undefined;
  const value = Number(strip(digits).replaceAll('_', ''));
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)) + 0;
}

/** Python reads the decimal digits of all scripts as digits. */
export function toAsciiDigits(text: string): string {
  return ASCII.test(text) ? text : text.replaceAll(DIGITS, (digit) => String(digitValue(digit)));
}

function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  if (code >= MATHEMATICAL.first && code <= MATHEMATICAL.last) {
    return (code - MATHEMATICAL.first) % 10;
  }
  const low = code % 16;
  return DIGIT.test(String.fromCodePoint(code - low)) ? low : low - 6;
}

/** True if the framework refuses the text as too large without parsing it. */
export function isTooLongForInteger(text: string): boolean {
  return text.length > MAX_INTEGER_TEXT;
}

/** Python's `str` of a float. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [, mantissa = '', sign = '', digits = ''] =
    /^(.*)e([+-])(\d+)$/.exec(value.toExponential()) ?? [];
  const exponent = Number(`${sign}${digits}`);
  if (exponent < FIXED.from || exponent > FIXED.to) {
    return `${mantissa}e${sign}${digits.padStart(2, '0')}`;
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}

/** Python's `str` of a decoded number. `written` is its text if its value alone does not tell: see python-json.ts. */
export function numberText(value: number, written?: string): string {
  return written ?? (Number.isInteger(value) ? String(value + 0) : floatText(value));
}

/** Python's `type(value).__name__` for a decoded value. `written`: see `numberText`. */
export function typeName(value: Json, written?: string): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'dict';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  return INTEGER.test(numberText(value, written)) ? 'int' : 'float';
}

/** Python's `urllib.parse.quote_plus`: keeps letters, digits and `_.-~`; writes a space as `+`. */
export function quotePlus(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
