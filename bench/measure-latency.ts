/** How long creates take at half of the load that each server can bear, beside WireMock and Prism. */
import { runAtRate, runLoad } from './load/run-load.ts';
import { startPeer } from './load/start-peer.ts';
import type { Pace } from './measure-own.ts';
import { ours } from './peers/ours.ts';
import { otherPeers } from './peers/others.ts';
import { readAnswers } from './peers/read-answers.ts';
import { table } from './report.ts';

const COMPARED = new Set(['Prism CLI', 'WireMock']);

export async function measureLatency({ seconds }: Pace): Promise<string> {
  const own = ours('license-mock', { stored: 20 });
  const source = await startPeer(own);
  const { page, license } = await readAnswers(source.url);
  await source.stop();
  const others = otherPeers(page, license).filter(({ name }) => COMPARED.has(name));
  const rows: string[][] = [];
  for (const peer of [own, ...others]) {
    const server = await startPeer(peer);
    try {
      await runLoad(server.url, peer.create, 2 * seconds);
      const most = await runLoad(server.url, peer.create, seconds);
      const half = Math.round(most / 2);
      const { p50, p99 } = await runAtRate(server.url, peer.create, half, 2 * seconds);
      rows.push([peer.name, half.toLocaleString('en'), `${p50} ms`, `${p99} ms`]);
    } finally {
      await server.stop();
    }
  }
  return [
    '## Latency',
    '',
    'Creates at half of the most that each server bears, sent at this rate whatever the server does.',
    '',
    table(['server', 'half of its most, 1/s', 'p50', 'p99'], rows),
  ].join('\n');
}
