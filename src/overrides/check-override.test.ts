import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MockError } from '../errors.ts';
import { unescapePointer } from '../schema/json-schema.ts';
import { checkOverride } from './check-override.ts';

const known = [
  { name: 'ibl', operations: ['listProgramLicenses', 'createProgramLicense'] },
  { name: 'thought-industries', operations: ['createLicenses'] },
  { name: 'alice', operations: ['createLicense'] },
];

/** Undefined: it was taken, as it is. */
function refusalOf(value: unknown): MockError | undefined {
  try {
    expect(checkOverride(value, known)).toBe(value);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof MockError) return thrown;
    throw thrown;
  }
}

function isThere(value: unknown, pointer = ''): boolean {
  let at = value;
  for (const segment of pointer.split('/').slice(1)) {
    const name = unescapePointer(decodeURIComponent(segment));
    const key = Object.keys(Object(at)).find((each) => each.toWellFormed() === name);
    if (key === undefined) return false;
    at = Reflect.get(Object(at), key);
  }
  return pointer.startsWith('#');
}

const effect = { reply: { error: 'not-found' } };

describe('takes', () => {
  it.each([
    { effect },
    { vendor: 'ibl', operation: 'listProgramLicenses', effect },
    { operation: 'createLicenses', atMost: 1, probability: 0, effect },
    { when: {}, effect },
    {
      when: {
        call: 3,
        method: 'POST',
        path: '/api/catalog/licenses/program/',
        headers: { 'X-Tenant': '/^a/i' },
        query: { page: '2' },
        body: { external_id: null },
      },
      effect,
    },
    { when: { method: '/^(?:GET|POST)$/', path: '/create\\/$/' }, effect },
    { effect: { reply: { status: 204, headers: { 'X-A': 'ü' } } } },
    { effect: { reply: { status: 200, body: null } } },
    { effect: { patch: null } },
    { effect: { patch: { count: 0 }, delay: { ms: 0 }, fault: 'truncate' } },
    { effect: { delay: { minMs: 10, maxMs: 10 }, fault: 'reset-before' } },
    { effect: { delay: { ms: 60_000 }, rateLimit: { limit: 1, windowSeconds: 1 } } },
    { effect: { fault: 'hang' } },
    { effect: { preset: 'lost-answer' } },
  ])('%j', (value) => {
    expect(checkOverride(value, known)).toBe(value);
  });
});

