/** What each effect of an override does to a client, over real sockets. */
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { allLicenses, createLicense, listLicenses } from '../support/ibl-client.ts';
import { jsonOf } from '../support/json.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let url: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await control(server.url, 'PUT /sandboxes/effects', { clock: '2026-01-01T00:00:00Z' });
  url = sandboxUrl(server.url, 'effects');
});

const override = (rule: object) => control(server.url, 'POST /sandboxes/effects/overrides', rule);
const setClock = (now: string) =>
  control(server.url, 'PUT /sandboxes/effects/clock', { mode: 'frozen', now });

async function lastEntry() {
  const { body } = await control(server.url, 'GET /sandboxes/effects/journal?limit=1');
  return (body['entries'] as Record<string, unknown>[])[0];
}

const alice = (accept = 'application/json') =>
  fetch(`${url}/api/licenses/add`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: '{"Name":"n","AvailableSeats":1,"TargetUserGroupId":"ea677d34-15bf-4074-97b1-5b9661e2b4d0"}',
  });
const thoughtIndustries = () =>
  fetch(`${url}/incoming/v2/licenses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer ti-key' },
    body: JSON.stringify({
      clientId: '2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e01',
      courseIds: [],
      learningPathIds: [],
      courseTagIds: [],
      name: 'n',
    }),
  });

describe('reply', () => {
  it('answers in the handler place, stores nothing, and is named in header and journal', async () => {
    await override({ effect: { reply: { status: 418, headers: { 'x-a': 'b' }, body: { a: 1 } } } });
    const answer = await createLicense(url);
    expect(answer.status).toBe(418);
    expect(answer.headers.get('x-a')).toBe('b');
    expect(answer.headers.get('x-mock-override')).toBe('1');
    expect(await answer.json()).toEqual({ a: 1 });
    expect(await lastEntry()).toMatchObject({ status: 418, override: '1' });
    await control(server.url, 'DELETE /sandboxes/effects/overrides');
    expect(await allLicenses(url)).toEqual([]);
  });

  it.each([
    ['unauthenticated', 401, { detail: 'Authentication credentials were not provided.' }],
    ['forbidden', 403, { detail: 'You do not have permission to perform this action.' }],
    ['not-found', 404, { detail: 'Not found.' }],
    ['rate-limited', 429, { detail: 'Request was throttled. Expected available in 60 seconds.' }],
  ])('error %s is ibl its own %d', async (error, status, body) => {
    await override({ vendor: 'ibl', effect: { reply: { error } } });
    const answer = await listLicenses(url);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual(body);
  });

  it.each([
    'unauthenticated',
    'forbidden',
    'not-found',
    'conflict',
    'rate-limited',
    'server-error',
    'unavailable',
  ])('error %s has a form at every vendor', async (error) => {
    await override({ effect: { reply: { error } } });
    const answers = await Promise.all([listLicenses(url), thoughtIndustries(), alice()]);
    for (const answer of answers) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('x-mock-override')).toBe('1');
      expect(answer.headers.get('content-type') ?? '').not.toContain('problem+json');
    }
  });

  it('is written in the media type that the vendor would choose', async () => {
    await override({ vendor: 'alice', effect: { reply: { error: 'server-error' } } });
    const answer = await alice('text/xml');
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(await answer.text()).toBe('<Error><Message>An error has occurred.</Message></Error>');
  });
});

describe('patch', () => {
  it('changes the real answer and not what is stored', async () => {
    await override({
      operation: 'createProgramLicense',
      effect: { patch: { name: 'Patched', usage_count: null } },
    });
    const answer = await jsonOf(await createLicense(url, { external_id: 'a' }));
    expect(answer).toMatchObject({ name: 'Patched', external_id: 'a' });
    expect(answer).not.toHaveProperty('usage_count');
    expect(await allLicenses(url)).toMatchObject([{ name: 'Spring', external_id: 'a' }]);
  });

  it('keeps the media type, and works on XML', async () => {
    await override({ vendor: 'alice', effect: { patch: { errors: [] } } });
    expect(await (await alice('application/xml')).text()).toContain('<errors />');
  });
});

describe('when', () => {
  it('fails the third call alone', async () => {
    await override({
      operation: 'listProgramLicenses',
      when: { call: 3 },
      effect: { reply: { error: 'rate-limited' } },
    });
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await listLicenses(url)).status);
    expect(statuses).toEqual([200, 200, 429, 200]);
    const { body } = await control(server.url, 'GET /sandboxes/effects/overrides');
    expect(body).toMatchObject({ overrides: [{ calls: 4, hits: 1 }] });
  });

  it('matches a subset of the body, and a header', async () => {
    await override({
      when: { body: { external_id: 'bad' }, headers: { 'x-test': 'yes' } },
      atMost: 1,
      effect: { reply: { error: 'conflict' } },
    });
    expect((await createLicense(url, { external_id: 'good' }, { 'x-test': 'yes' })).status).toBe(
      200,
    );
    expect((await createLicense(url, { external_id: 'bad' })).status).toBe(200);
    const statuses = [];
    for (const name of ['bad', 'bad']) {
      statuses.push(
        (
          await createLicense(url, { external_id: name, count: 1 }, { 'x-test': 'yes' })
        ).headers.get('x-mock-override'),
      );
    }
    expect(statuses).toEqual(['1', null]);
  });

  it('acts after credentials and check', async () => {
    await override({ effect: { reply: { error: 'unavailable' } } });
    expect((await createLicense(url, {}, { authorization: 'Bearer x' })).status).toBe(401);
    expect((await createLicense(url, { count: 'x' })).status).toBe(400);
  });

  it('draws its probability from the seed: the same calls fail in two sandboxes', async () => {
    const play = async (sandbox: string, seed: number) => {
      await control(server.url, `PUT /sandboxes/${sandbox}`, { seed });
      await control(server.url, `POST /sandboxes/${sandbox}/overrides`, {
        probability: 0.5,
        effect: { reply: { error: 'unavailable' } },
      });
      const statuses = [];
      for (let i = 0; i < 30; i += 1)
        statuses.push((await listLicenses(sandboxUrl(server.url, sandbox))).status);
      return statuses.join(' ');
    };
    const first = await play('seed-a', 7);
    expect(await play('seed-b', 7)).toBe(first);
    expect(await play('seed-c', 8)).not.toBe(first);
    expect(first).toMatch(/200.*503|503.*200/);
  });
});

describe('delay and rateLimit', () => {
  it('waits', async () => {
    await override({ effect: { delay: { ms: 150 } } });
    const started = performance.now();
    expect((await listLicenses(url)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(145);
  });

  it('refuses calls past the limit until the sandbox clock opens the next window', async () => {
    await override({ effect: { rateLimit: { limit: 2, windowSeconds: 30 } } });
    const status = async () => (await listLicenses(url)).status;
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    await setClock('2026-01-01T00:00:20Z');
    const refused = await listLicenses(url);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    await setClock('2026-01-01T00:00:30Z');
    expect(await status()).toBe(200);
  });
});

describe('fault', () => {
  /** How a connection ends for who reads it: its error code, or what came before a clean end. */
  async function readRaw(path: string): Promise<{ code: string | undefined; text: string }> {
    const { promise, resolve } = Promise.withResolvers<{
      code: string | undefined;
      text: string;
    }>();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let [text, code] = ['', undefined as string | undefined];
    socket.on('data', (chunk) => void (text += String(chunk)));
    socket.on('error', (error: NodeJS.ErrnoException) => void (code = error.code));
    socket.on('close', () => resolve({ code, text }));
    socket.write(
      `GET /_sandbox/effects${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Api-Token dm-admin\r\n\r\n`,
    );
    return promise;
  }
  const create = (name: string) =>
    createLicense(url, { external_id: name }).then(
      () => 'answered',
      (error: Error) => (error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message,
    );

  it('reset-before is a reset, and nothing is stored', async () => {
    await override({ operation: 'createProgramLicense', effect: { fault: 'reset-before' } });
    expect(await create('lost')).toBe('ECONNRESET');
    expect(await allLicenses(url)).toEqual([]);
    await override({
      operation: 'listProgramLicenses',
      atMost: 1,
      effect: { fault: 'reset-before' },
    });
    expect(await readRaw('/api/catalog/licenses/program/')).toEqual({
      code: 'ECONNRESET',
      text: '',
    });
  });

  it.each([{ fault: 'reset-after' }, { preset: 'lost-answer' }])(
    '%j is a reset after the write',
    async (effect) => {
      await override({ operation: 'createProgramLicense', effect });
      expect(await create('landed')).toBe('ECONNRESET');
      expect(await allLicenses(url)).toMatchObject([{ external_id: 'landed' }]);
      expect(
        await control(server.url, 'GET /sandboxes/effects/journal?operation=createProgramLicense'),
      ).toMatchObject({
        body: { total: 1, entries: [{ override: '1' }] },
      });
    },
  );

  it('truncate sends half of what it promised', async () => {
    await override({ operation: 'listProgramLicenses', effect: { fault: 'truncate' } });
    const { text } = await readRaw('/api/catalog/licenses/program/');
    const [head = '', body = ''] = text.split('\r\n\r\n');
    const promised = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    expect(body.length).toBe(Math.floor(promised / 2));
  });

  it('hang holds the connection without an answer', async () => {
    await override({ operation: 'listProgramLicenses', effect: { fault: 'hang' } });
    const waiting = fetch(`${url}/api/catalog/licenses/program/`, {
      headers: { authorization: 'Api-Token dm-admin' },
      signal: AbortSignal.timeout(400),
    });
    await expect(waiting).rejects.toThrow(/timeout/i);
  });
});

describe('preset', () => {
  it.each([
    ['outage', 503],
    ['rate-limited', 429],
    ['expired-token', 401],
  ])('%s', async (preset, status) => {
    await override({ effect: { preset } });
    expect((await listLicenses(url)).status).toBe(status);
  });

  it('maintenance is a page from a proxy', async () => {
    await override({ effect: { preset: 'maintenance' } });
    const answer = await alice();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toContain('<h1>');
  });

  it('flaky fails about one call in ten', async () => {
    await override({ effect: { preset: 'flaky' } });
    let failed = 0;
    for (let i = 0; i < 200; i += 1) failed += Number((await listLicenses(url)).status === 503);
    expect(failed).toBeGreaterThan(5);
    expect(failed).toBeLessThan(45);
  });
});

it('everything that has a time follows the clock', async () => {
  await createLicense(url, { external_id: 'first' });
  await control(server.url, 'POST /sandboxes/effects/clock/advance', { by: 'P1M' });
  const second = await createLicense(url, { external_id: 'second' });
  expect(second.headers.get('date')).toBe('Sun, 01 Feb 2026 00:00:00 GMT');
  const list = await jsonOf<{ results: { created: string }[] }>(await listLicenses(url));
  expect(list.results.map(({ created }) => created)).toEqual([
    '2026-02-01T00:00:00Z',
    '2026-01-01T00:00:00Z',
  ]);
  await control(server.url, 'POST /sandboxes/effects/clock/advance', { by: '-P1M' });
  expect((await listLicenses(url)).headers.get('date')).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
});
