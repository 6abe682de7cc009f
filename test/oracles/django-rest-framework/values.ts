/** Values of fields as JSON texts, right and wrong: of every kind that the framework treats in its own way. */
import fc from 'fast-check';

/** Mostly the first, sometimes one of the others. */
export function mostly<T>(usual: fc.Arbitrary<T>, ...others: fc.Arbitrary<T>[]): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: usual, weight: 4 * others.length }, ...others);
}

const spaces = fc.string({
  unit: fc.constantFrom(
    ' ',
    '\t',
    '\n',
    '\u00a0',
    '\u3000',
    '\u001c',
    '\u0085',
    '\ufeff',
    '\u200b',
  ),
  maxLength: 2,
});
const digits = fc.string({
  unit: fc.constantFrom(...'0123456789', ...'٠٣٩', '०', '７', '𝟟', '_', '²', '½'),
  minLength: 1,
  maxLength: 12,
});
const numberText = fc
  .tuple(
    spaces,
    fc.constantFrom('', '+', '-', '--'),
    digits,
    fc.constantFrom('', '.', '.0', '.000', '.5', 'e3', ' .0', '.0 x'),
    spaces,
  )
  .map((parts) => parts.join(''));

/** JSON numbers as text: their form matters. */
const jsonNumber = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('0', '-0', '7.0', '-0.0', '1e3', '1E3', '1e-2', '7.5', '1.10', '1E400', '-1E400'),
  fc.constantFrom('2147483647', '2147483648', '-1', '9007199254740993', '1e15', '1e16', '1e22'),
  fc.constantFrom('123456789012345678901234567890', '0.1', '1e-5', '1e-7', '5e-324', '1e21'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
export const characters = fc.constantFrom(
  ...'abAB01 .-_:/?&=%+#"\'\\<>',
  'é',
  'ß',
  '漢',
  '😀',
  '\u0000',
  '\u0007',
  '\ud800',
  '\udfff',
  '\u2028',
  '\u2029',
  '\u00a0',
  '\u200b',
  '\ufeff',
  '\u0301',
);
export const anyText = fc.oneof(
  fc.string({ unit: characters, maxLength: 12 }),
  spaces,
  fc.string(),
);
export const scalars = fc.oneof(
  jsonNumber,
  fc.constantFrom('true', 'false', 'null', '""', '[]', '{}', '[1]', '{"a":1}', '{"a":[{}]}'),
  anyText.map((text) => JSON.stringify(text)),
);
const metadata = fc
  .dictionary(
    fc.constantFrom('region', 'tier', 'é', '', '__proto__', 'a.b'),
    fc.oneof(scalars, fc.constantFrom('"emea"', '5', '[null,[]]', '{"é":"\\u00e9"}')),
    { maxKeys: 3 },
  )
  .map((entries) => objectText(Object.entries(entries)));

const pad = (n: number, length = 2) => String(n).padStart(length, '0');
const instant = fc
  .record({
    year: fc.constantFrom('2023', '2024', '0001', '9999', '0000', '24', '12023', '٢٠٢٣'),
    month: fc.oneof(
      fc.integer({ min: 0, max: 13 }).map((n) => pad(n)),
      fc.constantFrom('6', '006'),
    ),
    day: fc.oneof(
      fc.integer({ min: 0, max: 32 }).map((n) => pad(n)),
      fc.constantFrom('5', '٥'),
    ),
    separator: fc.constantFrom('T', 'T', 'T', ' ', 't', '', 'x', '  '),
    time: fc.oneof(
      fc
        .tuple(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 60 }))
        .map(([h, m]) => `${pad(h)}:${pad(m)}`),
      fc
        .tuple(
          fc.integer({ min: 0, max: 23 }),
          fc.integer({ min: 0, max: 59 }),
          fc.integer({ min: 0, max: 61 }),
        )
        .map((parts) => parts.map((n) => pad(n)).join(':')),
      fc.constantFrom('4:5', '14', '', '1430', '14:30:00 ', '14:30:1'),
    ),
    fraction: fc.constantFrom('', '', '.5', '.123456', '.123456789', ',25', '.', '.1234567890123'),
    zone: fc.constantFrom(
      'Z',
      'Z',
      '',
      'z',
      '+01',
      '-0130',
      '+05:30',
      '+24:00',
      '-23:59',
      ' Z',
      '+1',
      '+01:60',
      '\n',
    ),
  })
  .map(
    ({ year, month, day, separator, time, fraction, zone }) =>
      `${year}-${month}-${day}${separator}${time}${fraction}${zone}`,
  );
const usualInstant = fc.constantFrom(
  '2023-06-15T14:30:00Z',
  '2023-06-15T14:30:00.25+02:00',
  '2024-02-29T00:00:00Z',
);
export const quoted = (text: fc.Arbitrary<string>) => text.map((each) => JSON.stringify(each));

const booleans = fc.constantFrom('true', 'false');
const looseBooleans = quoted(
  fc.constantFrom(
    'true',
    'True',
    'TRUE',
    'tRUE',
    't',
    'yes',
    'no',
    'on',
    'Off',
    '1',
    '0',
    'y',
    'n',
    ' true',
    'null',
    '',
  ),
);
export const text = (...usual: string[]) =>
  mostly(quoted(fc.constantFrom(...usual)), scalars, quoted(anyText));
export const integer = (...usual: string[]) =>
  mostly(fc.constantFrom(...usual), scalars, jsonNumber, quoted(numberText));
export const boolean = mostly(booleans, looseBooleans, scalars);
export const date = mostly(quoted(usualInstant), quoted(instant), quoted(instant), scalars);
export const dictionary = mostly(metadata, scalars);
/** Mostly what can stand on one side of an address. */
const addressText = fc
  .array(fc.constantFrom(...'abZ09-._+"\\[]: @', 'de', '\u00fc', '\u0131', '\u212a', '\u3002'), {
    maxLength: 7,
  })
  .map((parts) => parts.join(''));
const addresses = [
  'maya@example.com MAYA@Example.COM a+b@c.de a@b @b.c a@ a@b.c a@-b.com a..b@c.de a@b..de a@b_c.de',
  'a@localhost a@LOCALHOST a@[127.0.0.1] a@[127.0.0.01] a@[::1] a@[::1.2.3.4] a@[x] a@[] "ab"@c.de ""@c.de',
  'a@bücher.de a@例え.jp a@b。de mü@c.de \u212a@c.de a@ıc.de ıİſ@c.de a@c.dſ a@xn--4ca.de',
].flatMap((line) => line.split(' '));
const emailText = fc.oneof(
  fc.constantFrom(...addresses, 'a b@c.de', ' a@c.de ', '"a b"@c.de', '"a\\ b"@c.de'),
  fc.tuple(addressText, addressText).map((sides) => sides.join('@')),
  fc.emailAddress(),
);
export const email = mostly(quoted(fc.constant('maya@example.com')), quoted(emailText), scalars);
export const uniqueText = mostly(quoted(fc.uuid()), text('PO-1', 'PO-2'), fc.constant('null'));

export function objectText(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
