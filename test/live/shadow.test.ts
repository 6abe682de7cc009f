/** The mode `shadow`: the mock answers, and the journal says where the live vendor differs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/control-api/control-api.ts';
import type { Shared } from '../../src/shared/shared.ts';
import { startAppsOnState } from '../support/apps-on-state.ts';
import { control } from '../support/control-client.ts';
import { readEvents } from '../support/event-stream.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { startLiveVendor, type LiveVendor } from '../support/live-vendor.ts';
import { runShadow } from '../support/shadow-run.ts';
import {
  replicas,
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../support/server.ts';

it('sees five ways of differing in five entries, and none where only the data differ', async () => {
  const { compared, different } = await runShadow(400, Math.floor(Math.random() * 1e9));
  expect(different).toBe(5);
  expect(compared).toBeGreaterThan(360);
}, 120_000);

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of running.splice(0).toReversed()) await each.stop();
});

async function openShadow(
  answer: Parameters<typeof startLiveVendor>[0],
  options: TestServerOptions['options'] = {},
): Promise<{ readonly vendor: LiveVendor; readonly mock: TestServer }> {
  const vendor = await startLiveVendor(answer);
  running.push(vendor);
  const mock = await startTestServer({
    options: { upstream: `ibl=${vendor.url}`, 'upstream-mode': 'shadow', ...options },
  });
  running.push(mock);
  return { vendor, mock };
}

const entriesOf = async ({ url }: Pick<TestServer, 'url'>): Promise<readonly JournalEntry[]> => {
  const { body } = await control(url, 'GET /sandboxes/default/journal?limit=1000');
  return body['entries'] as JournalEntry[];
};

async function settled(mock: Pick<TestServer, 'url'>): Promise<readonly JournalEntry[]> {
  for (;;) {
    const entries = await entriesOf(mock);
    if (entries.every(({ live }) => live?.outcome !== 'waiting')) return entries;
    await sleep(10);
  }
}

const page = (status = 200) => ({
  status,
  body: JSON.stringify({ count: 0, next_page: null, previous_page: null, results: [] }),
});
const answerPage: Parameters<typeof startLiveVendor>[0] = (_request, response) => {
  const { status, body } = page();
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
};

describe('a vendor that', () => {
  it.each([
    { status: 503, reason: 'The vendor is busy: it answered 503.' },
    { status: 401, reason: 'The vendor refused the credentials that it was sent, with 401.' },
  ])('answers $status was not compared, and the entry says why', async ({ status, reason }) => {
    const { mock } = await openShadow(
      (_request, response) => void response.writeHead(status).end(),
    );
    await listLicenses(mock.url);
    const [entry] = await settled(mock);
    expect(entry?.live).toMatchObject({ outcome: 'failed', status });
    expect(entry?.live?.reason).toContain(reason);
    expect(entry?.drift).toBeUndefined();
  });

  it('has no such record either, and says so as another choice of a row does, has drifted', async () => {
    const live = await startTestServer({ settings: { 'TI-PATH-IDS': 'refused' } });
    running.push(live);
    const mock = await startTestServer({
      options: {
        upstream: `thought-industries=${live.url}`,
        'upstream-mode': 'shadow',
        'forward-credentials': 'on',
      },
    });
    running.push(mock);
    const headers = { authorization: 'Bearer ti-key' };
    await fetch(`${mock.url}/incoming/v2/clients/none`, { headers });
    const [entry] = await settled(mock);
    expect(entry?.drift).toEqual([
      {
        path: 'status',
        what: 'status',
        mock: 404,
        live: 400,
        row: 'TI-PATH-IDS',
        choice: 'refused',
      },
    ]);
  });
});

describe('a journal in a database', () => {
  it('has the entry before the vendor is asked, although storing it takes longer than an answer', async () => {
    const vendor = await startLiveVendor(answerPage);
    running.push(vendor);
    const mock = await startAppsOnState({
      count: 1,
      serve: { upstream: `ibl=${vendor.url}`, 'upstream-mode': 'shadow' },
      wrapState: ({ shared, ...state }) => ({
        ...state,
        shared: { ...shared, journal: { ...shared.journal, append: appendLate(shared) } },
      }),
    });
    running.push(mock);
    const [url = ''] = mock.urls;
    await listLicenses(url);
    const entries = await settled({ url });
    expect(entries).toMatchObject([{ live: { outcome: 'compared' } }]);
  });

  const appendLate = ({ journal }: Shared): Shared['journal']['append'] => {
    return async (...given) => {
      await sleep(200);
      await journal.append(...given);
    };
  };
});

describe('what is shadowed', () => {
  it('is a read that the mock answered, and no write, no refused credentials, no override', async () => {
    const { vendor, mock } = await openShadow(answerPage);
    await listLicenses(mock.url);
    await createLicense(mock.url);
    await fetch(`${mock.url}/api/catalog/licenses/program/`);
    await listLicenses(mock.url, '__code=401');
    await control(mock.url, 'POST /sandboxes/default/overrides', {
      atMost: 1,
      effect: { reply: { error: 'unavailable' } },
    });
    await listLicenses(mock.url);
    const entries = await settled(mock);
    expect(entries.map(({ live }) => live?.outcome)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'compared',
    ]);
    expect(vendor.seen.map(({ method }) => method)).toEqual(['GET']);
  });

  it('is a write only with --allow-writes', async () => {
    const { vendor, mock } = await openShadow(answerPage, { 'allow-writes': 'on' });
    await createLicense(mock.url);
    await settled(mock);
    expect(vendor.seen).toMatchObject([
      { method: 'POST', url: '/api/catalog/licenses/program/create/' },
    ]);
  });
});

describe('the client', () => {
  // Each replica has a queue of its own.
  it.skipIf(replicas > 1)(
    'never waits for a vendor that is slow, and what does not fit is dropped and counted',
    async () => {
      const { mock } = await openShadow(() => undefined, { 'upstream-timeout': '700ms' });
      const startedMs = performance.now();
      for (let i = 0; i < 600; i += 1) await (await listLicenses(mock.url)).arrayBuffer();
      expect(performance.now() - startedMs).toBeLessThan(30_000);
      const before = await entriesOf(mock);
      const dropped = before.filter(({ live }) => live?.outcome === 'dropped');
      expect(dropped.length).toBeGreaterThanOrEqual(1);
      const metrics = await (await fetch(`${mock.url}/_mock/metrics`)).text();
      expect(metrics).toContain(
        `license_mock_shadowed_total{vendor="ibl",outcome="dropped"} ${dropped.length}`,
      );
      await sleep(1_000);
      const failed = (await entriesOf(mock)).find(({ live }) => live?.outcome === 'failed');
      expect(failed?.live?.reason).toContain('did not answer within 700 ms');
    },
    60_000,
  );

  it('gets the same answer from a vendor that is down', async () => {
    const { vendor, mock } = await openShadow(answerPage);
    await vendor.stop();
    expect((await listLicenses(mock.url)).status).toBe(200);
    expect(await settled(mock)).toMatchObject([
      { status: 200, live: { outcome: 'failed', reason: expect.stringContaining('ECONNREFUSED') } },
    ]);
  });
});

describe('the journal', () => {
  it('finds what drifts, tells its followers, and shows no secret', async () => {
    const { mock } = await openShadow((_request, response) => {
      const body = { count: 0, next_page: null, previous_page: null, results: [] };
      response
        .writeHead(200, {
          'content-type': 'text/json; token=hunter2',
          'set-cookie': 'session=hunter2',
        })
        .end(JSON.stringify({ ...body, access_token: 'hunter2' }));
    });
    const { events, waitFor, close } = await readEvents(
      `${mock.url}/_mock/sandboxes/default/journal/stream`,
    );
    await listLicenses(mock.url);
    await waitFor(2);
    close();
    expect(events.map(({ event }) => event)).toEqual(['entry', 'amended']);
    const { body } = await control(mock.url, 'GET /sandboxes/default/journal?drift=true');
    expect(body['total']).toBe(1);
    const [entry] = body['entries'] as JournalEntry[];
    expect(entry?.drift?.map(({ path }) => path)).toContain('body.access_token');
    expect(JSON.stringify(body) + JSON.stringify(events)).not.toContain('hunter2');
  });
});
