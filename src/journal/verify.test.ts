import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryJournal, journalOf } from '../../test/support/memory-journal.ts';
import type { ExchangeOptions } from '../../test/support/recorded-exchange.ts';
import type { Expectation, Json, Match } from '../control-api/control-api.ts';
import { MockError } from '../errors.ts';
import type { JournalOptions } from './journal.ts';
import { verifyJournal } from './verify.ts';

function verify(
  exchanges: readonly ExchangeOptions[],
  expectation: Expectation,
  options: Partial<JournalOptions> = {},
) {
  return verifyJournal(journalOf(exchanges, options), 'default', expectation);
}

async function messageOf(...args: Parameters<typeof verify>): Promise<string> {
  const verification = await verify(...args);
  if (verification.held) throw new Error('The verification held.');
  return verification.message;
}

const match = { operation: 'createProgramLicense' };
const create: ExchangeOptions = {};
const list: ExchangeOptions = { operation: 'listProgramLicenses' };

describe('A verification holds', () => {
  it.each<[string, Expectation, number]>([
    ['exactly as often', { match, times: 2 }, 2],
    ['at least once when nothing is said', { match }, 2],
    ['at least', { match, atLeast: 1 }, 2],
    ['at most', { match, atMost: 2 }, 2],
    ['between', { match, atLeast: 2, atMost: 3 }, 2],
    ['never', { match: { operation: 'updateProgramLicense' }, never: true }, 0],
    ['no times', { match: { status: 500 }, times: 0 }, 0],
    ['at most, where there was none', { match: { status: 500 }, atMost: 1 }, 0],
    ['for anything', { match: {}, times: 3 }, 3],
  ])('%s', async (_, expectation, count) => {
    expect(await verify([create, list, create], expectation)).toEqual({ held: true, count });
  });

  it.each<[string, NonNullable<ExchangeOptions['request']>, Match]>([
    ['JSON', { body: { external_id: 'a', more: [1] } }, { body: { external_id: 'a' } }],
    ['a secret', { body: { token: 'abc' } }, { body: { token: 'abc' } }],
    [
      'a header',
      { headers: { Authorization: 'Api-Token a' } },
      { headers: { authorization: '/ a$/' } },
    ],
    ['a header of several values', { headers: { a: ['b', 'c'] } }, { headers: { A: 'b, c' } }],
    ['a query', { url: '/a?tag=a&tag=b%20c' }, { query: { tag: 'b c' }, path: '/a' }],
    [
      'a path behind a sandbox’s prefix',
      { url: '/_sandbox/default/a?b', path: '/a' },
      { path: '/a' },
    ],
    [
      'a query as the operation documents it',
      { url: '/a?n=07', content: { query: { n: '7' }, body: undefined } },
      { query: { n: '7' } },
    ],
    ['no warnings', {}, { warnings: 0 }],
    ['a form', { headers: FORM(), body: 'a=1&b=2&b=3' }, { body: { a: '1', b: ['2', '3'] } }],
    [
      'what the vendor read',
      { headers: XML(), body: '<a/>', content: { query: {}, body: { Name: 'a' } } },
      { body: { Name: 'a' } },
    ],
    ['text', { headers: XML(), body: '<a/>' }, { body: '<a/>' }],
  ])('by %s', async (_, request, pattern) => {
    expect(await verify([{ request }], { match: pattern, times: 1 })).toEqual({
      held: true,
      count: 1,
    });
  });
});

function FORM() {
  return { 'content-type': 'application/x-www-form-urlencoded' };
}

function XML() {
  return { 'content-type': 'application/xml' };
}

