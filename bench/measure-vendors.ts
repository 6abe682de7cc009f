/** The three vendors' ways to make a license, beside each other on one server. */
import { ratio, runRounds } from './load/rounds.ts';
import { startPeer, type Started } from './load/start-peer.ts';
import type { Pace } from './measure-own.ts';
import { ours } from './peers/ours.ts';
import { addLicense, addLicenseInXml, create, createTi } from './peers/peer.ts';
import { rate, table, verdict } from './report.ts';

/** `sign`: stands in the answer only if a license was made. Alice answers 200 also if it refuses. */
const CALLS = [
  { name: 'ibl create', call: create, sign: '"platform_key"', bar: 1 },
  { name: 'Thought Industries create', call: createTi, sign: '"CreateLicense"', bar: 0.4 },
  { name: 'Alice create, JSON', call: addLicense, sign: '"errors":[]', bar: 0.9 },
  { name: 'Alice create, XML', call: addLicenseInXml, sign: '<errors />', bar: 0.8 },
];

export async function measureVendors(pace: Pace): Promise<string> {
  const server = await startPeer(ours('vendors', { stored: 20 }));
  try {
    for (const each of CALLS) await checkSuccess(server, each);
    const runners = CALLS.map(({ name, call }) => ({ name, url: server.url, call }));
    const [ibl, ...others] = await runRounds(runners, pace);
    if (!ibl) throw new Error('Nothing was measured.');
    const bars = CALLS.slice(1).map(({ bar }) => bar);
    return [
      '## The vendors',
      '',
      table(
        ['what', '1/s'],
        [ibl, ...others].map((series) => [series.name, rate(series)]),
      ),
      ...others.map((series, i) =>
        verdict(`${series.name} ÷ ${ibl.name}`, ratio(series, ibl), bars[i] ?? Number.NaN),
      ),
      '',
    ].join('\n');
  } finally {
    await server.stop();
  }
}

async function checkSuccess(
  { url }: Started,
  { name, call, sign }: (typeof CALLS)[number],
): Promise<void> {
  const { path, method, headers, body = '' } = call;
  const answer = await fetch(url + path, { method, headers, body });
  const text = await answer.text();
  if (answer.status !== 200 || !text.includes(sign)) {
    throw new Error(`${name} was refused: ${answer.status} ${text}`);
  }
}
