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

/** Rows that were told apart in one of the runs. */
const told = new Set<string>();

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
        const isTold = found?.verdict !== 'cannot be told apart';
        if (isTold) told.add(row);
        expect(
          isTold ? [found?.choice] : found.alike,
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

it('told each row that can be switched and probed apart in one of them', () => {
  const switched = VENDORS.flatMap((vendor) => {
    const settings = randomSettings(vendor, first);
    return probesOf(vendor).probes.filter(({ row, steps }) => steps && settings[row] !== undefined);
  });
  expect(switched.map(({ row }) => row).filter((row) => !told.has(row))).toEqual([]);
});
