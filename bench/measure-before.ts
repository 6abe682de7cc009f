/** license-mock beside an earlier commit of itself, in turns: `npm run bench -- --only before --before 832cbfa`. */
import type { Checkout } from './load/checkout.ts';
import { pair, type Pace } from './measure-own.ts';
import { ours } from './peers/ours.ts';
import { addLicense, addLicenseInXml, create, createTi, list, type Call } from './peers/peer.ts';
import { table } from './report.ts';

const CALLS: readonly (readonly [string, Call])[] = [
  ['ibl create', create],
  ['ibl list of 20', list],
  ['Thought Industries create', createTi],
  ['Alice create, JSON', addLicense],
  ['Alice create, XML', addLicenseInXml],
];

export async function measureBefore({ commit, folder }: Checkout, pace: Pace): Promise<string> {
  const pairs = [];
  for (const [what, call] of CALLS) {
    pairs.push(
      await pair(`${what}, now ÷ ${commit}`, 1, pace, [
        { peer: ours('now', { stored: 20 }), call },
        { peer: ours(commit, { stored: 20, checkout: folder }), call },
      ]),
    );
  }
  return [
    `## Beside ${commit}`,
    '',
    table(
      ['what', 'now, 1/s', `${commit}, 1/s`],
      pairs.map(({ row }) => row),
    ),
    ...pairs.map(({ held }) => held),
    '',
  ].join('\n');
}
