/** Each choice of each row that can be switched and probed, where nothing else hides it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { calibrateAgainst, headersOf, ledger, probesOf } from '../support/calibrated-vendor.ts';
import { control } from '../support/control-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let mock: TestServer;
let demo: TestServer;
beforeAll(async () => {
  mock = await startTestServer();
  demo = await startTestServer({ scenario: 'demo' });
});
afterAll(async () => {
  await mock.stop();
  await demo.stop();
});

it.each(['ibl', 'thought-industries', 'alice'])(
  'names each choice of each row of %s, where nothing else is switched',
  async (vendor) => {
    const { probes, ...rest } = probesOf(vendor);
    const switched = probes.flatMap(({ row, steps }) => {
      const choices = ledger.rows.find(({ id }) => id === row)?.choices ?? [];
      return steps ? choices.map(({ id }) => ({ row, choice: id })) : [];
    });
    const found: typeof switched = [];
    for (const { row, choice } of switched) {
      const sandbox = `${row}-${choice}`.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-');
      await control(demo.url, `PUT /sandboxes/${sandbox}`, { settings: { [row]: choice } });
      const { calibration } = await calibrateAgainst(vendor, demo.url, {
        probes: { ...rest, probes: probes.filter((each) => each.row === row) },
        headers: { ...headersOf(vendor), 'x-mock-sandbox': sandbox },
        mockUrl: mock.url,
      });
      found.push({ row, choice: calibration.settings[row] ?? 'none' });
    }
    expect(found).toEqual(switched);
  },
  120_000,
);