describe('A verification that does not hold', () => {
  const sent = (external_id: string, status = 200): ExchangeOptions => ({
    status,
    request: { url: '/create/?token=abc', body: { external_id, count: 1 } },
  });

  it('says what was expected, what was seen, and what came nearest and differs', async () => {
    const expectation = {
      match: { ...match, status: 200, body: { external_id: 'a', count: 1 } },
      times: 2,
    };
    const verification = await verify([list, sent('b'), sent('a'), sent('c', 409)], expectation);
    expect(verification).toEqual({
      held: false,
      count: 1,
      expected:
        'exactly 2 requests with operation createProgramLicense, status 200, body {"external_id":"a","count":1}',
      nearest: [
        {
          entry: {
            id: 'default-2',
            time: '2026-01-01T00:00:00.000Z',
            method: 'POST',
            url: '/create/?token=[redacted]',
            operation: 'createProgramLicense',
            status: 200,
          },
          differences: [{ at: 'body.external_id', expected: 'a', actual: 'b' }],
        },
        expect.objectContaining({ entry: expect.objectContaining({ id: 'default-4' }) }),
        expect.objectContaining({ entry: expect.objectContaining({ id: 'default-1' }) }),
      ],
      message: `Expected exactly 2 requests with operation createProgramLicense, status 200, body {"external_id":"a","count":1}.
Seen: 1 among 4 requests in the journal of sandbox "default".
Nearest:
  POST /create/?token=[redacted] -> 200 (createProgramLicense, default-2)
    body.external_id: expected "a", was "b"
  POST /create/?token=[redacted] -> 409 (createProgramLicense, default-4)
    status: expected 200, was 409
    body.external_id: expected "a", was "c"
  POST /api/catalog/licenses/program/create/ -> 200 (listProgramLicenses, default-1)
    operation: expected "createProgramLicense", was "listProgramLicenses"
    body: expected {"external_id":"a","count":1}, was not there`,
    });
  });

  it('shows the newest of too many', async () => {
    expect(await messageOf([create, create, list, create, create], { match, atMost: 1 })).toBe(
      `Expected at most 1 request with operation createProgramLicense.
Seen: 4 among 5 requests in the journal of sandbox "default".
The latest of them:
  POST /api/catalog/licenses/program/create/ -> 200 (createProgramLicense, default-5)
  POST /api/catalog/licenses/program/create/ -> 200 (createProgramLicense, default-4)
  POST /api/catalog/licenses/program/create/ -> 200 (createProgramLicense, default-2)`,
    );
  });

  it('says so where nothing was asked at all', async () => {
    expect(await messageOf([], { match: { query: { a: 'b' }, headers: { C: 'd' } } })).toBe(
      `Expected at least 1 request with query.a "b", headers.C "d".
Seen: none; the journal of sandbox "default" is empty.`,
    );
  });

  it('of equally near requests shows those first that were sent to the right place, then newer ones', async () => {
    const verification = await verify([{ status: 409 }, { status: 500 }, list], {
      match: { ...match, status: 200 },
    });
    expect(verification).toMatchObject({
      nearest: [
        { entry: { id: 'default-2' } },
        { entry: { id: 'default-1' } },
        { entry: { id: 'default-3' } },
      ],
    });
  });

  it('shows what differs without secrets', async () => {
    const request = {
      url: '/a?api_key=k1',
      headers: { authorization: 'Api-Token t1', 'x-other': 'x' },
      body: { deep: { password: 'p1' }, list: [{ token: 't2' }] },
    };
    const message = await messageOf([{ request }], {
      match: {
        headers: { Authorization: 'Api-Token x' },
        query: { api_key: 'x' },
        body: { deep: { password: 'x', name: 'y' }, list: [] },
      },
    });
    expect(message).toContain(`    headers.Authorization: expected "Api-Token x", was "[redacted]"
    query.api_key: expected "x", was "[redacted]"
    body.deep.password: expected "x", was "[redacted]"
    body.deep.name: expected "y", was not there
    body.list: expected [], was [{"token":"[redacted]"}]`);
  });

  it('keeps long values and many differences short', async () => {
    const body = Object.fromEntries(
      Array.from({ length: 9 }, (_, i) => [`f${i}`, 'x'.repeat(300)]),
    );
    const message = await messageOf([create], { match: { body } });
    expect(message).toContain('…');
    const many = await messageOf([{ request: { body: {} } }], { match: { body } });
    expect(many).toContain('and 4 more');
    expect(Math.max(...many.split('\n').map((line) => line.length))).toBeLessThan(200);
  });
});

describe('Entries that the journal has dropped', () => {
  const small = { maxEntries: 2 };

  it.each<[string, Expectation]>([
    ['never', { match: { status: 500 }, never: true }],
    ['times', { match, times: 2 }],
    ['atMost', { match, atMost: 2 }],
  ])('keep %s from holding by accident, and the message says so', async (_, expectation) => {
    expect(await messageOf([create, create, create], expectation, small)).toContain(
      'It cannot be decided: the journal has dropped 1 request since it was last cleared.',
    );
  });

  it.each<[string, Expectation]>([
    ['enough are still there', { match, atLeast: 2 }],
    ['there cannot have been too many', { match, atMost: 3 }],
  ])('do not matter where %s', async (_, expectation) => {
    expect((await verify([create, create, create], expectation, small)).held).toBe(true);
  });

  it('are not spoken of where there were too many anyway', async () => {
    expect(await messageOf([create, create, create], { match, times: 1 }, small)).not.toContain(
      'dropped',
    );
  });

  it('are all of them where the journal is off', async () => {
    expect(await messageOf([create], { match, never: true }, { maxEntries: 0 })).toContain(
      'dropped 1',
    );
    expect((await verify([], { match, never: true }, { maxEntries: 0 })).held).toBe(true);
  });
});

