/** Sandboxes: created, started over, reset, removed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { allLicenses, createLicense, listLicenses } from '../support/ibl-client.ts';
import { replicas, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const count = async (sandbox: string) =>
  (await allLicenses(sandboxUrl(server.url, sandbox))).length;
const start = (sandbox: string, body?: object) =>
  control(server.url, `PUT /sandboxes/${sandbox}`, body);

describe('a sandbox', () => {
  it('is created, and answers how it stands', async () => {
    const answer = await start('new', {
      scenario: 'demo',
      seed: 7,
      clock: '2026-01-01T00:00:00Z',
      profile: 'strict',
      settings: { 'IBL-PAGE-SIZE': 5, 'IBL-PAGE-LINKS': 'integers' },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      name: 'new',
      scenario: 'demo',
      seed: 7,
      clock: { mode: 'frozen', now: '2026-01-01T00:00:00.000Z' },
      profile: 'strict',
      references: 'open',
      settings: expect.objectContaining({
        'IBL-PAGE-SIZE': '5',
        'IBL-PAGE-LINKS': 'integers',
        'TI-ENVELOPE': 'wrapped',
      }),
      records: expect.objectContaining({
        'ibl.program-licenses': 42,
        'alice.numbered-licenses': 5,
      }),
      url: `${server.url}/_sandbox/new`,
    });
    const { url } = answer.body as { url: string };
    const page = (await (await listLicenses(url)).json()) as Record<string, unknown>;
    expect(page).toMatchObject({ count: 42, next_page: 2 });
    expect(page['results']).toHaveLength(5);
    expect((await control(server.url, 'GET /sandboxes/new')).body).toEqual(answer.body);
  });

  it('is created without a body from the scenario of the server', async () => {
    const { status, body } = await start('plain');
    expect(status).toBe(201);
    expect(body).toMatchObject({ scenario: 'empty', seed: 1, clock: { mode: 'running' } });
  });

  it('is started over: nothing that it had is left', async () => {
    await start('over');
    const url = sandboxUrl(server.url, 'over');
    await createLicense(url);
    await control(server.url, 'PUT /sandboxes/over/snapshots/one');
    await control(server.url, 'POST /sandboxes/over/overrides', { effect: { preset: 'outage' } });
    const again = await start('over');
    expect(again.status).toBe(200);
    expect(await count('over')).toBe(0);
    const { body } = await control(server.url, 'GET /sandboxes/over/snapshots');
    expect(body).toEqual({ snapshots: [] });
    expect((await control(server.url, 'GET /sandboxes/over/overrides')).body).toEqual({
      overrides: [],
    });
    expect((await control(server.url, 'GET /sandboxes/over/journal')).body).toMatchObject({
      total: 1,
      entries: [{ id: 'over-1' }],
    });
    const { id } = (await (await createLicense(url)).json()) as { id: number };
    expect(id).toBe(1);
  });

  it('is reset to what it was started with, and keeps its snapshots', async () => {
    const first = await start('reset', {
      scenario: 'demo',
      seed: 3,
      clock: '2026-01-01T00:00:00Z',
      settings: { 'IBL-PAGE-SIZE': 3 },
    });
    const url = sandboxUrl(server.url, 'reset');
    const before = await (await listLicenses(url)).text();
    await createLicense(url);
    await control(server.url, 'POST /sandboxes/reset/clock/advance', { by: 'P1Y' });
    await control(server.url, 'POST /sandboxes/reset/overrides', { effect: { preset: 'slow' } });
    await control(server.url, 'PUT /sandboxes/reset/snapshots/later');
    const answer = await control(server.url, 'POST /sandboxes/reset/reset');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(first.body);
    expect(await (await listLicenses(url)).text()).toBe(before);
    expect((await control(server.url, 'GET /sandboxes/reset/overrides')).body).toEqual({
      overrides: [],
    });
    expect((await control(server.url, 'GET /sandboxes/reset/journal')).body).toMatchObject({
      total: 1,
    });
    expect((await control(server.url, 'GET /sandboxes/reset/snapshots')).body).toMatchObject({
      snapshots: [{ name: 'later' }],
    });
  });

  it('is removed, and comes back anew with its next request', async () => {
    await start('gone', { scenario: 'demo' });
    const removed = await control(server.url, 'DELETE /sandboxes/gone');
    expect(removed.status).toBe(204);
    expect(removed.text).toBe('');
    for (const call of ['GET', 'DELETE'] as const) {
      const answer = await control(server.url, `${call} /sandboxes/gone`);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ type: '/_mock/errors/no-such-sandbox' });
    }
    expect(await count('gone')).toBe(0);
    expect((await control(server.url, 'GET /sandboxes/gone')).body).toMatchObject({
      scenario: 'empty',
    });
  });

  // A replica lists a sandbox that only others have used without its scenario.
  it.skipIf(replicas > 1)('is in the list while it is there', async () => {
    await start('listed', { scenario: 'demo', clock: '2026-01-01T00:00:00Z' });
    const { body } = await control(server.url, 'GET /sandboxes');
    const names = (body['sandboxes'] as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(body['sandboxes']).toContainEqual({
      name: 'listed',
      scenario: 'demo',
      clock: { mode: 'frozen', now: '2026-01-01T00:00:00.000Z' },
      url: `${server.url}/_sandbox/listed`,
    });
    await control(server.url, 'DELETE /sandboxes/listed');
    const after = await control(server.url, 'GET /sandboxes');
    expect(after.text).not.toContain('"listed"');
  });
});

it('the sandbox default always exists', async () => {
  expect((await control(server.url, 'DELETE /sandboxes/default')).status).toBe(204);
  expect((await control(server.url, 'GET /sandboxes/default')).status).toBe(200);
  expect((await control(server.url, 'DELETE /sandboxes/default')).status).toBe(204);
  expect((await control(server.url, 'POST /sandboxes/default/reset')).status).toBe(200);
});

describe('what cannot be', () => {
  beforeEach(async () => {
    await start('kept', { scenario: 'demo', clock: '2026-01-01T00:00:00Z' });
  });
  it.each([
    [{ scenario: 'nope' }, '#/scenario', 'demo, empty'],
    [{ scenario: '/etc/passwd' }, '#/scenario', 'pattern'],
    [{ scenario: 7 }, '#/scenario', 'string'],
    [{ seed: -1 }, '#/seed', '>= 0'],
    [{ seed: 1.5 }, '#/seed', 'integer'],
    [{ seed: 2 ** 53 }, '#/seed', '<='],
    [{ clock: 'yesterday' }, '#/clock', 'ISO 8601'],
    [{ clock: '1900-01-01' }, '#/clock', '1970'],
    [{ profile: 'loose' }, '#/profile', 'wire, strict'],
    [{ settings: { 'NO-SUCH-ROW': 'urls' } }, '#/settings/NO-SUCH-ROW', 'IBL-PAGE-LINKS'],
    [{ settings: { 'IBL-PAGE-LINKS': 'url' } }, '#/settings/IBL-PAGE-LINKS', 'urls or integers'],
    [{ settings: { 'IBL-PAGE-SIZE': 1.5 } }, '#/settings/IBL-PAGE-SIZE', 'integer'],
    [{ params: { externalId: 'a' } }, '#/params/externalId', 'Nothing in'],
    [{ params: { externalId: null } }, '#/params/externalId', 'string'],
    [{ scenaro: 'demo' }, '#/scenaro', 'Did you mean scenario?'],
    [{ 'a/b~c': 1 }, '#/a~1b~0c', 'The fields: scenario, params'],
    [[], '#', 'object'],
    ['null', '#', 'object'],
  ])('%j is a problem of %s', async (body, pointer, detail) => {
    const answer = await control(server.url, 'PUT /sandboxes/kept', body);
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ pointer, detail: expect.stringContaining(detail) });
    expect(await count('kept')).toBe(42);
  });
  it('says all that is wrong at once', async () => {
    const { body } = await start('kept', { seed: 'one', profile: 'loose' });
    expect(body['errors']).toMatchObject([{ pointer: '#/seed' }, { pointer: '#/profile' }]);
  });
  it.each(['Upper', '-a', 'a_b', 'a'.repeat(65), 'a%20b', '..%2F..'])(
    'is a sandbox named %s',
    async (name) => {
      for (const call of ['GET', 'PUT', 'DELETE'] as const) {
        const answer = await control(server.url, `${call} /sandboxes/${name}`);
        expect(answer.status).toBe(400);
        expect(answer.body).toMatchObject({ type: '/_mock/errors/bad-sandbox-name' });
      }
    },
  );
  it.each([
    'POST /sandboxes/nobody/reset',
    'GET /sandboxes/nobody/state',
    'GET /sandboxes/nobody/snapshots',
    'PUT /sandboxes/nobody/snapshots/a',
    'POST /sandboxes/nobody/snapshots/a/restore',
    'GET /sandboxes/nobody/clock',
    'DELETE /sandboxes/nobody/clock',
    'GET /sandboxes/nobody/overrides',
    'DELETE /sandboxes/nobody/overrides/1',
    'GET /sandboxes/nobody/journal',
    'GET /sandboxes/nobody/journal/stream',
    'DELETE /sandboxes/nobody/journal',
  ] as const)('%s of a sandbox that is not there is a 404, and makes none', async (call) => {
    const answer = await control(server.url, call);
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ type: '/_mock/errors/no-such-sandbox' });
    expect((await control(server.url, 'GET /sandboxes')).text).not.toContain('nobody');
  });
});

describe('a body', () => {
  const put = (body: string, headers: Record<string, string> = {}) =>
    control(server.url, 'PUT /sandboxes/bodies', body, headers);
  it.each([
    ['{"seed": 1', 'not JSON'],
    ['[1,]', 'not JSON'],
    ['\u0000', 'not JSON'],
    [`${'['.repeat(200)}${']'.repeat(200)}`, 'nested'],
    ['['.repeat(500_000), 'not JSON'],
  ])('that is broken is a 400', async (body, detail) => {
    const answer = await put(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      type: '/_mock/errors/bad-request',
      detail: expect.stringContaining(detail),
    });
  });
  it('that is no UTF-8 is a 400', async () => {
    const answer = await fetch(`${server.url}/_mock/sandboxes/bodies`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
    });
    expect(answer.status).toBe(400);
  });
  it.each([
    ['application/x-www-form-urlencoded'],
    ['text/plain;charset=UTF-8'],
    ['application/json; charset=utf-16'],
    ['json'],
    [''],
    ['application/yaml'],
  ])('of type "%s" is a 415', async (type) => {
    const answer = await put('{}', { 'content-type': type });
    expect(answer.status).toBe(415);
    expect(answer.body).toMatchObject({
      detail: expect.stringContaining('Content-Type: application/json'),
    });
  });
  it('that is compressed is a 415', async () => {
    expect((await put('{}', { 'content-encoding': 'gzip' })).status).toBe(415);
  });
  it.each(['application/json', 'Application/JSON; charset="UTF-8"'])(
    'of type %s is read',
    async (type) => {
      expect((await put('{}', { 'content-type': type })).status).toBeLessThan(300);
    },
  );
  it('that is too long is a 413, whether it says so or not', async () => {
    const long = JSON.stringify({ params: { a: 'x'.repeat(1_100_000) } });
    expect((await put(long)).status).toBe(413);
    const chunked = await fetch(`${server.url}/_mock/sandboxes/bodies`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: new Blob([long]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
    expect(await chunked.json()).toMatchObject({
      type: '/_mock/errors/too-large',
      detail: expect.stringContaining('--body-limit'),
    });
  });
  it('with names of the prototype changes none', async () => {
    const answer = await put('{"__proto__":{"seed":5},"constructor":1}');
    expect(answer.status).toBe(422);
    expect((await put('{"settings":{"__proto__":"x"}}')).status).toBe(422);
    expect({}).not.toHaveProperty('seed');
  });
});

it('one more than --max-sandboxes is refused in memory, and room made by removing one', async () => {
  const small = await startTestServer({ data: 'memory', options: { 'max-sandboxes': '2' } });
  expect((await control(small.url, 'PUT /sandboxes/a')).status).toBe(201);
  const full = await control(small.url, 'PUT /sandboxes/b');
  expect(full.status).toBe(507);
  expect(full.body).toMatchObject({
    type: '/_mock/errors/too-many-sandboxes',
    detail: expect.stringContaining('Remove some, raise the limit, or use a data folder.'),
  });
  expect((await control(small.url, 'PUT /sandboxes/b/state', {})).status).toBe(507);
  expect((await control(small.url, 'PUT /sandboxes/a')).status).toBe(200);
  await control(small.url, 'DELETE /sandboxes/a');
  expect((await control(small.url, 'PUT /sandboxes/b')).status).toBe(201);
  await small.stop();
});

it('who asks while a sandbox is started over sees the old world or the new one', async () => {
  const url = sandboxUrl(server.url, 'busy');
  await start('busy', { scenario: 'demo' });
  const seen = new Set<number>();
  const over = new AbortController();
  const readers = Array.from({ length: 6 }, async () => {
    while (!over.signal.aborted) {
      const answer = await listLicenses(url);
      expect(answer.status).toBe(200);
      seen.add(((await answer.json()) as { count: number }).count);
    }
  });
  for (let round = 0; round < 20; round += 1) {
    const scenario = round % 2 === 0 ? 'empty' : 'demo';
    const answer = await start('busy', { scenario });
    expect(answer.body).toMatchObject({ scenario });
    await sleep(5);
  }
  over.abort();
  await Promise.all(readers);
  expect([...seen].toSorted()).toEqual([0, 42]);
});

it('starts, resets and removals of one sandbox at once leave it whole', async () => {
  const calls = Array.from({ length: 40 }, (_, i) => {
    if (i % 4 === 0) return control(server.url, 'DELETE /sandboxes/storm');
    if (i % 4 === 1) return control(server.url, 'POST /sandboxes/storm/reset');
    if (i % 4 === 2) return start('storm', { scenario: i % 8 === 2 ? 'demo' : 'empty' });
    return listLicenses(sandboxUrl(server.url, 'storm'));
  });
  const answers = await Promise.all(calls);
  for (const { status } of answers) expect([200, 201, 204, 404]).toContain(status);
  await start('storm', { scenario: 'demo' });
  expect(await count('storm')).toBe(42);
});

describe('a change', () => {
  const change = (body: object) => control(server.url, 'PATCH /sandboxes/changed', body);

  it('touches neither records nor journal, and a reset undoes it', async () => {
    await start('changed', { scenario: 'demo', settings: { 'IBL-PAGE-SIZE': 5 } });
    const url = sandboxUrl(server.url, 'changed');
    await createLicense(url, { platform_key: 'acme' });
    const answer = await change({ profile: 'strict', references: 'closed' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ profile: 'strict', references: 'closed' });
    expect((await change({ settings: { 'IBL-PAGE-LINKS': 'integers' } })).body).toMatchObject({
      profile: 'strict',
      settings: { 'IBL-PAGE-LINKS': 'integers', 'IBL-PAGE-SIZE': '5' },
    });
    expect((await createLicense(url, { platform_key: 'unheard-of' })).status).toBe(400);
    const page = (await (await listLicenses(url)).json()) as Record<string, unknown>;
    expect(page).toMatchObject({ count: 43, next_page: 2 });
    const journal = await control(server.url, 'GET /sandboxes/changed/journal');
    expect((journal.body as { entries: object[] }).entries).toHaveLength(3);

    expect((await control(server.url, 'POST /sandboxes/changed/reset')).body).toMatchObject({
      profile: 'wire',
      references: 'open',
      settings: { 'IBL-PAGE-LINKS': 'urls', 'IBL-PAGE-SIZE': '5' },
    });
  });

  it('of an imported state counts as well', async () => {
    const state = (await control(server.url, 'GET /sandboxes/default/state')).body as object;
    await control(server.url, 'PUT /sandboxes/changed/state', state);
    expect((await change({ profile: 'strict' })).body).toMatchObject({ profile: 'strict' });
  });

  it.each([
    [{}, 422, '#'],
    [{ profile: 'loose' }, 422, '#/profile'],
    [{ seed: 5 }, 422, '#/seed'],
    [{ settings: { NOPE: 'x' } }, 422, '#/settings/NOPE'],
  ])('to %j is refused', async (body, status, pointer) => {
    const answer = await change(body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ pointer });
  });

  it('of a sandbox that does not exist is a 404', async () => {
    const answer = await control(server.url, 'PATCH /sandboxes/nobody', { profile: 'strict' });
    expect(answer.status).toBe(404);
  });
});
