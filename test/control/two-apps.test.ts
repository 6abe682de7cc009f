/** Two apps in one process on one shared state: what is done on one is seen by the other at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAppsOnState, type Apps } from '../support/apps-on-state.ts';
import { control, sandboxUrl } from '../support/control-client.ts';
import { readEvents } from '../support/event-stream.ts';
import { allLicenses, createLicense, listLicenses } from '../support/ibl-client.ts';
import { dropSchema, freshDatabase, type TestDatabase } from '../support/postgres.ts';

describe.each([
  ['in memory', undefined],
  ['in PostgreSQL, which each opens for itself', freshDatabase],
])('two apps on one state %s', (_name, openDatabase) => {
  let apps: Apps;
  let database: TestDatabase | undefined;
  let one = '';
  let two = '';
  beforeAll(async () => {
    database = await openDatabase?.();
    apps = await startAppsOnState({ count: 2, ...(database && { database }) });
    [one = '', two = ''] = apps.urls;
  });
  afterAll(async () => {
    await apps.stop();
    if (database) await dropSchema(database);
  });

  const put = (url: string, name: string, body: object = {}) =>
    control(url, `PUT /sandboxes/${name}`, body);

  it('a sandbox that is made, started over and removed on one is so on the other', async () => {
    await put(one, 'world');
    await createLicense(sandboxUrl(one, 'world'), { external_id: 'a' });
    expect(await allLicenses(sandboxUrl(two, 'world'))).toMatchObject([{ external_id: 'a' }]);
    await control(two, 'POST /sandboxes/world/reset');
    expect(await allLicenses(sandboxUrl(one, 'world'))).toEqual([]);
    await control(two, 'DELETE /sandboxes/world');
    expect((await control(one, 'GET /sandboxes/world')).status).toBe(404);
  });

  it('the clock and the settings of a sandbox that one has used before are those that the other set', async () => {
    await put(one, 'time', { clock: '2026-01-01T00:00:00Z' });
    expect((await listLicenses(sandboxUrl(two, 'time'))).headers.get('date')).toContain('2026');
    await control(one, 'POST /sandboxes/time/clock/advance', { by: 'P1Y' });
    expect((await listLicenses(sandboxUrl(two, 'time'))).headers.get('date')).toContain('2027');
    await put(one, 'time', { settings: { 'IBL-PAGE-LINKS': 'drf' } });
    const { headers } = await listLicenses(sandboxUrl(two, 'time'));
    expect(headers.get('x-mock-ledger')).toContain('IBL-PAGE-LINKS');
    expect(await (await listLicenses(sandboxUrl(two, 'time'))).json()).toHaveProperty('next');
  });

  it('the list of sandboxes tells of one that only the other has used', async () => {
    await put(one, 'listed', { scenario: 'demo', clock: '2026-01-01T00:00:00Z' });
    const { body } = await control(two, 'GET /sandboxes');
    const listed = (body['sandboxes'] as { name: string }[]).find(({ name }) => name === 'listed');
    const now: unknown = expect.stringMatching(/^2026-01-01T/);
    expect(listed).toMatchObject({ scenario: 'demo', clock: { now } });
  });

  it('an override set on one acts on the other, and its calls are counted together', async () => {
    await put(one, 'rule');
    await listLicenses(sandboxUrl(two, 'rule'));
    await control(one, 'POST /sandboxes/rule/overrides', {
      when: { call: 2 },
      effect: { reply: { error: 'unavailable' } },
    });
    const statuses = [];
    for (const url of [one, two, one]) {
      statuses.push((await listLicenses(sandboxUrl(url, 'rule'))).status);
    }
    expect(statuses).toEqual([200, 503, 200]);
    await control(two, 'DELETE /sandboxes/rule/overrides');
    expect((await control(one, 'GET /sandboxes/rule/overrides')).body).toEqual({ overrides: [] });
  });

  it('a rate limit is one for both', async () => {
    await put(one, 'rate', { clock: '2026-01-01T00:00:00Z' });
    await control(two, 'POST /sandboxes/rate/overrides', {
      effect: { rateLimit: { limit: 3, windowSeconds: 60 } },
    });
    const statuses = [];
    for (const url of [one, two, one, two]) {
      statuses.push((await listLicenses(sandboxUrl(url, 'rate'))).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('a rate limit is counted while both write to the same sandboxes, however many these are', async () => {
    // More than the connections that an app has, each with writers that get in each other's way.
    const names = Array.from({ length: 25 }, (_, index) => `busy-${index}`);
    const createAll = async (count: number) =>
      Promise.all(
        names.flatMap((name) =>
          Array.from({ length: count }, async (_, index) => {
            const { status } = await createLicense(sandboxUrl(index % 2 === 0 ? one : two, name));
            return status;
          }),
        ),
      );
    await Promise.all(names.map((name) => put(one, name)));
    await createAll(6);
    await Promise.all(
      names.map((name) =>
        control(one, `POST /sandboxes/${name}/overrides`, {
          effect: { rateLimit: { limit: 6, windowSeconds: 3600 } },
        }),
      ),
    );
    const startedMs = performance.now();
    const statuses = await createAll(8);
    const counts = (status: number) => statuses.filter((each) => each === status).length;
    expect([counts(200), counts(429)]).toEqual([25 * 6, 25 * 2]);
    // Nobody waited in vain for a lock or a connection, which takes 5 s.
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it('request ids are given once, and journal and verification know what either answered', async () => {
    await put(one, 'ids');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => listLicenses(sandboxUrl(i % 2 ? one : two, 'ids'))),
    );
    const ids = answers.map(({ headers }) => headers.get('x-mock-request-id'));
    expect(new Set(ids).size).toBe(20);
    for (const url of [one, two]) {
      expect((await control(url, 'GET /sandboxes/ids/journal')).body['total']).toBe(20);
      const match = { operation: 'listProgramLicenses' };
      const held = await control(url, 'POST /sandboxes/ids/journal/verify', { match, times: 20 });
      expect(held.body).toMatchObject({ held: true, count: 20 });
    }
  });

  it('provider states of one interaction may be entered on either', async () => {
    const enter = (url: string, externalId: string) =>
      control(url, 'POST /provider-states?sandbox=pact', {
        state: `a program license with external id ${externalId} exists`,
      });
    await enter(one, 'first');
    await enter(two, 'second');
    const there = await allLicenses(sandboxUrl(one, 'pact'));
    expect(there.map((license) => license.external_id).toSorted()).toEqual(['first', 'second']);
    // A request was sent since: the next state starts afresh.
    await enter(two, 'third');
    expect(await allLicenses(sandboxUrl(one, 'pact'))).toMatchObject([{ external_id: 'third' }]);
  });

  it('a request that waits while the other starts its sandbox over is answered in the new world, and timers go on', async () => {
    await put(one, 'spin', { clock: '2020-01-01T00:00:00Z' });
    const waiting = listLicenses(sandboxUrl(one, 'spin'), '', { prefer: 'delay=PT0.3S' });
    await sleep(100);
    await put(two, 'spin', { clock: '2030-01-01T00:00:00Z' });
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 10);
    const answer = await waiting;
    clearInterval(timer);
    expect(answer.headers.get('date')).toContain('2030');
    expect(ticks).toBeGreaterThan(10);
  });

  it('first requests to a new sandbox that come to both at once make it once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        createLicense(sandboxUrl(i % 2 ? one : two, 'fresh'), { external_id: `n${i}` }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(await allLicenses(sandboxUrl(one, 'fresh'))).toHaveLength(10);
  });

  it('starts and resets on both at once leave one whole world, whose generation is its own', async () => {
    await put(one, 'turns');
    await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        i % 2 ? put(one, 'turns') : control(two, 'POST /sandboxes/turns/reset'),
      ),
    );
    await createLicense(sandboxUrl(one, 'turns'));
    expect(await allLicenses(sandboxUrl(two, 'turns'))).toHaveLength(1);
  });

  it('a verification on one knows what the other has answered, while more is on its way', async () => {
    await put(one, 'known');
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const [here, there] = i % 2 ? [one, two] : [two, one];
        await createLicense(sandboxUrl(here, 'known'), { external_id: `k-${i}` });
        const match = { operation: 'createProgramLicense', body: { external_id: `k-${i}` } };
        return control(there, 'POST /sandboxes/known/journal/verify', { match, times: 1 });
      }),
    );
    expect(answers.map(({ body }) => body['held'])).toEqual(answers.map(() => true));
  });

  it('who follows the journal on either gets each entry once, whoever answered', async () => {
    await put(one, 'followed');
    const at = '/_mock/sandboxes/followed/journal/stream';
    const readers = await Promise.all([one, two].map((url) => readEvents(url + at)));
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => listLicenses(sandboxUrl(i % 2 ? one : two, 'followed'))),
    );
    const ids = answers.map(({ headers }) => headers.get('x-mock-request-id')).toSorted();
    for (const reader of readers) {
      await reader.waitFor(ids.length);
      // One more would come now.
      await listLicenses(sandboxUrl(one, 'other'));
      expect(reader.events.map(({ id }) => id).toSorted()).toEqual(ids);
      reader.close();
    }
  });

  it('a sandbox that starts over again and again on one is whole on the other', async () => {
    const licenses = Array.from({ length: 5 }, (_, i) => ({
      platform_key: 'acme',
      program_key: 'bar',
      name: `L${i}`,
      count: 1,
      started: '2026-01-01T00:00:00Z',
    }));
    const state = { name: 'whole', ibl: { platforms: [{ key: 'acme' }], licenses } };
    await control(one, 'PUT /sandboxes/whole/state', state);
    const changes = (async () => {
      for (let i = 0; i < 10; i += 1) {
        await control(one, 'POST /sandboxes/whole/reset');
        await control(one, 'PUT /sandboxes/whole/state', state);
      }
    })();
    const end = new AbortController();
    void changes.finally(() => end.abort());
    const seen = new Set<number>();
    while (!end.signal.aborted) {
      const shown = await listLicenses(sandboxUrl(two, 'whole'), 'page_size=100');
      expect(shown.status).toBe(200);
      seen.add(((await shown.json()) as { results: unknown[] }).results.length);
    }
    await changes;
    expect([...seen].filter((count) => count !== 0 && count !== 5)).toEqual([]);
  });
});