describe('A body that was kept only in part', () => {
  const options = { bodyLimitBytes: 10 };
  const request = { body: { external_id: 'abcdefgh' } };
  const body = { external_id: 'abcdefgh' };

  it('does not count as a match, nor as none', async () => {
    for (const bound of [{ times: 1 }, { never: true }] as const) {
      const message = await messageOf(
        [{ request }],
        { match: { ...match, body }, ...bound },
        options,
      );
      expect(message).toContain('It cannot be decided: 1 request would match except for the body');
      expect(message).toContain('body: expected {"external_id":"abcdefgh"}, was "[26 bytes, more');
    }
  });

  it('does not matter where the request differs anyway, or no body is asked for', async () => {
    const other = { operation: 'listProgramLicenses', body };
    expect((await verify([{ request }], { match: other, never: true }, options)).held).toBe(true);
    expect((await verify([{ request }], { match, times: 1 }, options)).held).toBe(true);
  });
});

it('A verification holds exactly where it would hold whatever the dropped entries were', async () => {
  const bound = fc.oneof(
    fc.record({ times: fc.nat(4) }),
    fc.record({ atLeast: fc.nat(4) }),
    fc.record({ atMost: fc.nat(4) }),
    fc.constant({ never: true }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { maxLength: 6 }),
      bound,
      fc.integer({ min: 1, max: 6 }),
      async (matches, limits, maxEntries) => {
        const exchanges = matches.map((isCreate) => (isCreate ? create : list));
        const held = async (all: ExchangeOptions[], entries: number) =>
          (await verify(all, { match, ...limits }, { maxEntries: entries })).held;
        const kept = exchanges.slice(-maxEntries);
        const gone = exchanges.length - kept.length;
        const worlds = Array.from({ length: gone + 1 }, (_, n) => [
          ...Array.from({ length: gone }, (__, i) => (i < n ? create : list)),
          ...kept,
        ]);
        const others = await Promise.all(worlds.map((world) => held(world, 99)));
        expect(await held(exchanges, maxEntries)).toBe(others.every(Boolean));
      },
    ),
  );
});

describe('An expectation is refused', () => {
  let deep: Json = 1;
  for (let i = 0; i < 5_000; i += 1) deep = [deep];

  it.each<[string, object, string, RegExp]>([
    ['two numbers', { match, times: 1, atLeast: 1 }, '#/times', /contradicts atLeast/],
    ['two numbers', { match, times: 1, atMost: 1 }, '#/times', /contradicts atMost/],
    ['never and a number', { match, never: true, times: 0 }, '#/times', /contradicts never/],
    ['never and a bound', { match, never: true, atMost: 0 }, '#/never', /contradicts atMost/],
    [
      'bounds that cross',
      { match, atLeast: 3, atMost: 2 },
      '#/atLeast',
      /3 is greater than atMost \(2\)/,
    ],
    [
      'a broken expression',
      { match: { path: '/(/' } },
      '#/match/path',
      /invalid regular expression/,
    ],
    [
      'one in a header',
      { match: { headers: { 'a/b': '/[/' } } },
      '#/match/headers/a~1b',
      /invalid/,
    ],
    ['a path with a query', { match: { path: '/a?b=1' } }, '#/match/path', /put the query into/],
    ['a method in lower case', { match: { method: 'post' } }, '#/match/method', /upper case/],
    ['a body that is too deep', { match: { body: deep } }, '#/match/body', /100 levels/],
  ])('for %s', async (_, expectation, pointer, message) => {
    const check = verifyJournal(createMemoryJournal(), 'default', expectation as Expectation);
    await expect(check).rejects.toThrow(MockError);
    await expect(check).rejects.toThrow(message);
    await expect(check).rejects.toMatchObject({ code: 'invalid-request', pointer });
  });
});
