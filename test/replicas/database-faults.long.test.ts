/** What clients see while the database refuses, is slow, is full, breaks off, is locked or starts again; and afterwards. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { readEvents } from '../support/event-stream.ts';
import { allLicenses, createLicense, listLicenses } from '../support/ibl-client.ts';
import { givenUrl, sql, startPostgres, type OwnPostgres } from '../support/postgres.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

/** The longest that the mock waits for an answer of the database, and some more. */
const ANSWER_LIMIT_MS = 30_000;
const READY_LIMIT_MS = 10_000;
/** Of one replica: for requests, for turns, and to listen. */
const MAX_CONNECTIONS = 23;
const ALL_CONNECTIONS = 40;

let postgres: OwnPostgres;
let proxy: TcpProxy;
let server: TestServer;
const log: string[] = [];

beforeAll(async () => {
  if (givenUrl !== undefined) return;
  postgres = await startPostgres(['-c', `max_connections=${ALL_CONNECTIONS}`]);
  proxy = await startTcpProxy(postgres.port);
  const data = postgres.url.replace(`:${postgres.port}/`, `:${proxy.port}/`);
  server = await startTestServer({ data, log });
});
afterAll(async () => {
  await server?.stop();
  await proxy?.stop();
  await postgres?.remove();
});

let sandboxes = 0;
let url = '';
beforeEach(async () => {
  sandboxes += 1;
  url = sandboxUrl(server.url, `fault-${sandboxes}`);
  expect((await createLicense(url, { external_id: 'before' })).status).toBe(200);
  log.length = 0;
});
afterEach(async () => {
  Object.assign(proxy, { refuses: false, delayMs: 0, stalls: false });
  await postgres.start();
  await expect.poll(readiness, { timeout: READY_LIMIT_MS }).toBe(200);
  const has = (text: string) => log.some((line) => line.includes(text));
  // The next failure is then logged as a new one.
  const isWell = async () =>
    (await readiness()) === 200 && (!has('failed') || has('The database answers again'));
  await expect.poll(isWell, { timeout: READY_LIMIT_MS }).toBe(true);
  expect((await createLicense(url, { external_id: 'afterwards' })).status).toBe(200);
  const found = (await allLicenses(url)).map((license) => license.external_id);
  expect(found).toEqual(expect.arrayContaining(['before', 'afterwards']));
  expect(new Set(found).size).toBe(found.length);
});

const readiness = async () => (await control(server.url, 'GET /ready')).status;

const thoughtIndustries = () =>
  fetch(`${url}/incoming/v2/clients`, { headers: { authorization: 'Bearer ti-key' } });
const alice = () =>
  fetch(`${url}/api/licenses/add`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: '{"Name":"Spring"}',
  });

