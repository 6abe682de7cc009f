/** Overrides as they are set, listed and removed; what they do is shown in test/http. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const AT = '/sandboxes/ruled/overrides';
beforeEach(async () => {
  await control(server.url, 'PUT /sandboxes/ruled');
});
const add = (body: unknown) => control(server.url, `POST ${AT}`, body);
const list = async () =>
  (await control(server.url, `GET ${AT}`)).body['overrides'] as Record<string, unknown>[];
const url = () => sandboxUrl(server.url, 'ruled');

const refused = { operation: 'createProgramLicense', effect: { reply: { error: 'rate-limited' } } };

it('an override is set, acts at once, and counts', async () => {
  const set = await add({ ...refused, when: { call: 3 } });
  expect(set.status).toBe(201);
  expect(set.body).toEqual({ ...refused, when: { call: 3 }, id: '1', calls: 0, hits: 0 });
  const answers = [];
  for (let i = 0; i < 4; i += 1) answers.push(await createLicense(url()));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
  expect(await list()).toEqual([{ ...set.body, calls: 4, hits: 1 }]);
  const { body } = await control(server.url, 'GET /sandboxes/ruled/journal?status=429');
  const id = answers[2]?.headers.get('x-mock-request-id');
  expect(body).toMatchObject({ total: 1, entries: [{ id, override: '1' }] });
});

it('overrides are listed in the order they were set, and removed one by one or all', async () => {
  for (let i = 0; i < 12; i += 1) await add({ effect: { preset: 'slow' }, atMost: i + 1 });
  expect((await list()).map(({ id }) => id)).toEqual(
    Array.from({ length: 12 }, (_, i) => String(i + 1)),
  );
  expect((await control(server.url, `DELETE ${AT}/2`)).status).toBe(204);
  expect((await list()).map(({ id }) => id)).not.toContain('2');
  const again = await control(server.url, `DELETE ${AT}/2`);
  expect(again.status).toBe(404);
  expect(again.body).toMatchObject({ type: '/_mock/errors/no-such-override' });
  expect((await control(server.url, `DELETE ${AT}`)).status).toBe(204);
  expect(await list()).toEqual([]);
  expect((await add(refused)).body['id']).toBe('13');
});

it('what is removed does not act any more', async () => {
  await add({ effect: { preset: 'outage' } });
  expect((await listLicenses(url())).status).toBe(503);
  await control(server.url, `DELETE ${AT}`);
  expect((await listLicenses(url())).status).toBe(200);
  await add({ effect: { preset: 'outage' } });
  await add({ effect: { preset: 'outage' } });
  await control(server.url, `DELETE ${AT}/3`);
  expect((await listLicenses(url())).status).toBe(503);
  await control(server.url, `DELETE ${AT}/2`);
  expect((await listLicenses(url())).status).toBe(200);
});

it('nothing acts in another sandbox', async () => {
  await add({ effect: { preset: 'outage' } });
  expect((await listLicenses(sandboxUrl(server.url, 'calm'))).status).toBe(200);
});

it('there can be 100', async () => {
  const results = await Promise.all(
    Array.from({ length: 101 }, () => add({ effect: { preset: 'slow' }, when: { path: '/x' } })),
  );
  const statuses = results.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(100);
  const full = results.find(({ status }) => status !== 201);
  expect(full).toMatchObject({
    status: 507,
    body: {
      type: '/_mock/errors/too-many-overrides',
      detail: expect.stringContaining('Remove those that you no longer need.'),
    },
  });
  expect(await list()).toHaveLength(100);
});

describe('what cannot act', () => {
  const effect = { preset: 'outage' };
  it.each([
    [{}, '#/effect'],
    [{ effect: {} }, '#/effect'],
    [{ effect, operation: 'createProgramLicens' }, '#/operation'],
    [{ effect, vendor: 'ibm' }, '#/vendor'],
    [{ effect, vendor: 'alice', operation: 'createLicense' }, '#/operation'],
    [{ effect, atMost: 0 }, '#/atMost'],
    [{ effect, probability: 2 }, '#/probability'],
    [{ effect, when: { call: 0 } }, '#/when/call'],
    [{ effect, when: { status: 200 } }, '#/when/status'],
    [{ effect, when: { headers: { a: 1 } } }, '#/when/headers/a'],
    [{ effect, when: { path: '/(/' } }, '#/when/path'],
    [{ effect: { ...effect, patch: {} } }, '#/effect/preset'],
    [{ effect: { preset: 'chaos' } }, '#/effect/preset'],
    [{ effect: { reply: {} } }, '#/effect/reply'],
    [{ effect: { reply: { error: 'teapot' } } }, '#/effect/reply/error'],
    [{ effect: { reply: { error: 'conflict', status: 409 } } }, '#/effect/reply/error'],
    [{ effect: { reply: { status: 99 } } }, '#/effect/reply/status'],
    [{ effect: { delay: { ms: 100_000 } } }, '#/effect/delay/ms'],
    [{ effect: { delay: { minMs: 5 } } }, '#/effect/delay'],
    [{ effect: { fault: 'explode' } }, '#/effect/fault'],
    [{ effect: { rateLimit: { limit: 1 } } }, '#/effect/rateLimit/windowSeconds'],
    [{ effect, id: '7' }, '#/id'],
  ])('%j is a problem of %s', async (body, pointer) => {
    const answer = await add(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ type: '/_mock/errors/invalid-request', pointer });
    expect(await list()).toEqual([]);
  });
});
