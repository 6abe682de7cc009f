import { describe, expect, it } from 'vitest';
import type { Override } from '../control-api/control-api.ts';
import { MockError } from '../errors.ts';
import { checkOverride } from './check-override.ts';

const known = [
  { name: 'ibl', operations: ['listProgramLicenses', 'createProgramLicense'] },
  { name: 'thought-industries', operations: ['createLicenses'] },
  { name: 'alice', operations: ['createLicense'] },
];

/** Undefined: it was taken. Prism lets no other value through than one whose fields are as they must be. */
function refusalOf(value: unknown): MockError | undefined {
  try {
    checkOverride(value as Override, known);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof MockError) return thrown;
    throw thrown;
  }
}

const effect = { reply: { error: 'not-found' } } as const;

describe('takes', () => {
  it.each<Override>([
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
    expect(refusalOf(value)).toBeUndefined();
  });
});

describe('refuses, and says where and why', () => {
  it.each<[unknown, string, string | RegExp]>([
    [{ vendor: 'ibi', effect }, '#/vendor', 'unknown vendor "ibi". Did you mean: ibl,'],
    [
      { operation: 'listProgramLicences', effect },
      '#/operation',
      'Did you mean: listProgramLicenses,',
    ],
    [{ operation: 'toString', effect }, '#/operation', 'unknown operation'],
    [
      { vendor: 'ibl', operation: 'createLicense', effect },
      '#/operation',
      'an operation of alice, not of ibl. Did you mean: createProgramLicense',
    ],

    [{ when: { method: 'post' }, effect }, '#/when/method', 'upper case'],
    [{ when: { method: '/(/' }, effect }, '#/when/method', 'invalid regular expression'],
    [{ when: { path: 'api/licenses' }, effect }, '#/when/path', 'starts with /'],
    [{ when: { path: '/api?page=1' }, effect }, '#/when/path', 'put the query into'],
    [{ when: { path: '/[/' }, effect }, '#/when/path', 'invalid regular expression'],
    [{ when: { path: '/a/ii' }, effect }, '#/when/path', 'invalid regular expression'],
    [{ when: { headers: { 'X/A': '/*/' } }, effect }, '#/when/headers/X~1A', 'expression'],
    [{ when: { query: { q: '/a{2,1}/' } }, effect }, '#/when/query/q', 'expression'],

    [{ effect: {} }, '#/effect', 'is empty'],
    [{ effect: { reply: {} } }, '#/effect/reply', 'must have "status" or "error"'],
    [{ effect: { reply: { body: 1 } } }, '#/effect/reply', 'must have "status" or "error"'],
    [
      { effect: { reply: { error: 'conflict', status: 409 } } },
      '#/effect/reply/error',
      'complete error response',
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
      'the server sets',
    ],

    [{ effect: { delay: {} } }, '#/effect/delay', 'either ms, or minMs and maxMs'],
    [{ effect: { delay: { minMs: 1 } } }, '#/effect/delay', 'either ms, or minMs and maxMs'],
    [{ effect: { delay: { ms: 1, maxMs: 2 } } }, '#/effect/delay', 'either'],
    [
      { effect: { delay: { minMs: 2, maxMs: 1 } } },
      '#/effect/delay/minMs',
      '2 is greater than maxMs',
    ],

    [{ effect: { ...effect, patch: {} } }, '#/effect/patch', 'patch cannot be combined with reply'],
    [
      { effect: { patch: {}, rateLimit: { limit: 1, windowSeconds: 1 } } },
      '#/effect/patch',
      'patch cannot be combined with rateLimit',
    ],
    [
      { effect: { ...effect, rateLimit: { limit: 1, windowSeconds: 1 } } },
      '#/effect/rateLimit',
      'rateLimit cannot be combined with reply',
    ],
    [{ effect: { preset: 'slow', delay: { ms: 1 } } }, '#/effect/preset', 'a complete effect'],
    [
      { effect: { preset: 'slow', fault: 'hang' } },
      '#/effect/preset',
      'cannot be combined with hang',
    ],
    [
      { effect: { ...effect, fault: 'reset-before' } },
      '#/effect/fault',
      'cannot be combined with reply',
    ],
    [
      { effect: { patch: {}, fault: 'reset-before' } },
      '#/effect/fault',
      'cannot be combined with patch',
    ],
    [
      { effect: { patch: {}, fault: 'reset-after' } },
      '#/effect/fault',
      'cannot be combined with patch',
    ],
    [
      { effect: { delay: { ms: 1 }, fault: 'hang' } },
      '#/effect/fault',
      'cannot be combined with delay',
    ],
  ])('%j at %s', (value, pointer, message) => {
    const refusal = refusalOf(value);
    expect(refusal?.code).toBe('invalid-request');
    expect(refusal?.pointer).toBe(pointer);
    expect(refusal?.message).toMatch(message);
  });

  it('names and texts of a million characters, briefly', () => {
    const long = 'x'.repeat(1_000_000);
    for (const value of [
      { vendor: long, effect },
      { operation: long, effect },
      { effect, when: { method: long } },
      { effect, when: { path: `/${long}(/` } },
    ]) {
      expect(refusalOf(value)?.message.length).toBeLessThan(500);
    }
  });
});
