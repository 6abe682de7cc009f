/** Calibrates against vendors that are other license-mocks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calibrateAgainst, probesOf, randomSettings } from '../support/calibrated-vendor.ts';
import { changeJson, startChangingProxy } from '../support/changing-proxy.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const VENDORS = ['ibl', 'thought-industries', 'alice'];
/** They create many records. The long tests have them. */
const SLOW = new Set(['IBL-PAGE-SIZE', 'TI-PAGE-SIZE', 'TI-CLIENT-LICENSES', 'ALICE-PAGE-SIZE']);
const quickProbes = (vendor: string) => {
  const probes = probesOf(vendor);
  return { ...probes, probes: probes.probes.filter(({ row }) => !SLOW.has(row)) };
};

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

it.each(VENDORS)(
  'confirms every row of %s that it probes, where the vendor is the mock',
  async (vendor) => {
    const { calibration } = await calibrateAgainst(vendor, demo.url, {
      probes: quickProbes(vendor),
      mockUrl: mock.url,
    });
    const rows = Object.entries(calibration.rows);
    const others = rows.filter(
      ([, { verdict }]) => verdict !== 'confirmed' && verdict !== 'not probed',
    );
    expect(others).toEqual([]);
    expect(rows.filter(([, { differs }]) => differs)).toEqual([]);
    expect(calibration.sentences).toEqual([]);
  },
  120_000,
);

const seed = Number(process.env['CALIBRATION_SEED'] ?? Date.now() % 1_000_000);

it.each(VENDORS)(
  `finds random choices of %s (CALIBRATION_SEED=${seed})`,
  async (vendor) => {
    const probes = quickProbes(vendor);
    const settings = randomSettings(vendor, seed);
    const live = await startTestServer({ scenario: 'demo', settings });
    try {
      const { calibration } = await calibrateAgainst(vendor, live.url, {
        probes,
        mockUrl: mock.url,
      });
      for (const { row, steps } of probes.probes) {
        const choice = settings[row];
        if (!steps || choice === undefined) continue;
        const found = calibration.rows[row];
        const told = found?.verdict === 'cannot be told apart' ? found.alike : [found?.choice];
        expect(told, `${row} is ${choice}: ${JSON.stringify(found)}`).toContain(choice);
      }
      const wrong = Object.entries(calibration.rows).filter(
        ([, { verdict }]) => verdict === 'none fits',
      );
      expect(wrong).toEqual([]);
    } finally {
      await live.stop();
    }
  },
  120_000,
);

it.each([
  { vendor: 'ibl', settings: { 'IBL-PAGE-LINKS': 'drf' } },
  { vendor: 'thought-industries', settings: { 'TI-ENVELOPE': 'unwrapped' } },
])(
  'without writes, the answers to other probes of $vendor show $settings',
  async ({ vendor, settings }) => {
    const live = await startTestServer({ scenario: 'demo', settings });
    try {
      const { calibration } = await calibrateAgainst(vendor, live.url, {
        mockUrl: mock.url,
        allowWrites: false,
      });
      const [[row, choice] = ['', '']] = Object.entries(settings);
      expect(calibration.rows[row]).toMatchObject({ verdict: 'another choice fits', choice });
      expect(calibration.settings).toMatchObject(settings);
      const rows = Object.entries(calibration.rows);
      expect(rows.filter(([, { verdict }]) => verdict === 'none fits')).toEqual([]);
    } finally {
      await live.stop();
    }
  },
  120_000,
);

it('knows a vendor again whose gateway answers for another host', async () => {
  const proxy = await startChangingProxy(demo.url, (answer) => {
    answer.body = answer.body.replaceAll(demo.url, 'http://inner.example');
    answer.body = answer.body.replaceAll(proxyUrl(), 'http://inner.example');
  });
  const proxyUrl = () => proxy.url;
  try {
    const { calibration } = await calibrateAgainst('ibl', proxy.url, {
      probes: quickProbes('ibl'),
      mockUrl: mock.url,
    });
    const rows = Object.entries(calibration.rows);
    expect(rows.filter(([, { verdict }]) => verdict === 'none fits')).toEqual([]);
  } finally {
    await proxy.stop();
  }
}, 120_000);

it.each(VENDORS)(
  'judges nothing of %s with credentials that do not work',
  async (vendor) => {
    const { calibration, stopped } = await calibrateAgainst(vendor, demo.url, {
      mockUrl: mock.url,
      allowWrites: false,
      headers: { authorization: 'Api-Token nobody' },
    });
    const judged = Object.values(calibration.rows).filter(
      ({ verdict }) => verdict !== 'not probed',
    );
    // Alice's documented operations take no credentials.
    expect([judged.length > 0, stopped === undefined]).toEqual([
      vendor === 'alice',
      vendor === 'alice',
    ]);
    expect(Object.keys(calibration.settings).length > 0).toBe(vendor === 'alice');
  },
  60_000,
);

describe('every probe counts: a vendor that answers otherwise is told apart from the mock', () => {
  let counting = 0;
  it.each(VENDORS)(
    '%s',
    async (vendor) => {
      const proxy = await startChangingProxy(demo.url, (answer) => {
        answer.headers['allow'] = 'CHANGED';
        if (!answer.body.startsWith('{') || answer.status >= 300) return;
        changeJson(answer, (value) => ({ ...value, changed: true }));
      });
      try {
        const { calibration } = await calibrateAgainst(vendor, proxy.url, {
          probes: quickProbes(vendor),
          mockUrl: mock.url,
        });
        const rows = Object.entries(calibration.rows).filter(
          ([, { verdict }]) => verdict !== 'not probed',
        );
        expect(rows.filter(([, { verdict }]) => verdict !== 'none fits')).toEqual([]);
        counting += rows.length;
      } finally {
        await proxy.stop();
      }
    },
    120_000,
  );
  it('at least 80 rows have such a probe', () => {
    expect(counting).toBeGreaterThanOrEqual(80);
  });
});
