import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, parsePythonJson } from './python-json.ts';

/** Exceptions recorded from CPython 3.11's `json.loads(text, parse_constant=…)`. */
const raised: readonly (readonly [text: string, exception: string])[] = [
  ['', 'Expecting value: line 1 column 1 (char 0)'],
  ['  ', 'Expecting value: line 1 column 3 (char 2)'],
  ['{bad', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['{', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['[', 'Expecting value: line 1 column 2 (char 1)'],
  ['{"a"', "Expecting ':' delimiter: line 1 column 5 (char 4)"],
  ['{"a":', 'Expecting value: line 1 column 6 (char 5)'],
  ['{"a": }', 'Expecting value: line 1 column 7 (char 6)'],
  ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
  ['{"a":1', "Expecting ',' delimiter: line 1 column 7 (char 6)"],
  ['{"a":1,', 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
  ['{"a":1,}', 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
  ['{"a":1 "b":2}', "Expecting ',' delimiter: line 1 column 8 (char 7)"],
  ["{'a': 1}", 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['{a: 1}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['{1: 2}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['{,}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
  ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
  ['[,]', 'Expecting value: line 1 column 2 (char 1)'],
  ['[1,,2]', 'Expecting value: line 1 column 4 (char 3)'],
  [']', 'Expecting value: line 1 column 1 (char 0)'],
  ['}', 'Expecting value: line 1 column 1 (char 0)'],
  ['"abc', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"a\\', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"\\x"', 'Invalid \\escape: line 1 column 2 (char 1)'],
  ['"\\u12"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['"\\u12g4"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['"\\u123', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['"\\ud83d\\u12"', 'Invalid \\uXXXX escape: line 1 column 9 (char 8)'],
  ['"a\nb"', 'Invalid control character at: line 1 column 3 (char 2)'],
  ['"a\tb"', 'Invalid control character at: line 1 column 3 (char 2)'],
  ['"\u0000"', 'Invalid control character at: line 1 column 2 (char 1)'],
  ['nul', 'Expecting value: line 1 column 1 (char 0)'],
  ['True', 'Expecting value: line 1 column 1 (char 0)'],
  ['None', 'Expecting value: line 1 column 1 (char 0)'],
  ['undefined', 'Expecting value: line 1 column 1 (char 0)'],
  ['NaN', "Out of range float values are not JSON compliant: 'NaN'"],
  ['[Infinity]', "Out of range float values are not JSON compliant: 'Infinity'"],
  ['{"a": -Infinity}', "Out of range float values are not JSON compliant: '-Infinity'"],
  ['-', 'Expecting value: line 1 column 1 (char 0)'],
  ['-a', 'Expecting value: line 1 column 1 (char 0)'],
  ['+1', 'Expecting value: line 1 column 1 (char 0)'],
  ['.5', 'Expecting value: line 1 column 1 (char 0)'],
  ['1.', 'Extra data: line 1 column 2 (char 1)'],
  ['1.e5', 'Extra data: line 1 column 2 (char 1)'],
  ['1e', 'Extra data: line 1 column 2 (char 1)'],
  ['01', 'Extra data: line 1 column 2 (char 1)'],
  ['-01', 'Extra data: line 1 column 3 (char 2)'],
  ['1 2', 'Extra data: line 1 column 3 (char 2)'],
  ['{} []', 'Extra data: line 1 column 4 (char 3)'],
  ['{}\n{}', 'Extra data: line 2 column 1 (char 3)'],
  ['\ufeff{}', 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'],
  ['"\ud83d\ude00" x', 'Extra data: line 1 column 5 (char 4)'],
  ['{"\ud83d\ude00": 1,\n "\u00e9" 2}', "Expecting ':' delimiter: line 2 column 6 (char 14)"],
  ['{\r\n\t"a": 1,\r\n\t"b"\r\n}', "Expecting ':' delimiter: line 4 column 1 (char 19)"],
  ['/* c */ {}', 'Expecting value: line 1 column 1 (char 0)'],
  [
    '{"a": 1, // c\n}',
    'Expecting property name enclosed in double quotes: line 1 column 10 (char 9)',
  ],
  ['`a`', 'Expecting value: line 1 column 1 (char 0)'],
  [
    '1'.repeat(4301),
    'Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit',
  ],
  [
    `-${'1'.repeat(4301)}`,
    'Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit',
  ],
];

describe('what Python refuses', () => {
  it.each(raised)('%j is refused in its words', (text, exception) => {
    expect(parsePythonJson(text)).toEqual({ fault: exception });
  });
});

describe('what Python takes', () => {
  it.each([
    ['{}', {}],
    [' \n[1, -0.5, 1e3, "a", true, false, null]\r\t', [1, -0.5, 1000, 'a', true, false, null]],
    ['{"a": 1, "a": 2}', { a: 2 }],
    [String.raw`"\ud800 \u00e9 \/"`, '\ud800 é /'],
    ['"\u007f\u2028"', '\u007f\u2028'],
    [`"${'1e999 '.repeat(9)}"`, '1e999 '.repeat(9)],
  ])('%j is read', (text, value) => {
    expect(parsePythonJson(text)).toMatchObject({ value });
  });

  it('keeps __proto__ as a plain key', () => {
    const parsed = parsePythonJson('{"__proto__": {"polluted": true}}');
    const value = 'value' in parsed ? parsed.value : undefined;
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is all that JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(parsePythonJson(JSON.stringify(value))).toMatchObject({
          value: JSON.parse(JSON.stringify(value)),
        });
      }),
    );
  });
});

it('refuses whatever JSON.parse refuses, and never fails', () => {
  const piece = fc.constantFrom(...'{}[]:,"\\ \nu1e-.', 'true', 'NaN', 'é', '\ud800');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const isJson = (() => {
        try {
          JSON.parse(text);
          return true;
        } catch {
          return false;
        }
      })();
      expect('value' in parsePythonJson(text)).toBe(isJson);
    }),
    { numRuns: 2000 },
  );
});

describe('numbers whose value does not tell what Python reads', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['7.0', { '': '7.0' }, []],
    ['1e400', { '': 'inf' }, []],
    ['[7.0]', {}, []],
    ['{"a": 1e3, "b": -1E400, "c": 7, "d": [1e3]}', { a: '1000.0', b: '-inf' }, []],
    ['{"a": 9007199254740993, "b": 2.5, "c": 1e16}', { a: '9007199254740993', c: '1e+16' }, ['a']],
    ['{"a": [{"b": 9007199254740993}], "c": [9007199254740992]}', {}, ['a']],
    [`{"a": ${'9'.repeat(400)}}`, { a: '9'.repeat(400) }, ['a']],
  ])('%s', (text, written, rounded) => {
    expect(parsePythonJson(text)).toMatchObject({
      written: new Map(Object.entries(written)),
      rounded,
    });
  });
});

describe('depth', () => {
  const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  it('is read up to the limit', () => {
    expect(parsePythonJson(lists(MAX_DEPTH))).toHaveProperty('value');
    expect(parsePythonJson(`"${'['.repeat(MAX_DEPTH * 2)}"`)).toHaveProperty('value');
  });
  it.each([
    ['lists behind a text of brackets', `["${']'.repeat(2000)}",${lists(MAX_DEPTH)}]`],
    ['lists', lists(MAX_DEPTH + 1)],
    ['lists without end', '['.repeat(1_000_000)],
    ['objects', `${'{"a":'.repeat(MAX_DEPTH + 1)}1${'}'.repeat(MAX_DEPTH + 1)}`],
  ])('of %s is bounded', (_, text) => {
    expect(parsePythonJson(text)).toMatchObject({ isTooDeep: true });
  });
});
