/** Bodies: JSON, forms, and what is neither. */
import fc from 'fast-check';
import { inParts } from './parts.ts';
import {
  boolean,
  characters,
  date,
  dictionary,
  email,
  integer,
  mostly,
  objectText,
  quoted,
  scalars,
  text,
  uniqueText,
} from './values.ts';

/** Each field with its values as JSON texts. The docs say which an operation has; it ignores the others. */
const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
  platform_key: mostly(quoted(fc.constantFrom('acme', 'beta')), text('acme', 'beta', 'nobody')),
  platform_org: text('acme', 'beta'),
  // The mock does not keep all digits of an unknown id, which the refusal shows.
  platform_id: integer('1', '2').filter((json) => !/\d{16}/.test(json)),
  program_key: mostly(quoted(fc.constantFrom('p1', 'p2')), text('p1', 'p2', 'p3')),
  course_id: mostly(quoted(fc.constantFrom('p1', 'p2')), text('p1', 'p2', 'p3')),
  name: text('Spring', 'Autumn'),
  count: integer('10', '0'),
  started: date,
  expired: date,
  active: boolean,
  metadata: dictionary,
  enrollment_config: dictionary,
  source: text('api', 'crm'),
  transaction_id: text('t1'),
  change_type: text('upgrade'),
  user_id: integer('1', '2'),
  group_id: integer('1', '2'),
  username: text('maya'),
  email,
  redirect_to: text('https://example.com/'),
  fulfilled: boolean,
  direct: boolean,
};
const identifiers = {
  create: { external_id: uniqueText },
  update: { license_id: integer('1', '2', '3', '99'), external_id: text('PO-1', 'PO-2', 'nobody') },
  // No license has such a number: the app has no seats.
  assign: {
    license_id: mostly(
      fc.constant('777777'),
      fc.constantFrom('"777777.0"', '"７77777"', '7.5', '"x"', 'true', 'null', '1E400', '[]', '""'),
    ),
  },
};
/** Fields that most requests have. */
const needed: Readonly<Record<Writing, readonly string[]>> = {
  create: ['platform_key', 'program_key', 'course_id', 'name', 'count', 'started'],
  update: ['license_id'],
  assign: ['license_id', 'group_id', 'email'],
};

export type Writing = 'create' | 'update' | 'assign';

const unknownField = fc.record({
  name: fc.constantFrom('colour', 'program_id', 'usage_count', 'id', '', 'Name', '__proto__'),
  value: scalars,
});

type Entries = (readonly [string, string])[];

function entriesOf(kind: Writing): fc.Arbitrary<Entries> {
  const optional = Object.entries({ ...values, ...identifiers[kind] }).map(([name, value]) => {
    const isNeeded = needed[kind].includes(name);
    return fc
      .tuple(fc.integer({ min: 0, max: 15 }), value)
      .map(([dice, json]): Entries => (dice < (isNeeded ? 15 : 3) ? [[name, json]] : []));
  });
  const more = fc
    .option(unknownField, { freq: 5 })
    .map((found): Entries => (found ? [[found.name, found.value]] : []));
  return fc.tuple(...optional, more).chain((all) => {
    const flat = all.flat();
    return mostly(fc.constant(flat), fc.shuffledSubarray(flat, { minLength: flat.length }));
  });
}

const brokenJson = (kind: Writing) =>
  fc.tuple(entriesOf(kind), fc.nat(), characters).map(([entries, at, character]) => {
    const whole = objectText(entries);
    const place = at % (whole.length + 1);
    return at % 3 === 0
      ? whole.slice(0, place)
      : `${whole.slice(0, place)}${character}${whole.slice(place + (at % 2))}`;
  });
const oddJson = fc.oneof(
  scalars,
  fc.constantFrom(
    '',
    ' ',
    'NaN',
    '[NaN]',
    '{"a":Infinity}',
    '-Infinity',
    '{"a":-NaN}',
    '{,}',
    "{'a':1}",
    '[1,]',
  ),
  fc.constantFrom(
    '\ufeff{}',
    '{"a":1}{',
    '{"a" 1}',
    '01',
    '+1',
    '1.',
    '.5',
    '1e',
    'tru',
    'nul',
    '"a',
    '"\\x"',
    '"\\u12"',
    '"\\ud800"',
  ),
  fc.constantFrom(
    '{"count":1,"count":2,"name":"a"}',
    '/* */{}',
    '{"a":1}//',
    '\u00a0{}',
    '\n\n [',
    '{"name":"a\tb"}',
  ),
  fc.integer({ min: 1, max: 60 }).map((n) => '['.repeat(n) + ']'.repeat(n)),
  fc.integer({ min: 4290, max: 4310 }).map((n) => `{"count":${'9'.repeat(n)}}`),
);