describe('refuses, and says where and why', () => {
  it.each<[unknown, string, string | RegExp]>([
    [undefined, '#', 'object'],
    [null, '#', 'object'],
    [[], '#', 'object'],
    [{}, '#', 'lacks "effect"'],
    [{ effect, until: 1 }, '#/until', 'Known: vendor, operation, when'],
    [{ effect, 'a/b~c%': 1 }, '#/a~1b~0c%25', 'not known'],
    [{ effect, '\ud800': 1 }, '#/%EF%BF%BD', 'not known'],
    [JSON.parse('{"effect":{"preset":"slow"},"__proto__":1}'), '#/__proto__', 'not known'],

    [{ vendor: 'ibi', effect }, '#/vendor', 'no vendor is called "ibi". Nearest: ibl,'],
    [{ vendor: 1, effect }, '#/vendor', 'string'],
    [{ operation: 'listProgramLicences', effect }, '#/operation', 'Nearest: listProgramLicenses,'],
    [{ operation: 'toString', effect }, '#/operation', 'no operation is called'],
    [
      { vendor: 'ibl', operation: 'createLicense', effect },
      '#/operation',
      'an operation of alice, not of ibl. Nearest: createProgramLicense',
    ],

    [{ atMost: 0, effect }, '#/atMost', '>= 1'],
    [{ atMost: 1.5, effect }, '#/atMost', 'integer'],
    [{ probability: 1.1, effect }, '#/probability', '<= 1'],
    [{ probability: -0.1, effect }, '#/probability', '>= 0'],
    [{ probability: '0.5', effect }, '#/probability', 'number'],

    [{ when: { call: 0 }, effect }, '#/when/call', '>= 1'],
    [{ when: { vendor: 'ibl' }, effect }, '#/when/vendor', 'Known: call, method, path'],
    [{ when: { method: 'post' }, effect }, '#/when/method', 'upper case'],
    [{ when: { method: '/(/' }, effect }, '#/when/method', 'regular expression is broken'],
    [{ when: { path: 'api/licenses' }, effect }, '#/when/path', 'starts with /'],
    [{ when: { path: '/api?page=1' }, effect }, '#/when/path', 'goes into query'],
    [{ when: { path: '/[/' }, effect }, '#/when/path', 'regular expression is broken'],
    [{ when: { path: '/a/ii' }, effect }, '#/when/path', 'regular expression is broken'],
    [{ when: { headers: { 'X/A': '/*/' } }, effect }, '#/when/headers/X~1A', 'expression'],
    [{ when: { query: { q: '/a{2,1}/' } }, effect }, '#/when/query/q', 'expression'],
    [{ when: { query: { page: 1 } }, effect }, '#/when/query/page', 'string'],

    [{ effect: {} }, '#/effect', 'is empty'],
    [{ effect: { replies: {} } }, '#/effect/replies', 'Known: reply, patch'],
    [{ effect: { reply: {} } }, '#/effect/reply', 'lacks "status", or "error"'],
    [{ effect: { reply: { body: 1 } } }, '#/effect/reply', 'lacks "status", or "error"'],
    [{ effect: { reply: { status: 199 } } }, '#/effect/reply/status', '>= 200'],
    [{ effect: { reply: { status: 600 } } }, '#/effect/reply/status', '<= 599'],
    [
      { effect: { reply: { error: 'teapot' } } },
      '#/effect/reply/error',
      'unauthenticated, forbidden',
    ],
    [
      { effect: { reply: { error: 'conflict', status: 409 } } },
      '#/effect/reply/error',
      'stands alone',
    ],
    [{ effect: { reply: { status: 204, body: '' } } }, '#/effect/reply/body', 'no body'],
    [
      { effect: { reply: { status: 200, headers: { 'a b': '1' } } } },
      '#/effect/reply/headers/a%20b',
      'cannot be sent',
    ],
    [
      { effect: { reply: { status: 200, headers: { a: 'b\r\nc: d' } } } },
      '#/effect/reply/headers/a',
      'cannot be sent',
    ],
    [
      { effect: { reply: { status: 200, headers: { 'Content-Length': '1' } } } },
      '#/effect/reply/headers/Content-Length',
      'the server writes',
    ],

    [{ effect: { delay: {} } }, '#/effect/delay', 'either ms, or minMs and maxMs'],
    [{ effect: { delay: { minMs: 1 } } }, '#/effect/delay', 'either ms, or minMs and maxMs'],
    [{ effect: { delay: { ms: 1, maxMs: 2 } } }, '#/effect/delay', 'either'],
    [{ effect: { delay: { ms: -1 } } }, '#/effect/delay/ms', '>= 0'],
    [{ effect: { delay: { ms: 60_001 } } }, '#/effect/delay/ms', '<= 60000'],
    [
      { effect: { delay: { minMs: 2, maxMs: 1 } } },
      '#/effect/delay/minMs',
      '2 is more than maxMs, 1',
    ],
    [{ effect: { delay: { minMs: 0, maxMs: 1e9 } } }, '#/effect/delay/maxMs', '<= 60000'],

    [{ effect: { rateLimit: { limit: 1 } } }, '#/effect/rateLimit', 'lacks "windowSeconds"'],
    [{ effect: { rateLimit: { limit: 0, windowSeconds: 1 } } }, '#/effect/rateLimit/limit', '>= 1'],
    [
      { effect: { rateLimit: { limit: 1, windowSeconds: 0 } } },
      '#/effect/rateLimit/windowSeconds',
      '>= 1',
    ],
    [
      { effect: { fault: 'explode' } },
      '#/effect/fault',
      'reset-before, reset-after, truncate, hang',
    ],
    [{ effect: { preset: 'slowly' } }, '#/effect/preset', 'flaky, slow'],
    [{ effect: { preset: '__proto__' } }, '#/effect/preset', 'flaky, slow'],

    [{ effect: { ...effect, patch: {} } }, '#/effect/patch', 'patch does not go with reply'],
    [
      { effect: { patch: {}, rateLimit: { limit: 1, windowSeconds: 1 } } },
      '#/effect/patch',
      'patch does not go with rateLimit',
    ],
    [
      { effect: { ...effect, rateLimit: { limit: 1, windowSeconds: 1 } } },
      '#/effect/rateLimit',
      'rateLimit does not go with reply',
    ],
    [{ effect: { preset: 'slow', delay: { ms: 1 } } }, '#/effect/preset', 'a whole effect'],
    [{ effect: { preset: 'slow', fault: 'hang' } }, '#/effect/preset', 'does not go with hang'],
    [{ effect: { ...effect, fault: 'reset-before' } }, '#/effect/fault', 'does not go with reply'],
    [{ effect: { patch: {}, fault: 'reset-before' } }, '#/effect/fault', 'does not go with patch'],
    [{ effect: { patch: {}, fault: 'reset-after' } }, '#/effect/fault', 'does not go with patch'],
    [{ effect: { delay: { ms: 1 }, fault: 'hang' } }, '#/effect/fault', 'does not go with delay'],
  ])('%j at %s', (value, pointer, message) => {
    const refusal = refusalOf(value);
    expect(refusal?.code).toBe('invalid-request');
    expect(refusal?.pointer).toBe(pointer);
    expect(refusal?.message).toMatch(message);
  });

  it('a value nested deeper than it could be compared', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(refusalOf(deep)?.message).toContain('deeper');
    expect(refusalOf({ when: { body: deep }, effect })?.pointer).toBe('#');
    expect(refusalOf({ effect: { patch: deep } })?.pointer).toBe('#');
  });

  it('names and texts of a million characters, briefly', () => {
    const long = 'x'.repeat(1_000_000);
    for (const value of [
      { vendor: long, effect },
      { operation: long, effect },
      { effect, [long]: 1 },
      { effect, when: { method: long } },
      { effect, when: { path: `/${long}/` }, atMost: 0 },
    ]) {
      expect(refusalOf(value)?.message.length).toBeLessThan(500);
    }
  });
});

