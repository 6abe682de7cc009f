/** What no client should send: each gets an answer in the vendor's form, none changes anything. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRoute } from '../../src/http/find-route.ts';
import { serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import { badInputTarget } from '../support/bad-input-targets.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { jsonOf } from '../support/json.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const alice = badInputTarget('alice');
const json = 'Content-Type: application/json';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ options: { 'body-limit': '2mb' } });
});
afterAll(() => server.stop());

function post(name: string, body: string | Buffer, type = json) {
  const { path, headers } = badInputTarget(name);
  return sendRaw(server.url, rawRequest(`POST ${path}`, [...headers, type], body));
}

async function countLicenses(): Promise<number> {
  const answer = await fetch(`${server.url}/api/catalog/licenses/program/`, {
    headers: { authorization: 'Api-Token dm-admin' },
  });
  return (await jsonOf<{ count: number }>(answer)).count;
}

const served = await serveSpecs({ specs: undefined }, vendors);

/** What the spec has of the operation that the vendor's call is of. */
function calledOf(name: string) {
  const { path } = badInputTarget(name);
  const operations = served.find(({ vendor }) => vendor.name === name)?.spec.operations ?? [];
  return operations.find(({ operation }) => operation.method === 'POST' && operation.path === path);
}

function routeOf(name: string, method: string, address: string) {
  const own = served.find(({ vendor }) => vendor.name === name);
  const body = Buffer.alloc(0);
  const raw = {
    method,
    path: address,
    query: '',
    headers: {},
    body,
    origin: '',
    isTooLarge: false,
  };
  return own && findRoute(raw, '', own).found?.route;
}

/** Also by another path of the spec that it fits: `/licenses/{id}` for `/licenses/add`. */
function isOffered(name: string, method: string, address: string): boolean {
  const asked = method === 'HEAD' ? 'GET' : method;
  return routeOf(name, asked, address)?.methods.includes(asked) === true;
}

/** Why the vendor's call does not succeed as its spec says; empty: it does. What is refused is so for the bad input alone. */
async function findFailure(name: string): Promise<string> {
  const { path, body } = badInputTarget(name);
  const documented = Object.keys(calledOf(name)?.documented.responses ?? {});
  const successes = documented.filter((status) => status.startsWith('2'));
  const place = 'test/support/bad-input-targets.ts';
  if (successes.length === 0) {
    return `specs/${name}.yaml has no success of POST ${path}: call another operation in ${place}.`;
  }
  const answer = await post(name, JSON.stringify(body));
  if (successes.includes(String(answer.status))) return '';
  return `The call of ${name} in ${place} must succeed as it stands: ${answer.status} ${answer.body.slice(0, 300)}`;
}

/** The vendor's good body with more in it, also what JSON.stringify cannot write. */
const withExtra = (name: string, extra: string) =>
  JSON.stringify(badInputTarget(name).body).replace(/\}$/, `,${extra}}`);

const broken: readonly [string, (name: string) => string | Buffer, string, readonly number[]][] = [
  ['broken JSON', () => '{"name": ', json, [400]],
  ['truncated JSON', (name) => JSON.stringify(badInputTarget(name).body).slice(0, -9), json, [400]],
  // Django REST framework does not expect Python's recursion limit, and fails.
  ['lists nested 100,000 deep', () => '['.repeat(100_000) + ']'.repeat(100_000), json, [400, 500]],
  [
    'objects nested 50,000 deep',
    () => `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
    json,
    [400, 500],
  ],
  [
    'invalid UTF-8',
    () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    json,
    [400],
  ],
  ['a number as the body', () => '12345', json, [400]],
  ['a list as the body', () => '[1,2,3]', json, [400]],
  [
    'a charset that does not exist',
    (name) => withExtra(name, `"${badInputTarget(name).number}":"x"`),
    `${json}; charset=nope`,
    [400, 415],
  ],
  ['a malformed Content-Type', () => '{}', 'Content-Type: application', [400, 415]],
  ['a Content-Type of semicolons', () => '{}', 'Content-Type: ;;;=', [400, 415]],
  ['an image', () => Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'Content-Type: image/png', [415]],
  ['a body past the limit', () => `{"name":"${'x'.repeat(3 * 1024 * 1024)}"}`, json, [413]],
];

describe.each(vendors)('$name refuses in its own form', ({ name }) => {
  it.each(broken)('%s', async (_, body, type, statuses) => {
    const before = await countLicenses();
    const answer = await post(name, body(name), type);
    expect(statuses, answer.body.slice(0, 300)).toContain(answer.status);
    expect(badInputTarget(name).isOwnForm(answer.body), answer.body.slice(0, 300)).toBe(true);
    expect(answer.body).not.toMatch(/\bat .*\.ts:\d+/);
    expect(await countLicenses()).toBe(before);
  });
});

describe.each(vendors)('$name takes or refuses, and lives', ({ name }) => {
  const { text, number, body, path, headers } = badInputTarget(name);
  it.each([
    ['a string of 1 MB', `"${text}":"${'x'.repeat(1024 * 1024)}"`],
    ['NUL characters', String.raw`"${text}":"a\u0000b"`],
    [
      'prototype keys',
      '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}',
    ],
    ['duplicate keys', `"${text}":"first","${text}":"second"`],
    ['lone surrogates', String.raw`"${text}":"\ud800"`],
  ])('%s', async (_, extra) => {
    const answer = await post(name, withExtra(name, extra));
    expect(answer.status, answer.body.slice(0, 300)).toBeLessThan(500);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(await findFailure(name)).toBe('');
  });

  it('numbers past 2^53, never as another number', async () => {
    const huge = '123456789012345678901234567890';
    const sent = JSON.stringify({ ...body, [number]: 0 }).replace(
      `"${number}":0`,
      `"${number}":${huge}`,
    );
    const answer = await post(name, sent);
    // ibl takes any integer, and fails to store this one.
    const isWithinWords = answer.status < 500 || name === 'ibl';
    expect(isWithinWords, answer.body.slice(0, 300)).toBe(true);
    expect(answer.body).not.toContain('e+29');
  });

  const methods = ['GET', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PURGE', 'HEAD', 'OPTIONS'];
  it.each(methods.filter((method) => !isOffered(name, method, path)))('%s', async (method) => {
    const answer = await sendRaw(server.url, rawRequest(`${method} ${path}`, headers));
    expect(method === 'OPTIONS' ? [200, 204, 405] : [405]).toContain(answer.status);
    expect(method === 'HEAD' ? answer.body : '').toBe('');
  });

  it.each(['/..%2f..%2fetc/passwd', '/%zz', '/%00', '/../../x', `/${'a/'.repeat(2000)}`])(
    'an unknown path, case %#',
    async (suffix) => {
      const answer = await sendRaw(server.url, rawRequest(`GET ${path}${suffix}`, headers));
      // Below a path with parameters it may be one with an odd value.
      const isKnown = routeOf(name, 'GET', `${path}${suffix}`) !== undefined;
      expect(isKnown ? [400, 404, 405] : [404]).toContain(answer.status);
    },
  );
});

describe('alice', () => {
  const ns = 'http://schemas.datacontract.org/2004/07/Alice.Dto.Requests';
  const seats = '<AvailableSeats>1</AvailableSeats>';
  const group = '<TargetUserGroupId>ea677d34-15bf-4074-97b1-5b9661e2b4d0</TargetUserGroupId>';
  const request = (inner: string) => `<LicenseRequest xmlns="${ns}">${inner}</LicenseRequest>`;
  it.each([
    [
      'a DTD',
      `<!DOCTYPE LicenseRequest [<!ENTITY a "b">]>${request(`${seats}<Name>n</Name>${group}`)}`,
      400,
    ],
    [
      'an external entity',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${request('<Name>&e;</Name>')}`,
      400,
    ],
    ['an unknown entity', request('<Name>&nope;</Name>'), 400],
    ['another namespace', `<LicenseRequest xmlns="urn:other">${seats}</LicenseRequest>`, 400],
    ['elements nested 20,000 deep', request('<a>'.repeat(20_000) + '</a>'.repeat(20_000)), 400],
    ['CDATA', request(`${seats}<Name><![CDATA[a <b>]]></Name>${group}`), 200],
  ])('answers XML with %s', async (_, body, status) => {
    const answer = await post('alice', body, 'Content-Type: application/xml');
    expect(answer.status, answer.body).toBe(status);
    expect(answer.headers['content-type']).toBe('application/xml; charset=utf-8');
    expect(answer.body).not.toContain('root:');
  });
});

