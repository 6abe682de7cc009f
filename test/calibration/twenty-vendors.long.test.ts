/** Twenty vendors with random choices, and every probe: those that create many records too. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { calibrateAgainst, probesOf, randomSettings } from '../support/calibrated-vendor.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const VENDORS = ['ibl', 'alice', 'thought-industries'];
const first = Number(process.env['CALIBRATION_SEED'] ?? Date.now() % 1_000_000);
const cases = Array.from({ length: 20 }, (_, index) => ({
  vendor: VENDORS[index % VENDORS.length] ?? '',
  seed: first + index,
}));

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
    } finally {
      await live.stop();
    }
  },
  300_000,
);
