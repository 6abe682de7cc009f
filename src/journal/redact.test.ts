import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from './redact.ts';
import { REDACTED_NAMES } from './secret-names.ts';

const redactor = createRedactor(REDACTED_NAMES);

describe('A name is a secret’s', () => {
  it.each([
    'token',
    'accessToken',
    'ACCESS-TOKEN',
    'api_key',
    'apiKey',
    'API Key',
    'api.key',
    'x-api-key',
    'client_secret',
    'new_password',
    'user[password]',
    '\\u0074oken',
    '%74oken',
    '%0apiKey',
    'to\\nken',
  ])('when it is %s', (name) => {
    expect(redactor.field(name, 'abc')).toBe('[redacted]');
  });

  it.each(['platform_key', 'program_key', 'name', 'key', 'author', 'toString', '__proto__', ''])(
    'not when it is %s',
    (name) => {
      expect(redactor.field(name, 'abc')).toBe('abc');
    },
  );

  it('when it has a part that was configured, and no longer when it has one that was not', () => {
    const own = createRedactor(['external id', '--']);
    expect(own.json({ external_id: 'a', token: 'b' })).toEqual({
      external_id: '[redacted]',
      token: 'b',
    });
  });
});

describe('Headers', () => {
  it.each([
    'Authorization',
    'proxy-authorization',
    'COOKIE',
    'Set-Cookie',
    'X-Api-Key',
    'x_api_key',
  ])('such as %s are secret whatever is configured', (name) => {
    expect(createRedactor([]).header(name, 'abc')).toBe('[redacted]');
  });

  it('with an address in them keep it without its secrets', () => {
    expect(redactor.header('referer', 'http://a.test/x?token=abc&page=2')).toBe(
      'http://a.test/x?token=[redacted]&page=2',
    );
  });

  it.each([
    ['www-authenticate', 'Api-Token'],
    ['access-control-allow-headers', 'authorization, x-api-key'],
    ['content-type', 'application/json; charset=utf-8'],
    ['date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ])('such as %s: %s are shown', (name, value) => {
    expect(redactor.header(name, value)).toBe(value);
  });
});

it.each([
  ['/a?token=abc&page=2', '/a?token=[redacted]&page=2'],
  ['/a?page=2&API%5Fkey=abc', '/a?page=2&API%5Fkey=[redacted]'],
  ['/a?user[password]=a=b', '/a?user[password]=[redacted]'],
  ['/a?next=%2Fb%3Ftoken%3Dabc', '/a?next=[redacted]'],
  ['/a?x=%7B%22secret%22:%22abc%22%7D', '/a?x=[redacted]'],
  ['/a?x=1;token=abc', '/a?x=[redacted]'],
  ['/a;token=abc', '/a;token=[redacted]'],
  ['http://me:abc@a.test/b', 'http://[redacted]@a.test/b'],
  ['/a?token', '/a?token'],
  ['/a?token=', '/a?token='],
  ['/a?name=%E0%A4%A', '/a?name=%E0%A4%A'],
  ['/a?name=Bar+Exam&sort=-name', '/a?name=Bar+Exam&sort=-name'],
])('The URL %s is shown as %s', (url, shown) => {
  expect(redactor.url(url)).toBe(shown);
});

describe('JSON', () => {
  it('loses secrets at any depth, whatever holds them', () => {
    const body = {
      name: 'Spring',
      list: [{ token: { value: 'abc' } }, { password: 12345 }, { secrets: ['abc'] }],
    };
    expect(redactor.json(body)).toEqual({
      name: 'Spring',
      list: [{ token: '[redacted]' }, { password: '[redacted]' }, { secrets: '[redacted]' }],
    });
  });

  it('keeps null and booleans, which tell nothing', () => {
    const body = { askLearnerPassword: false, secretKey: null };
    expect(redactor.json(body)).toEqual(body);
  });

  it('loses secrets inside its texts', () => {
    expect(
      redactor.json({ next: 'http://a.test/?token=abc&page=2', note: '{"token":"abc"}' }),
    ).toEqual({ next: 'http://a.test/?token=[redacted]&page=2', note: '{"token":"[redacted]"}' });
  });

  it('keeps a field called __proto__ a field', () => {
    const shown = redactor.json(JSON.parse('{"__proto__":{"token":"abc","a":1}}'));
    expect(JSON.stringify(shown)).toBe('{"__proto__":{"token":"[redacted]","a":1}}');
  });

  it('is shown down to a hundred levels', () => {
    const deep: unknown = JSON.parse('['.repeat(30_000) + ']'.repeat(30_000));
    expect(JSON.stringify(redactor.json(deep))).toContain('nested more deeply than 100 levels');
  });
});

it.each([
  ['{"token": "abc", "name": "a"', '{"token": "[redacted]", "name": "a"'],
  ['{"token": "abc', '{"token": "[redacted]'],
  ['{"token": "a\\"bc", "x": 1,', '{"token": "[redacted]", "x": 1,'],
  ['{"token": "ab"c", "x": 1}', '{"token": "[redacted], "x": 1}'],
  ['{"token": {"a": "}", "b": ["abc"]}, "x": 1,', '{"token": [redacted]'],
  ['{"token": ["abc', '{"token": [redacted]'],
  ['{"tok\\u0065n": "abc"', '{"tok\\u0065n": "[redacted]"'],
  ["{'token': 'abc', 'x': 1}", "{'token': '[redacted]', 'x': 1}"],
  ['{"a:token": "abc",', '{"[redacted]",'],
  ['{"token=abc": "x",', '{"[redacted]'],
  ['{"x": "token=", "password": "abc"', '{"x": "token="[redacted] "[redacted]"'],
  ['"{\\"token\\":\\"abc\\"}"', '"{\\"token\\":[redacted]'],
  ['Api-Token: abc def\nName: a', 'Api-Token: [redacted]\nName: a'],
  ['token=abc&name=a', 'token=[redacted]&name=a'],
  ['<L><Token>abc</Token><Name>a</Name></L>', '<L><Token>[redacted]</Token><Name>a</Name></L>'],
  ['<x:Token y="1"><![CDATA[abc]]></x:Token>', '<x:Token y="1">[redacted]</x:Token>'],
  ['<Token>abc', '<Token>[redacted]'],
  ['<Token/><Name>a</Name>', '<Token/><Name>a</Name>'],
  ['<L token="abc" name="a"/>', '<L token="[redacted]" name="a"/>'],
  ['<Name>Tokens</Name>', '<Name>Tokens</Name>'],
  ['no secret here: 10:30', 'no secret here: 10:30'],
  ['it\'s a "quote', 'it\'s a "quote'],
])('The text %s is shown as %s', (text, shown) => {
  expect(redactor.text(text)).toBe(shown);
});

describe('A secret never leaves', () => {
  const SECRET = 'S3cr3tV4lue';
  const name = fc
    .tuple(
      fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('"', "'", ':', '\\', '=')),
      fc.constantFrom('token', 'apiKey', 'api_key', 'PASSWORD', 'secret', 'x-api-key'),
      fc.string({ maxLength: 5 }),
    )
    .map((parts) => parts.join(''));
  const value = fc.oneof(
    fc.constant(SECRET),
    fc.string({ maxLength: 8 }).map((text) => `${text}${SECRET}`),
    fc.constant([SECRET, { deep: SECRET }]),
    fc.constant({ deep: [SECRET] }),
  );
  /** Texts that look as if they held a secret, or its end. */
  const confusing = fc
    .array(
      fc.constantFrom(...'token|=|"|\'|:|{|}|[|]|<|>|</|\\|,|&|;|a| |\n|//|@|<token>'.split('|')),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(''));
  const around = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    confusing,
    fc.dictionary(confusing, confusing),
  );
  const body = fc
    .tuple(around, name, value, around)
    .map(([before, key, secret, after]) => ({ before, inner: [{ [key]: secret }], after }));

  it('in JSON', () => {
    fc.assert(
      fc.property(body, (json) => {
        expect(JSON.stringify(redactor.json(json))).not.toContain(SECRET);
      }),
    );
  });

  it('in JSON that was cut anywhere, and so is text', () => {
    fc.assert(
      fc.property(
        body,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (json, at, wide) => {
          const text = JSON.stringify(json, null, wide ? 2 : 0);
          expect(redactor.text(text.slice(0, Math.ceil(at * text.length)))).not.toContain(SECRET);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('in forms and queries', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(confusing, confusing)), name, (fields, key) => {
        const form = new URLSearchParams([...fields, [key, SECRET], ...fields]).toString();
        expect(redactor.form(form)).not.toContain(SECRET);
        expect(redactor.url(`/a?${form}`)).not.toContain(SECRET);
      }),
    );
  });

  it('in XML', () => {
    const tag = fc.constantFrom('Token', 'ApiKey', 'x:password', 'client.secret');
    fc.assert(
      fc.property(confusing, tag, fc.nat(80), (text, element, end) => {
        const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
        const xml = `<L><N>${escaped}</N><${element}><V>${SECRET}</V></${element}></L>`;
        expect(redactor.text(xml)).not.toContain(SECRET);
        expect(redactor.text(xml.slice(0, -end))).not.toContain(SECRET);
      }),
    );
  });
});

it.each([
  '"',
  "\\'",
  'token={',
  'token="',
  "token='\\",
  'token=',
  '<token>',
  '"token":',
  '//',
  'a ',
  '<a',
  '[',
  "'\\",
])('A text of 64 KB of %s takes no noticeable time', (part) => {
  const startedMs = performance.now();
  redactor.text(part.repeat(65_536 / part.length));
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});
