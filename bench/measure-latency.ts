/** How long creates take at half of the load that each server can bear, beside WireMock and Prism. */
import { median, runRounds } from './load/rounds.ts';
import { runAtRate } from './load/run-load.ts';
import { startPeer, type Started } from './load/start-peer.ts';
import type { Pace } from './measure-own.ts';
import { ours } from './peers/ours.ts';
import { otherPeers } from './peers/others.ts';
import { readAnswers } from './peers/read-answers.ts';
import { table } from './report.ts';

const COMPARED = new Set(['Prism CLI', 'WireMock']);

export async function measureLatency(pace: Pace): Promise<string> {
  const own = await startPeer(ours('license-mock', { stored: 20 }));
  const started: Started[] = [own];
  try {
    const { page, license } = await readAnswers(own.url);
    for (const peer of otherPeers(page, license)) {
      if (COMPARED.has(peer.name)) started.push(await startPeer(peer));
    }
    const runners = started.map(({ peer, url }) => ({ name: peer.name, url, call: peer.create }));
    const most = await runRounds(runners, pace);
    const measured = runners.map((runner, i) => ({
      ...runner,
      half: Math.round(median(most[i]?.rates ?? []) / 2),
      p50s: [] as number[],
      p99s: [] as number[],
    }));
    for (let round = 0; round < pace.rounds; round++) {
      for (const { url, call, half, p50s, p99s } of measured) {
        const { p50Ms, p99Ms } = await runAtRate(url, call, half, pace.seconds);
        p50s.push(p50Ms);
        p99s.push(p99Ms);
      }
    }
    return [
      '## Latency',
      '',
      'Creates at half of the most that each server bears, at even intervals whatever the server does. Each counts from when it is due, so that waiting for a free connection is in it.',
      '',
      table(
        ['server', 'half of its most, 1/s', 'p50, ms', 'p99, ms'],
        measured.map(({ name, half, p50s, p99s }) => [
          name,
          half.toLocaleString('en'),
          median(p50s).toFixed(2),
          median(p99s).toFixed(2),
        ]),
      ),
    ].join('\n');
  } finally {
    for (const each of started) await each.stop();
  }
}
