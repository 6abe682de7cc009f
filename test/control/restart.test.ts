/** What a restart of the server keeps of its sandboxes. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { testFolder } from '../support/folder.ts';
import { allLicenses, createLicense, listLicenses } from '../support/ibl-client.ts';
import { startTestServer } from '../support/server.ts';

const folder = testFolder();

it('a restart keeps records, clock, seed, settings, overrides and snapshots, not the journal', async () => {
  const data = path.join(folder, 'kept');
  const first = await startTestServer({ data });
  await control(first.url, 'PUT /sandboxes/a', {
    scenario: 'demo',
    seed: 4,
    profile: 'strict',
    clock: '2026-01-01T00:00:00Z',
    settings: { 'IBL-PAGE-SIZE': 7 },
  });
  await control(first.url, 'PUT /sandboxes/a/snapshots/start');
  await control(first.url, 'POST /sandboxes/a/clock/advance', { by: 'P1M' });
  await control(first.url, 'POST /sandboxes/a/overrides', {
    operation: 'createProgramLicense',
    when: { call: 2 },
    effect: { reply: { error: 'unavailable' } },
  });
  await control(first.url, 'PUT /sandboxes/beside', {});
  await control(first.url, 'PUT /sandboxes/beside/clock', {
    mode: 'running',
    now: '2040-01-01T00:00:00Z',
  });
  const url = (base: string) => sandboxUrl(base, 'a');
  const program = { program_key: 'program-v1:acme+bar-exam+2026' };
  expect((await createLicense(url(first.url), program)).status).toBe(200);
  const before = await control(first.url, 'GET /sandboxes/a');
  const list = (await (await listLicenses(url(first.url))).text()).replaceAll(first.url, '');
  await first.stop();

  const second = await startTestServer({ data });
  expect((await control(second.url, 'GET /sandboxes')).body['sandboxes']).toMatchObject([
    { name: 'a', scenario: null, clock: null },
    { name: 'beside', scenario: null },
    { name: 'default', scenario: 'empty' },
  ]);
  const after = await control(second.url, 'GET /sandboxes/a');
  expect(after.text.replaceAll(second.url, '')).toBe(before.text.replaceAll(first.url, ''));
  expect((await control(second.url, 'GET /sandboxes/a/journal')).body).toMatchObject({ total: 0 });
  const again = (await (await listLicenses(url(second.url))).text()).replaceAll(second.url, '');
  expect(again).toBe(list);
  expect(String((await control(second.url, 'GET /sandboxes/beside/clock')).body['now'])).toMatch(
    /^2040-01-01T00:0/,
  );
  // The second call since the override was set: the first was before the restart.
  expect((await createLicense(url(second.url), program)).status).toBe(503);
  const restored = await control(second.url, 'POST /sandboxes/a/snapshots/start/restore');
  expect(restored.body).toMatchObject({
    clock: { now: '2026-01-01T00:00:00.000Z' },
    records: { 'ibl.program-licenses': 42 },
    settings: { 'IBL-PAGE-SIZE': '7' },
    profile: 'strict',
  });
  const reset = await control(second.url, 'POST /sandboxes/a/reset');
  expect(reset.body).toMatchObject({ scenario: 'demo', seed: 4, profile: 'strict' });
  await second.stop();
});

it('a sandbox that is removed does not come back', async () => {
  const data = path.join(folder, 'removed');
  const first = await startTestServer({ data });
  await createLicense(sandboxUrl(first.url, 'gone'));
  await control(first.url, 'DELETE /sandboxes/gone');
  await first.stop();
  const second = await startTestServer({ data });
  expect((await control(second.url, 'GET /sandboxes')).text).not.toContain('gone');
  await second.stop();
});

it('idle sandboxes beyond --max-sandboxes are unloaded, and are whole when they are used again', async () => {
  const data = path.join(folder, 'idle');
  const server = await startTestServer({ data, options: { 'max-sandboxes': '3' } });
  const names = Array.from({ length: 8 }, (_, i) => `s${i}`);
  for (const name of names) {
    await control(server.url, `PUT /sandboxes/${name}`, { clock: '2026-01-01T00:00:00Z' });
    await createLicense(sandboxUrl(server.url, name), { external_id: name });
  }
  const { body } = await control(server.url, 'GET /sandboxes');
  const listed = body['sandboxes'] as { name: string; scenario: string | null }[];
  expect(listed).toHaveLength(9);
  expect(listed.filter(({ scenario }) => scenario !== null)).toHaveLength(3);
  const found = await Promise.all(names.map((name) => allLicenses(sandboxUrl(server.url, name))));
  expect(found.map((licenses) => licenses.map((each) => each.external_id))).toEqual(
    names.map((name) => [name]),
  );
  await server.stop();
});