const FORM = 'application/x-www-form-urlencoded';
const takingForms = vendors.filter(({ name }) => calledOf(name)?.operation.consumes.includes(FORM));

it.each(takingForms)('$name bounds forms with thousands of keys', async ({ name }) => {
  const body = Array.from({ length: 20_000 }, (_, i) => `k${i}=v`).join('&');
  const answer = await post(name, body, `Content-Type: ${FORM}`);
  expect(answer.status, answer.body.slice(0, 300)).toBeLessThan(500);
});

describe('ibl, asked for', () => {
  it.each([
    ['page=-1', 404],
    ['page=0', 404],
    ['page=99999999999999999999', 404],
    ['page=1&page=2&page=x', 400],
    ['page_size=-5', 200],
    ['page_size=99999999999999', 200],
    ['sort=nope', 200],
    ['sort=-', 200],
    ['sort=__proto__', 200],
    ['unknown=1&unknown=2', 200],
    ['__proto__=1&constructor=2', 200],
    ['%zz=%zz&%', 200],
    [`query=${'x'.repeat(8000)}`, 200],
    ['&&&==&', 200],
  ])('?%s', async (query, status) => {
    const line = `GET /api/catalog/licenses/program/?${query}`;
    const answer = await sendRaw(server.url, rawRequest(line, badInputTarget('ibl').headers));
    expect(answer.status, answer.body.slice(0, 300)).toBe(status);
  });
});

describe('the server', () => {
  it('names the nearest paths where no vendor serves one', async () => {
    const answer = await fetch(`${server.url}/catalog/licenses`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const problem = await jsonOf(answer);
    expect(problem).toMatchObject({ status: 404, type: '/_mock/errors/unknown-path' });
    expect(problem.detail).toContain('/api/catalog/licenses/program/');
  });

  it('answers what is no HTTP with 400', async () => {
    expect((await sendRaw(server.url, 'GARBAGE\r\n\r\n')).status).toBe(400);
    expect((await sendRaw(server.url, 'GET / HTTP/1.1\r\nbad header\r\n\r\n')).status).toBe(400);
  });

  it('outlives clients that break off', async () => {
    const { port } = new URL(server.url);
    for (let i = 0; i < 20; i += 1) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `POST ${alice.path} HTTP/1.1\r\nHost: x\r\n${json}\r\nContent-Length: 1000\r\n\r\n{"Name":`,
      );
      await sleep(5);
      socket.destroy();
    }
    expect(await findFailure('alice')).toBe('');
  });

  it('takes a body that comes a byte at a time', async () => {
    const body = JSON.stringify(alice.body);
    const { promise, resolve } = Promise.withResolvers<string>();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => void (text += String(chunk)));
    socket.on('close', () => resolve(text));
    socket.write(
      `POST ${alice.path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${json}\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    for (const byte of body) {
      socket.write(byte);
      await sleep(1);
    }
    expect(await promise).toContain('200 OK');
  });
});