describe.skipIf(givenUrl !== undefined)('a database that', () => {
  it('breaks off while a connection is prepared is a 5xx, and ends no replica', async () => {
    // Requests at the same time need more connections than there are.
    const cut = proxy.cutAt('SET enable_seqscan', 'before');
    const created = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const box = sandboxUrl(server.url, `prepared-${sandboxes}-${index}`);
        return (await createLicense(box, { external_id: 'prepared' })).status;
      }),
    );
    await cut;
    expect(created.filter((status) => status !== 200 && status !== 500)).toEqual([]);
    expect(await readiness()).toBe(200);
  });

  it.each(['refuses connections', 'is stopped'])(
    '%s: each vendor answers its 5xx, readiness tells, liveness stays',
    async (kind) => {
      if (kind === 'is stopped') await postgres.kill();
      proxy.refuses = true;
      proxy.cut();
      const refused = await createLicense(url, { external_id: 'refused' });
      expect([refused.status, await refused.json()]).toEqual([
        500,
        { error: 'An unexpected error occurred.' },
      ]);
      expect((await listLicenses(url)).status).toBe(500);
      const ofSchool = await thoughtIndustries();
      expect([ofSchool.status, await ofSchool.json()]).toMatchObject([
        500,
        { error: 'internal_server_error' },
      ]);
      const ofAlice = await alice();
      expect([ofAlice.status, await ofAlice.json()]).toEqual([
        500,
        { Message: 'An error has occurred.' },
      ]);
      const ready = await control(server.url, 'GET /ready');
      expect([ready.status, ready.body['status']]).toEqual([503, 'unable']);
      expect((await control(server.url, 'GET /health')).status).toBe(200);
      const called = await control(server.url, 'GET /sandboxes');
      expect([called.status, called.body['type']]).toEqual([
        503,
        '/_mock/errors/database-unavailable',
      ]);
      const metrics = await (await fetch(`${server.url}/_mock/metrics`)).text();
      expect(metrics).toMatch(/^license_mock_database_failures_total [1-9]/m);
      expect(metrics).toMatch(/^license_mock_journal_entries nan$/im);
      const journal = await control(server.url, 'GET /sandboxes/default/journal');
      expect(journal.status).toBe(503);
      expect(log.filter((line) => line.includes('The database failed'))).toHaveLength(1);
      expect(log.join('')).not.toContain('password');
      if (kind === 'is stopped') await postgres.start();
      proxy.refuses = false;
      await expect.poll(readiness, { timeout: READY_LIMIT_MS }).toBe(200);
      expect((await allLicenses(url)).map((license) => license.external_id)).toEqual(['before']);
    },
  );

  it('is slow is waited for', async () => {
    proxy.delayMs = 100;
    const answers = await Promise.all(
      [1, 2, 3].map((n) => createLicense(url, { external_id: `${n}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await readiness()).toBe(200);
  });

  it(
    'says nothing is not waited for without end, and liveness does not wait at all',
    async () => {
      proxy.stalls = true;
      const started = performance.now();
      const answers = Promise.all([createLicense(url), listLicenses(url), thoughtIndustries()]);
      expect((await control(server.url, 'GET /health')).status).toBe(200);
      expect(performance.now() - started).toBeLessThan(1_000);
      const ready = readiness();
      expect((await answers).map(({ status }) => status)).toEqual([500, 500, 500]);
      expect(await ready).toBe(503);
      expect(performance.now() - started).toBeLessThan(ANSWER_LIMIT_MS);
    },
    3 * ANSWER_LIMIT_MS,
  );

  it('gives no more connections is used with those that are there', async () => {
    const held = await takeConnections();
    try {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, n) => createLicense(url, { external_id: `full-${n}` })),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.every((status) => status === 200 || status === 500)).toBe(true);
      const found = (await allLicenses(url)).map((license) => license.external_id);
      const stored = statuses.flatMap((status, n) => (status === 200 ? `full-${n}` : []));
      expect(found).toEqual(expect.arrayContaining(stored));
    } finally {
      for (const each of held) await each.end();
    }
  });

  it('is asked by many requests at once gets no more connections than a replica may have', async () => {
    let most = 0;
    const watching = new AbortController();
    const watch = (async () => {
      while (!watching.signal.aborted) most = Math.max(most, await connections());
    })();
    await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        createLicense(sandboxUrl(server.url, `many-${n % 30}`), { external_id: `${n}` }),
      ),
    );
    watching.abort();
    await watch;
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(MAX_CONNECTIONS);
  });

  it.each(['before', 'after'] as const)(
    'breaks off %s it has the commit: the license is there whole or not at all, and never twice',
    async (when) => {
      for (let n = 0; n < 10; n += 1) {
        const externalId = `cut-${when}-${n}`;
        const cut = proxy.cutAt(externalId, when);
        const { status } = await createLicense(url, { external_id: externalId });
        await cut;
        expect([200, 500]).toContain(status);
        const found = (await allLicenses(url)).filter((each) => each.external_id === externalId);
        expect(status === 200 ? [1] : [0, 1]).toContain(found.length);
        // What a client does that does not know.
        const again = await createLicense(url, { external_id: externalId });
        expect(again.status).toBe(found.length === 1 ? 400 : 200);
      }
    },
  );

  it('starts again while nothing is asked is found again by the next request', async () => {
    await postgres.stop();
    await postgres.start();
    await sleep(100);
    expect((await createLicense(url, { external_id: 'after-restart' })).status).toBe(200);
    expect((await allLicenses(url)).length).toBe(2);
  });

  it('starts again keeps the journal, and who follows it misses nothing', async () => {
    const name = `fault-${sandboxes}`;
    const reader = await readEvents(`${server.url}/_mock/sandboxes/${name}/journal/stream`);
    const sent = [await createLicense(url, { external_id: 'first' })];
    await postgres.kill();
    expect((await listLicenses(url)).status).toBe(500);
    await postgres.start();
    await expect.poll(readiness, { timeout: READY_LIMIT_MS }).toBe(200);
    for (let n = 0; n < 5; n += 1) sent.push(await listLicenses(url));
    const ids = sent.map(({ headers }) => headers.get('x-mock-request-id'));
    await expect
      .poll(() => reader.events.map(({ id }) => id), { timeout: READY_LIMIT_MS })
      .toEqual(ids);
    reader.close();
    const { body } = await control(server.url, `GET /sandboxes/${name}/journal`);
    const entries = body['entries'] as { id: string }[];
    expect(entries.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  });

  it(
    'has the rows locked by somebody else is not waited for without end',
    async () => {
      const other = new pg.Client({ connectionString: postgres.url });
      await other.connect();
      try {
        await other.query('begin');
        await other.query('select from license_mock.sandboxes for update');
        const started = performance.now();
        expect((await createLicense(url, { external_id: 'locked' })).status).toBe(500);
        expect(performance.now() - started).toBeLessThan(ANSWER_LIMIT_MS);
        expect((await listLicenses(url)).status).toBe(200);
      } finally {
        await other.end();
      }
    },
    3 * ANSWER_LIMIT_MS,
  );
});

async function connections(): Promise<number> {
  const [row] = await sql<{ count: string }>(
    postgres.url,
    `select count(*) from pg_stat_activity where application_name = 'license-mock'`,
  );
  return Number(row?.count);
}

/** All that the server still has. */
async function takeConnections(): Promise<readonly pg.Client[]> {
  const taken: pg.Client[] = [];
  for (;;) {
    const client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => {});
    try {
      await client.connect();
      taken.push(client);
    } catch {
      return taken;
    }
  }
}
