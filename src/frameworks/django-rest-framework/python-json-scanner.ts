/**
 * Scans a text as Python's JSON scanner does and returns the exception that Python would raise. It builds no value
 * and runs only on texts that may be refused: https://docs.python.org/3/library/json.html, `json/decoder.py`.
 */
/** Python's limit for turning digits into an integer. */
const MAX_INTEGER_DIGITS = 4300;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
// oxlint-disable-next-line no-control-regex -- what JSON forbids in a string
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const HEX = /[\da-fA-F]{4}/y;
const ESCAPES = '"\\/bfnrt';
const CONSTANTS = ['NaN', 'Infinity', '-Infinity'];
const WORDS = ['null', 'true', 'false'];

/** Why a text is refused, in Python's words; or that it nests too deep, which no parser of the framework expects. */
export type ScanError = { readonly fault: string; readonly isTooDeep?: true };

class Fault extends Error {}
class TooDeep extends Error {}

/** Returns why Python refuses the text; undefined if the text is valid. */
export function scanPythonJson(text: string, maxDepth: number): ScanError | undefined {
  try {
    if (text.startsWith('\ufeff')) raise(text, 'Unexpected UTF-8 BOM (decode using utf-8-sig)', 0);
    const end = skip(SPACE, text, scanValue(text, skip(SPACE, text, 0), maxDepth));
    if (end !== text.length) raise(text, 'Extra data', end);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof TooDeep) return { fault: thrown.message, isTooDeep: true };
    if (thrown instanceof Fault) return { fault: thrown.message };
    throw thrown;
  }
}

/** Each `scan…` function returns the index after the part that it read. */
function scanValue(text: string, at: number, depth: number): number {
  const char = text[at];
  if (char === '"') return scanString(text, at + 1);
  if (char === '{') return scanObject(text, at + 1, descend(depth));
  if (char === '[') return scanArray(text, at + 1, descend(depth));
  for (const word of WORDS) if (text.startsWith(word, at)) return at + word.length;
  for (const constant of CONSTANTS) if (text.startsWith(constant, at)) throw notCompliant(constant);
  return scanNumber(text, at);
}

function scanObject(text: string, start: number, depth: number): number {
  let at = skip(SPACE, text, start);
  if (text[at] === '}') return at + 1;
  for (;;) {
    if (text[at] !== '"') raise(text, 'Expecting property name enclosed in double quotes', at);
    at = skip(SPACE, text, scanString(text, at + 1));
    if (text[at] !== ':') raise(text, "Expecting ':' delimiter", at);
    at = skip(SPACE, text, scanValue(text, skip(SPACE, text, at + 1), depth));
    if (text[at] === '}') return at + 1;
    if (text[at] !== ',') raise(text, "Expecting ',' delimiter", at);
    at = skip(SPACE, text, at + 1);
  }
}

function scanArray(text: string, start: number, depth: number): number {
  let at = skip(SPACE, text, start);
  if (text[at] === ']') return at + 1;
  for (;;) {
    at = skip(SPACE, text, scanValue(text, at, depth));
    if (text[at] === ']') return at + 1;
    if (text[at] !== ',') raise(text, "Expecting ',' delimiter", at);
    at = skip(SPACE, text, at + 1);
  }
}

/** `start` is the index after the opening quote. */
function scanString(text: string, start: number): number {
  let at = start;
  for (;;) {
    at = skip(PLAIN, text, at);
    if (text[at] === '"') return at + 1;
    if (at < text.length && text[at] !== '\\') raise(text, 'Invalid control character at', at);
    const escape = text[at + 1];
    if (escape === undefined) raise(text, 'Unterminated string starting at', start - 1);
    if (escape === 'u') at = scanUnicodeEscape(text, at);
    else if (ESCAPES.includes(escape)) at += 2;
    else raise(text, String.raw`Invalid \escape`, at);
  }
}

/** Python reads the four digits only if at least one more character follows them. */
function scanUnicodeEscape(text: string, at: number): number {
  if (at + 6 >= text.length || skip(HEX, text, at + 2) === at + 2) {
    raise(text, String.raw`Invalid \uXXXX escape`, at + 1);
  }
  return at + 6;
}

function scanNumber(text: string, at: number): number {
  const end = skip(NUMBER, text, at);
  if (end === at) raise(text, 'Expecting value', at);
  const digits = text.slice(at, end);
  const count = /^-?\d+$/.test(digits) ? digits.replace('-', '').length : 0;
  if (count > MAX_INTEGER_DIGITS) {
    throw new Fault(
      `Exceeds the limit (${MAX_INTEGER_DIGITS} digits) for integer string conversion: value has ${count} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  return end;
}

function descend(depth: number): number {
  if (depth > 0) return depth - 1;
  throw new TooDeep('maximum recursion depth exceeded');
}

/** The framework's strict mode refuses NaN and the infinities, which Python's parser would read. */
function notCompliant(constant: string): Fault {
  return new Fault(`Out of range float values are not JSON compliant: '${constant}'`);
}

/** Returns the index after the match of the sticky `pattern` at `at`; `at` if it does not match. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Python counts columns in code points from 1; JavaScript indexes UTF-16 code units. */
function raise(text: string, message: string, at: number): never {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = codePoints(before.slice(before.lastIndexOf('\n') + 1)) + 1;
  throw new Fault(`${message}: line ${line} column ${column} (char ${codePoints(before)})`);
}

function codePoints(text: string): number {
  let count = text.length;
  for (let at = 1; at < text.length; at++) {
    if (isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))) count--;
  }
  return count;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
