/** license-mock beside itself: what more records, the journal and many sandboxes cost. */
import { ratio, runRounds } from './load/rounds.ts';
import { hasWrk } from './load/run-load.ts';
import { startPeer } from './load/start-peer.ts';
import { ours } from './peers/ours.ts';
import { create, list, type Call, type Peer } from './peers/peer.ts';
import { rate, table, verdict } from './report.ts';

export type Pace = { readonly rounds: number; readonly seconds: number };
type Contender = { readonly peer: Peer; readonly call: Call };

const MANY = 100_000;

export async function measureOwn(pace: Pace): Promise<string> {
  const thousand = ours('1,000 stored', { stored: 1_000 });
  const many = ours('100,000 stored', { stored: MANY });
  const pairs = [
    await pair('list, 100,000 ÷ 1,000 stored', 0.7, pace, [
      { peer: many, call: list },
      { peer: thousand, call: list },
    ]),
    await pair('create, 100,000 ÷ 10 stored', 0.8, pace, [
      { peer: many, call: create },
      { peer: ours('10 stored', { stored: 10 }), call: create },
    ]),
    await pair('create, journal on ÷ off', 0.95, pace, [
      { peer: ours('journal on'), call: create },
      { peer: ours('journal off', { options: ['--journal-size', '0'] }), call: create },
    ]),
    ...(hasWrk
      ? [
          await pair('create, 100 sandboxes ÷ one', 0.9, pace, [
            { peer: ours('100 sandboxes'), call: { ...create, sandboxes: 100 } },
            { peer: ours('one sandbox'), call: { ...create, sandboxes: 1 } },
          ]),
        ]
      : []),
  ];
  return [
    '## Beside itself',
    '',
    table(
      ['what', 'first, 1/s', 'second, 1/s'],
      pairs.map(({ row }) => row),
    ),
    ...pairs.map(({ held }) => held),
    ...(hasWrk ? [] : ['- create, 100 sandboxes ÷ one: not measured, there is no wrk']),
    '',
  ].join('\n');
}

type Pair = { readonly row: readonly string[]; readonly held: string };

export async function pair(
  what: string,
  bar: number,
  pace: Pace,
  contenders: readonly Contender[],
): Promise<Pair> {
  const started = [];
  try {
    for (const { peer, call } of contenders) {
      started.push({ ...(await startPeer(peer)), name: peer.name, call });
    }
    const [first, second] = await runRounds(started, pace);
    if (!first || !second) throw new Error('A pair is two.');
    return {
      row: [what, rate(first), rate(second)],
      held: verdict(what, ratio(first, second), bar),
    };
  } finally {
    for (const each of started) await each.stop();
  }
}
