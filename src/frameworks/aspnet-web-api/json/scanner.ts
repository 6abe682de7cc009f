/**
 * Scans JSON as Json.NET's JsonTextReader does: it accepts comments, single quotes, unquoted names and numbers in
 * base 16 and 8. Row JSON-LENIENCY.
 */

/** Thrown if the reader cannot continue. */
export class JsonFault extends Error {
  readonly position: number;
  /** True if the text ends between two tokens. */
  readonly isEnd: boolean;

  constructor(message: string, position: number, isEnd: boolean) {
    super(message);
    this.position = position;
    this.isEnd = isEnd;
  }
}

const QUOTE = 34;
const APOSTROPHE = 39;
const BACKSLASH = 92;
const SLASH = 47;
const STAR = 42;
const SPACE = /[\t-\r\u0085\p{Z}]/u;
const NAME_CHARACTER = /[\p{L}\p{N}_$]/u;
const NUMBER_CHARACTER = /[-+.xX0-9a-fA-F]/;
/** Characters that may follow a number, a name or a keyword. */
const SEPARATOR = /[\s,}\])/:]/;
const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '\\': '\\',
  '"': '"',
  "'": "'",
  '/': '/',
};

/** Calls `onLenient` for everything that standard JSON does not allow. */
export function createScanner(text: string, onLenient: (what: string) => void) {
  let at = 0;

  /** Throws a `JsonFault` at the current position. */
  function fail(message: string, isInToken = false): never {
    throw new JsonFault(message, at, at >= text.length && !isInToken);
  }

  function skipComment(): void {
    onLenient('a comment');
    const isBlock = text.charCodeAt(at + 1) === STAR;
    if (!isBlock && text.charCodeAt(at + 1) !== SLASH) fail('A comment begins with // or /*.');
    const end = isBlock ? text.indexOf('*/', at + 2) : indexOfLineEnd(text, at);
    if (end < 0) fail('A comment has no end.');
    at = isBlock ? end + 2 : end;
  }

  function skipSpace(): void {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === SLASH) skipComment();
      // Json.NET skips NUL like white space.
      else if (code === 32 || code === 0 || (code >= 9 && code <= 13)) at += 1;
      else if (code > 126 && SPACE.test(text.charAt(at))) at += 1;
      else return;
    }
  }

  function readEscape(): string {
    const letter = text.charAt(at + 1);
    if (letter === 'u') {
      const digits = text.slice(at + 2, at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) fail(`\\u${digits} is no character.`);
      at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const escaped = ESCAPES[letter];
    if (escaped === undefined) fail(`\\${letter} is no escape.`);
    at += 2;
    return escaped;
  }

  /** Call it at a quote. A lone surrogate becomes U+FFFD. */
  function readString(): string {
    const quote = text.charCodeAt(at);
    if (quote === APOSTROPHE) onLenient('a string in single quotes');
    at += 1;
    let start = at;
    let read = '';
    for (; at < text.length;) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        read += text.slice(start, at);
        at += 1;
        return read.isWellFormed() ? read : read.toWellFormed();
      }
      if (code === BACKSLASH) {
        read += text.slice(start, at) + readEscape();
        start = at;
      } else {
        at += 1;
      }
    }
    return fail('A string has no end.', true);
  }

  function readUnquotedName(): string {
    const start = at;
    while (at < text.length && NAME_CHARACTER.test(text.charAt(at))) at += 1;
    const follows = text.charAt(at);
    if (at === start || !/[\s:]/.test(follows)) {
      fail(follows === '' ? 'A property name has no end.' : `${follows} is in no property name.`);
    }
    onLenient('a property name without quotes');
    return text.slice(start, at);
  }

  return {
    skipSpace,
    readString,
    fail,
    /** Returns the next character; empty at the end. */
    peek: () => text.charAt(at),
    isAtEnd: () => at >= text.length,
    isAtString: () => text.charCodeAt(at) === QUOTE || text.charCodeAt(at) === APOSTROPHE,
    position: () => at,
    /** Skips `character` if it is next, and returns whether it was. */
    take(character: string): boolean {
      if (text.charAt(at) !== character) return false;
      at += 1;
      return true;
    },
    /** Reads a property name and its colon. Json.NET allows no comment between the two. */
    readName(): string {
      const name =
        text.charCodeAt(at) === QUOTE || text.charCodeAt(at) === APOSTROPHE
          ? readString()
          : readUnquotedName();
      while (at < text.length && SPACE.test(text.charAt(at))) at += 1;
      if (text.charAt(at) !== ':') fail(`A colon is missing behind the name ${name.slice(0, 40)}.`);
      at += 1;
      return name;
    },
    /** Reads the characters of a number without checking that they form one; empty if none is next. */
    readNumber(): string {
      if (!/[-.0-9]/.test(text.charAt(at))) return '';
      const start = at;
      while (at < text.length && NUMBER_CHARACTER.test(text.charAt(at))) at += 1;
      if (at < text.length && !SEPARATOR.test(text.charAt(at))) {
        fail(`${text.charAt(at)} is in no number.`);
      }
      return text.slice(start, at);
    },
    /** Reads `undefined`, `NaN` or `Infinity`. Returns undefined if none of them is next. */
    readWord(): string | undefined {
      const word = WORDS.find((each) => text.startsWith(each, at));
      if (word !== undefined) at += word.length;
      return word;
    },
    /** Reads `true`, `false` or `null`. Returns undefined if none of them is next. */
    readKeyword(): boolean | null | undefined {
      for (const [word, value] of KEYWORDS) {
        if (!text.startsWith(word, at)) continue;
        const follows = text.charAt(at + word.length);
        if (follows !== '' && !SEPARATOR.test(follows)) fail(`${word}${follows} is no value.`);
        at += word.length;
        return value;
      }
      return undefined;
    },
  };
}

const WORDS = ['undefined', 'NaN', 'Infinity'];
const KEYWORDS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

function indexOfLineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return text.length;
}

/** Converts an integer literal in base 10, 16 or 8 to decimal digits; undefined if it is not an integer. */
export function readIntegerLiteral(literal: string): string | undefined {
  if (/^-?(?:0|[1-9]\d*)$/.test(literal)) return literal === '-0' ? '0' : literal;
  // Beyond 64 bits Json.NET reads only base 10.
  if (literal.length > 18) return undefined;
  if (/^-0\d+$/.test(literal)) return String(BigInt(literal));
  if (/^0[xX][0-9a-fA-F]+$/.test(literal)) return String(BigInt.asIntN(64, BigInt(literal)));
  if (/^0[0-7]+$/.test(literal)) return String(BigInt(`0o${literal}`));
  return undefined;
}

/** Converts a literal to a double; undefined if it is not a number or is too large. */
export function readFloatLiteral(literal: string): number | undefined {
  if (!/^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(literal) || /^0\d/.test(literal)) {
    return undefined;
  }
  const value = Number(literal);
  return Number.isFinite(value) ? value : undefined;
}
