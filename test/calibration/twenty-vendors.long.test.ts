/**
 * Twenty vendors with random choices, and every probe: those that create many records too. Each choice is found, and a
 * mock with the calibration then answers every probe as the vendor does. CALIBRATION_SEED repeats a run.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Calibration } from '../../src/ledger/calibration.ts';
import { renderYaml } from '../../src/yaml/render-yaml.ts';
import {
  calibrateAgainst,
  compareVendors,
  probesOf,
  randomSettings,
} from '../support/calibrated-vendor.ts';
import { testFolder } from '../support/folder.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const VENDORS = ['ibl', 'alice', 'thought-industries'];
const first = Number(process.env['CALIBRATION_SEED'] ?? Date.now() % 1_000_000);
const cases = Array.from({ length: 20 }, (_, index) => ({
  vendor: VENDORS[index % VENDORS.length] ?? '',
  seed: first + index,
}));

const folder = testFolder();

async function expectNoDifference(vendor: string, calibration: Calibration, liveUrl: string) {
  const file = path.join(folder, 'calibration.yaml');
  writeFileSync(file, renderYaml(calibration));
  const calibrated = await startTestServer({ options: { calibration: file } });
  try {
    const { played, different } = await compareVendors(vendor, calibrated.url, liveUrl);
    expect(different).toEqual([]);
    expect(played).toBeGreaterThan(40);
  } finally {
    await calibrated.stop();
  }
}

let mock: TestServer;
beforeAll(async () => {
  mock = await startTestServer();
});
afterAll(() => mock.stop());

it.each(cases)(
  '$vendor with the seed $seed',
  async ({ vendor, seed }) => {
    const settings = randomSettings(vendor, seed);
    const live = await startTestServer({ scenario: 'demo', settings });
    try {
      const { calibration } = await calibrateAgainst(vendor, live.url, { mockUrl: mock.url });
      for (const { row, steps } of probesOf(vendor).probes) {
        const choice = settings[row];
        if (!steps || choice === undefined) continue;
        const found = calibration.rows[row];
        expect(
          found?.verdict === 'cannot be told apart' ? found.alike : [found?.choice],
          `${row} is ${choice}: ${JSON.stringify(found)}`,
        ).toContain(choice);
      }
      const rows = Object.entries(calibration.rows);
      expect(rows.filter(([, { verdict }]) => verdict === 'none fits')).toEqual([]);
      await expectNoDifference(vendor, calibration, live.url);
    } finally {
      await live.stop();
    }
  },
  300_000,
);

it.each(VENDORS)('%s: a mock that is not calibrated would be told apart', async (vendor) => {
  const live = await startTestServer({ settings: randomSettings(vendor, first) });
  try {
    const { different } = await compareVendors(vendor, mock.url, live.url);
    expect(different.length).toBeGreaterThan(0);
  } finally {
    await live.stop();
  }
});