it('either takes any JSON as it is, or refuses it at a place that is there', () => {
  const part = (name: string, value: fc.Arbitrary<unknown>) =>
    fc.oneof(
      fc.constant({}),
      value.map((each) => ({ [name]: each })),
      fc.jsonValue().map((each) => ({ [name]: each })),
    );
  const record = (...parts: fc.Arbitrary<object>[]) =>
    fc.tuple(...parts).map((each) => Object.assign({}, ...each) as object);
  const number = fc.oneof(fc.integer({ min: -1, max: 70_000 }), fc.double({ min: -1, max: 2 }));
  const texts = fc.dictionary(
    fc.string(),
    fc.string({ unit: fc.constantFrom('/', '(', 'a', '\\', 'i') }),
  );
  const override = record(
    part('vendor', fc.constantFrom('ibl', 'alice')),
    part('operation', fc.constantFrom('createLicense', 'listProgramLicenses')),
    part('when', record(part('headers', texts), part('query', texts), part('call', number))),
    part('atMost', number),
    part(
      'effect',
      record(
        part('reply', record(part('status', number), part('headers', texts))),
        part('delay', record(part('ms', number), part('minMs', number), part('maxMs', number))),
        part('fault', fc.constantFrom('hang', 'truncate')),
      ),
    ),
  );
  fc.assert(
    fc.property(fc.oneof(override, fc.jsonValue()), (value) => {
      const before = JSON.stringify(value);
      const refusal = refusalOf(value);
      expect(refusal?.code ?? 'invalid-request').toBe('invalid-request');
      expect(refusal === undefined || isThere(value, refusal.pointer)).toBe(true);
      expect(JSON.stringify(value)).toBe(before);
    }),
    { numRuns: 1_000 },
  );
});
