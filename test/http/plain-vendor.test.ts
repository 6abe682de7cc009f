/** A vendor that is not one of ours, of one spec and a page of facts: all that the mock can do works for it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../src/contracts/verify.ts';
import { startVerifier } from '../../src/contracts/verifier.ts';
import { openVerification } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import { writePact } from '../contracts/verify-contracts.ts';
import { plainVendor } from '../fixtures/plain-vendor/plain-vendor.ts';
import { control, sandboxUrl } from '../support/control-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const folder = path.join(import.meta.dirname, '../fixtures/plain-vendor');
const all = [...vendors, plainVendor];

/** The mock finds scenarios in the folder that it is started in. */
const startedIn = process.cwd();
let server: TestServer;
beforeAll(async () => {
  process.chdir(folder);
  server = await startTestServer({ vendors: all, options: { specs: folder } });
});
afterAll(async () => {
  process.chdir(startedIn);
  await server.stop();
});

type Sent = { readonly method?: string; readonly body?: unknown; readonly token?: string };

async function ask(sandbox: string, target: string, { method, body, token }: Sent = {}) {
  const response = await fetch(sandboxUrl(server.url, sandbox) + target, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${token ?? 'plain-token'}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

const email = 'ada@example.com';

it('is at most 80 lines beside its spec', () => {
  const text = readFileSync(path.join(folder, 'plain-vendor.ts'), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(80);
});

it('shows all its collections, because it says nothing about them', async () => {
  const { body } = await control(server.url, 'GET /sandboxes/default/collections');
  const { collections } = body as { readonly collections: readonly Record<string, unknown>[] };
  expect(collections.filter(({ vendor }) => vendor === 'plain-vendor')).toEqual([
    expect.objectContaining({
      name: 'plain.seats',
      label: 'plain.seats',
      title: 'id',
      columns: [],
    }),
  ]);
});

describe('requests', () => {
  it('are answered by its handlers, from its records', async () => {
    const taken = await ask('asked', '/v1/seats', { body: { email } });
    expect(taken).toMatchObject({ status: 201, body: { id: 'seat-1', email } });
    expect(taken.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const read = await ask('asked', '/v1/seats/seat-1');
    expect(read).toMatchObject({ status: 200, body: taken.body });
    expect(read.headers.get('x-mock-ledger')).toBeNull();
    const head = await ask('asked', '/v1/seats/seat-1', { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, undefined]);
    expect((await ask('asked', '/v1/seats', { method: 'HEAD' })).status).toBe(405);
  });

  it('keep the letter case of a query parameter', async () => {
    await ask('cased', '/v1/seats', { body: { email } });
    const at = '/v1/seats/seat-1?includeHistory';
    expect((await ask('cased', `${at}=true`)).body).toHaveProperty('history.0.event', 'taken');
    expect((await ask('cased', `${at}=false`)).body).not.toHaveProperty('history');
    expect(await ask('cased', `${at}=maybe`)).toMatchObject({
      status: 400,
      body: { error: 'bad_request', message: 'includeHistory must be true or false.' },
    });
    const lower = await ask('cased', '/v1/seats/seat-1?includehistory=true');
    expect(lower.body).not.toHaveProperty('history');
    expect(lower.headers.get('x-mock-warnings')).toBe('1');
  });

  it.each<[string, Sent, number, string]>([
    ['/v1/seats', { body: {} }, 400, 'email is required.'],
    ['/v1/seats', { body: { email: 7 } }, 400, 'email must be a string.'],
    ['/v1/seats', { body: { email: 'a' } }, 400, 'email must have at least 3 characters.'],
    ['/v1/seats', { body: [] }, 400, 'The request body must be a JSON object.'],
    ['/v1/seats', { method: 'POST' }, 400, 'email is required.'],
    ['/v1/seats', { token: 'wrong' }, 401, 'A valid token is required.'],
    ['/v1/seats/seat-9', {}, 404, 'The requested resource was not found.'],
    ['/v1/nothing', {}, 404, 'The requested resource was not found.'],
    ['/v1/seats', { method: 'PUT' }, 405, 'PUT is not allowed here. Use POST.'],
  ])('%s %j is refused with %i', async (target, sent, status, message) => {
    const answer = await ask('refused', target, sent);
    expect(answer.status).toBe(status);
    expect(answer.body).toHaveProperty('message', message);
  });

  it('are refused by a rule of its own', async () => {
    await ask('ruled', '/v1/seats', { body: { email } });
    expect(await ask('ruled', '/v1/seats', { body: { email } })).toMatchObject({
      status: 409,
      body: { error: 'conflict', message: `${email} has a seat.` },
    });
  });
});

it('its requests are in the journal, its tokens are not', async () => {
  await ask('seen', '/v1/seats', { body: { email } });
  await ask('seen', '/v1/seats/seat-1?includeHistory=true');
  const { body } = await control(server.url, 'GET /sandboxes/seen/journal?vendor=plain-vendor');
  expect(body).toMatchObject({
    total: 2,
    entries: [
      { operation: 'readSeat', status: 200, kind: 'handled' },
      { operation: 'takeSeat', status: 201, request: { body: { json: { email } } } },
    ],
  });
  expect(JSON.stringify(body)).not.toContain('plain-token');
});

it('an override acts on it', async () => {
  const rule = { operation: 'readSeat', effect: { reply: { error: 'rate-limited' } }, atMost: 1 };
  await ask('overridden', '/v1/seats', { body: { email } });
  expect((await control(server.url, 'POST /sandboxes/overridden/overrides', rule)).status).toBe(
    201,
  );
  const limited = await ask('overridden', '/v1/seats/seat-1');
  expect(limited).toMatchObject({ status: 429, body: { error: 'rate_limit_exceeded' } });
  expect(limited.headers.get('retry-after')).toMatch(/^\d+$/);
  expect((await ask('overridden', '/v1/seats/seat-1')).status).toBe(200);
});

it('its section of a state plants the records that it describes', async () => {
  const section = {
    tokens: ['another'],
    seats: [{ id: 'window', email, takenAt: '2027-01-01T09:00:00.000Z' }],
  };
  const state = { clock: '2027-02-01T00:00:00Z', 'plain-vendor': section };
  await control(server.url, 'PUT /sandboxes/planted');
  const put = await control(server.url, 'PUT /sandboxes/planted/state', state);
  expect(put.status).toBe(200);
  const seat = await ask('planted', '/v1/seats/window', { token: 'another' });
  expect(seat).toMatchObject({ status: 200, body: section.seats[0] });
  expect((await ask('planted', '/v1/seats/window')).status).toBe(401);
  const { body } = await control(server.url, 'GET /sandboxes/planted/state');
  expect(body['plain-vendor']).toEqual(section);
  const broken = { 'plain-vendor': { seats: [{ id: 'window' }] } };
  const refused = await control(server.url, 'PUT /sandboxes/planted/state', broken);
  expect(refused.body['detail']).toContain('email');
});

it('a provider state is entered, and contracts are verified in it', async () => {
  const verifier = startVerifier();
  const contract = writePact({
    consumer: { name: 'desk' },
    provider: { name: 'plain-vendor' },
    interactions: [
      {
        description: 'a seat with its history',
        providerStates: [{ name: 'seat window is taken' }],
        request: {
          method: 'GET',
          path: '/v1/seats/window',
          query: { includeHistory: ['true'] },
          headers: { Authorization: 'Bearer plain-token' },
        },
        response: { status: 200, body: { id: 'window', history: [{ event: 'taken' }] } },
      },
    ],
    metadata: { pactSpecification: { version: '3.0.0' } },
  });
  const report = await verify(
    {
      patterns: [contract],
      vendor: undefined,
      only: undefined,
      failOnWarnings: true,
      keep: false,
      live: undefined,
      timeoutMs: 5_000,
    },
    {
      ...(await openVerification(all, folder)),
      startVerifier: () => verifier,
      startMock: async () => ({
        url: server.url,
        controlToken: undefined,
        stop: () => Promise.resolve(),
      }),
    },
  );
  expect(report).toMatchObject({ held: true, faults: [] });
  expect(report.rows).toHaveLength(1);
});
