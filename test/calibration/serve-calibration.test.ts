/** A mock with the calibration of a vendor answers as that vendor does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findMoves } from '../../src/calibration/find-moves.ts';
import type { Calibration } from '../../src/ledger/calibration.ts';
import { renderYaml } from '../../src/yaml/render-yaml.ts';
import { calibrateAgainst, probesOf } from '../support/calibrated-vendor.ts';
import { startChangingProxy } from '../support/changing-proxy.ts';
import { control } from '../support/control-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'calibration-'));
const file = path.join(folder, 'calibration.yaml');
const probes = {
  ...probesOf('ibl'),
  probes: probesOf('ibl').probes.filter(({ row }) => row !== 'IBL-PAGE-SIZE'),
};

let calibration: Calibration;
let plain: TestServer;
let calibrated: TestServer;
beforeAll(async () => {
  plain = await startTestServer();
  const settings = { 'IBL-PAGE-LINKS': 'drf', 'IBL-CHECK-NOT-FOUND': 'empty' };
  const vendor = await startTestServer({ scenario: 'demo', settings });
  const proxy = await startChangingProxy(vendor.url, (answer) => {
    answer.body = answer.body
      .replace('Either license_id or external_id is required.', 'Name the license.')
      .replace(/"Invalid token\."/, '"Who are you?"');
  });
  ({ calibration } = await calibrateAgainst('ibl', proxy.url, { probes, mockUrl: plain.url }));
  await proxy.stop();
  await vendor.stop();
  writeFileSync(file, renderYaml(calibration));
  calibrated = await startTestServer({ options: { calibration: file } });
}, 120_000);
afterAll(async () => {
  await calibrated.stop();
  await plain.stop();
  rmSync(folder, { recursive: true });
});

const update = (url: string) =>
  fetch(`${url}/api/catalog/licenses/program/update/`, {
    method: 'POST',
    headers: { authorization: 'Api-Token dm-admin', 'content-type': 'application/json' },
    body: '{}',
  });

it('differs from the vendor in nothing that was probed', async () => {
  const { calibration: again } = await calibrateAgainst('ibl', calibrated.url, {
    probes,
    mockUrl: plain.url,
  });
  expect(findMoves(calibration, again).filter(({ state }) => state === 'moved')).toEqual([]);
}, 120_000);

it('switches the settings that were found, and speaks the words that were heard', async () => {
  const list = await fetch(`${calibrated.url}/api/catalog/licenses/program/`, {
    headers: { authorization: 'Api-Token dm-admin' },
  });
  expect(await list.json()).toHaveProperty('next');
  expect(list.headers.get('x-mock-calibration')).toBe(calibration.date);
  const refused = await update(calibrated.url);
  expect(await refused.json()).toEqual({ non_field_errors: ['Name the license.'] });
  const own = await update(plain.url);
  expect(own.headers.get('x-mock-calibration')).toBeNull();
});

it('lets a setting that the user makes win', async () => {
  const settings = { 'IBL-PAGE-LINKS': 'integers' };
  const mock = await startTestServer({ settings, options: { calibration: file } });
  const answer = await control(mock.url, 'GET /sandboxes/default');
  expect(answer.body).toMatchObject({ settings: { ...settings, 'IBL-CHECK-NOT-FOUND': 'empty' } });
  const { body } = await control(mock.url, 'GET /ledger');
  const { rows } = body as { rows: { id: string; evidence: string }[] };
  const evidenceOf = (id: string) => rows.find((row) => row.id === id)?.evidence;
  // The vendor was seen to do something else.
  expect(evidenceOf('IBL-PAGE-LINKS')).toBe('documented');
  expect(evidenceOf('IBL-CHECK-NOT-FOUND')).toBe('observed');
  await mock.stop();
});

it('shows the rows as observed, with the date of the calibration', async () => {
  const { body } = await control(calibrated.url, 'GET /ledger');
  const { rows } = body as { rows: { id: string; evidence: string; date: string }[] };
  const find = (id: string) => rows.find((row) => row.id === id);
  const observed = { evidence: 'observed', date: calibration.date };
  expect(find('IBL-PAGE-LINKS')).toMatchObject({ ...observed, choice: 'drf' });
  expect(find('IBL-NO-SEAT')).toMatchObject(observed);
  // Not probed, and of another vendor.
  expect(find('IBL-HISTORY')).toMatchObject({ evidence: 'assumed' });
  expect(find('TI-ORDER')).toMatchObject({ evidence: 'assumed' });
});

it('tells what it was calibrated with', async () => {
  expect((await control(calibrated.url, 'GET /calibration')).body).toEqual({
    calibrations: [calibration],
  });
  expect((await control(plain.url, 'GET /calibration')).body).toEqual({ calibrations: [] });
});

it.each([
  { what: 'a scenario', text: 'name: mine\n', says: /other:1 .*vendor/ },
  {
    what: 'a row that does not exist',
    text: renderYaml({
      vendor: 'ibl',
      date: '2026-11-26',
      versions: {},
      settings: {},
      rows: { 'NO-SUCH-ROW': { verdict: 'confirmed' } },
      sentences: [],
      left: [],
    }),
    says: /NO-SUCH-ROW is not a ledger row of ibl/,
  },
])('does not start with $what', async ({ text, says }) => {
  const other = path.join(folder, 'other');
  writeFileSync(other, text);
  await expect(startTestServer({ options: { calibration: other } })).rejects.toThrow(says);
});