const CHARSETS = ['utf-8', 'UTF8', 'latin-1', 'ISO-8859-1', 'us-ascii', 'nope', '"utf-8"', ''];
const jsonType = mostly(
  fc.constant('application/json'),
  fc.constantFrom(...CHARSETS).map((charset) => `application/json; charset=${charset}`),
  fc.constantFrom(
    'Application/JSON',
    'application/json;',
    'application/json;x',
    ' application/json ; a=b',
  ),
);
const formType = mostly(
  fc.constant('application/x-www-form-urlencoded'),
  fc.constantFrom(...CHARSETS).map((set) => `application/x-www-form-urlencoded; charset=${set}`),
);
const otherType = fc.constantFrom(
  'text/plain',
  'application/xml',
  'application/vnd.api+json',
  'application/*',
  '*/*',
  'json',
  '/',
  ';',
  'text/plain; charset=utf-8',
);

/** Bytes that are no UTF-8 in the middle of a text. */
const bytes = (source: fc.Arbitrary<string>) =>
  mostly(
    source.map((each) => Buffer.from(each)),
    source.map((each) => Buffer.from(each, 'latin1')),
    fc
      .tuple(source, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 3 }))
      .map(([each, at, inserted]) => {
        const whole = Buffer.from(each);
        const place = at % (whole.length + 1);
        return Buffer.concat([whole.subarray(0, place), inserted, whole.subarray(place)]);
      }),
  );

/** Some with a byte order mark, some cut off, some with half of a surrogate pair. */
const utf16 = (kind: Writing): fc.Arbitrary<Content> =>
  fc.record({
    type: fc
      .constantFrom('utf-16', 'UTF16', 'utf-16-le', 'UTF-16LE', 'utf_16_be')
      .map((charset) => `application/json; charset=${charset}`),
    body: fc
      .tuple(
        entriesOf(kind).map(objectText),
        mostly(fc.constantFrom('', '\ufeff'), fc.constantFrom('\ufffe', '\ud800', '\udc00')),
        mostly(fc.constant(''), fc.constantFrom('\ud800', '\udc00', '\ufeff')),
        fc.boolean(),
        mostly(fc.constant(0), fc.constantFrom(1, 2, 3)),
      )
      .map(([json, start, end, isBig, cut]) => {
        const units = Buffer.from(start + json + end, 'utf16le');
        return (isBig ? units.swap16() : units).subarray(0, Math.max(0, units.length - cut));
      }),
  });

/** A form's value is the JSON value's text. */
function formText(json: string): string {
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}
const form = (kind: Writing) =>
  fc
    .tuple(
      entriesOf(kind),
      fc.subarray([
        'metadata.region=emea',
        'active=',
        'expired=',
        'name=a&name=b',
        '=',
        '&&',
        'count=%zz',
        'x=%E9',
        'name=%ff',
      ]),
    )
    .map(([entries, more]) => {
      const fields = entries.map(([name, value]) => `${escape(name)}=${escape(formText(value))}`);
      return [...fields, ...more].join('&');
    });

export function escape(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll('%20', '+');
}

export type Content = { readonly type: string | undefined; readonly body: Buffer };

export const contentOf = (kind: Writing): fc.Arbitrary<Content> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({ type: jsonType, body: bytes(entriesOf(kind).map(objectText)) }),
    },
    { weight: 3, arbitrary: fc.record({ type: formType, body: bytes(form(kind)) }) },
    { weight: 1, arbitrary: utf16(kind) },
    {
      weight: 2,
      arbitrary: inParts(
        entriesOf(kind).map((all) => all.map(([name, json]) => [name, formText(json)] as const)),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.record({ type: jsonType, body: bytes(fc.oneof(brokenJson(kind), oddJson)) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.option(fc.oneof(otherType, jsonType, formType), { nil: undefined }),
        body: fc.oneof(fc.constant(Buffer.alloc(0)), bytes(entriesOf(kind).map(objectText))),
      }),
    },
  );
