/** Requests that are on their way while their sandbox starts over, goes back, or goes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { testFolder } from '../support/folder.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const folder = testFolder();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const put = (name: string, body: object = {}) =>
  control(server.url, `PUT /sandboxes/${name}`, body);
const override = (name: string, rule: object) =>
  control(server.url, `POST /sandboxes/${name}/overrides`, rule);
const journalOf = async (name: string, url = server.url) => {
  const { body } = await control(url, `GET /sandboxes/${name}/journal`);
  return body['entries'] as { id: string; status: number }[];
};
const waits = { prefer: 'delay=PT0.5S' };

it('a request that an override holds when its sandbox starts over is one of the new world', async () => {
  await put('over');
  await override('over', { effect: { delay: { ms: 400 }, reply: { error: 'unavailable' } } });
  const waiting = listLicenses(sandboxUrl(server.url, 'over'));
  await sleep(100);
  await put('over', { clock: '2030-01-01T00:00:00Z' });
  expect((await waiting).status).toBe(200);
  expect(await journalOf('over')).toMatchObject([{ id: 'over-1', status: 200 }]);
});

it('a request that waits when its sandbox starts over is answered, and counted, in the new world alone', async () => {
  await put('anew', { clock: '2020-01-01T00:00:00Z' });
  const waiting = listLicenses(sandboxUrl(server.url, 'anew'), '', waits);
  await sleep(100);
  await put('anew', { clock: '2030-01-01T00:00:00Z' });
  const answer = await waiting;
  expect(answer.headers.get('date')).toContain('2030');
  expect(answer.headers.get('x-mock-request-id')).toBe('anew-1');
  expect(await journalOf('anew')).toHaveLength(1);
});

it('an override counts a request once, though the sandbox goes back meanwhile', async () => {
  await put('once');
  await override('once', { when: { call: 2 }, effect: { reply: { error: 'unavailable' } } });
  await control(server.url, 'PUT /sandboxes/once/snapshots/start');
  const waiting = listLicenses(sandboxUrl(server.url, 'once'), '', waits);
  await sleep(100);
  await control(server.url, 'POST /sandboxes/once/snapshots/start/restore');
  expect((await waiting).status).toBe(200);
  const { body } = await control(server.url, 'GET /sandboxes/once/overrides');
  expect(body).toMatchObject({ overrides: [{ calls: 1, hits: 0 }] });
});

it('a request that waits when its sandbox is removed does not bring it back', async () => {
  await put('gone');
  const waiting = listLicenses(sandboxUrl(server.url, 'gone'), '', waits);
  await sleep(100);
  await control(server.url, 'DELETE /sandboxes/gone');
  expect((await waiting).status).toBe(404);
  expect((await control(server.url, 'GET /sandboxes/gone')).status).toBe(404);
});

it('a request is in the journal as soon as its client has given up', async () => {
  await put('hung');
  await override('hung', { effect: { fault: 'hang' } });
  const aborted = fetch(`${sandboxUrl(server.url, 'hung')}/api/catalog/licenses/program/`, {
    headers: { authorization: 'Api-Token dm-admin' },
    signal: AbortSignal.timeout(150),
  });
  await expect(aborted).rejects.toThrow(/timeout/i);
  await expect.poll(() => journalOf('hung')).toMatchObject([{ status: 0 }]);
});

it('a snapshot keeps how much of a rate limit is used up', async () => {
  await put('limited', { clock: '2026-01-01T00:00:00Z' });
  await override('limited', { effect: { rateLimit: { limit: 2, windowSeconds: 60 } } });
  const statuses = async (count: number) => {
    const seen = [];
    for (let i = 0; i < count; i += 1) {
      seen.push((await listLicenses(sandboxUrl(server.url, 'limited'))).status);
    }
    return seen;
  };
  expect(await statuses(1)).toEqual([200]);
  await control(server.url, 'PUT /sandboxes/limited/snapshots/one');
  expect(await statuses(2)).toEqual([200, 429]);
  await control(server.url, 'POST /sandboxes/limited/snapshots/one/restore');
  expect(await statuses(2)).toEqual([200, 429]);
});

it('an answer that was lost has no status in the journal', async () => {
  await put('lost');
  await override('lost', { effect: { fault: 'reset-after' } });
  await expect(createLicense(sandboxUrl(server.url, 'lost'))).rejects.toThrow('fetch failed');
  expect(await journalOf('lost')).toMatchObject([{ status: 0 }]);
});

it('what names no sandbox is in the journal of none', async () => {
  await put('default');
  await listLicenses(server.url, '', { 'x-mock-sandbox': 'BAD NAME' });
  expect(await journalOf('default')).toEqual([]);
});

it('a sandbox that answers is not unloaded; of one that is, no verification holds that its journal could change', async () => {
  const small = await startTestServer({ data: folder, options: { 'max-sandboxes': '2' } });
  await listLicenses(sandboxUrl(small.url, 'busy'));
  const waiting = listLicenses(sandboxUrl(small.url, 'busy'), '', waits);
  await sleep(100);
  await listLicenses(sandboxUrl(small.url, 'idle'));
  await listLicenses(sandboxUrl(small.url, 'other'));
  expect((await waiting).headers.get('x-mock-request-id')).toBe('busy-2');
  expect(await journalOf('busy', small.url)).toHaveLength(2);
  const never = { match: { vendor: 'ibl' }, never: true };
  const { status } = await control(small.url, 'POST /sandboxes/idle/journal/verify', never);
  expect(status).toBe(422);
  await small.stop();
});

it('a verification of an operation that its vendor does not have is refused', async () => {
  const match = { vendor: 'ibl', operation: 'addLicense' };
  const { status, body } = await control(server.url, 'POST /sandboxes/default/journal/verify', {
    match,
    never: true,
  });
  expect([status, body['pointer']]).toEqual([422, '#/match/operation']);
});
