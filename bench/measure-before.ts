/** license-mock beside an earlier commit of itself, in turns: `npm run bench -- --only before --before 832cbfa`. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pair, type Pace } from './measure-own.ts';
import { ours } from './peers/ours.ts';
import { addLicense, create, createTi, list, type Call } from './peers/peer.ts';
import { table } from './report.ts';

const root = path.join(import.meta.dirname, '..');
const CALLS: readonly (readonly [string, Call])[] = [
  ['ibl create', create],
  ['ibl list of 20', list],
  ['Thought Industries create', createTi],
  ['Alice create', addLicense],
];

export async function measureBefore(commit: string, pace: Pace): Promise<string> {
  const checkout = path.join(mkdtempSync(path.join(tmpdir(), 'license-mock-before-')), commit);
  execFileSync('git', ['worktree', 'add', '--detach', checkout, commit], { cwd: root });
  try {
    symlinkSync(path.join(root, 'node_modules'), path.join(checkout, 'node_modules'));
    const pairs = [];
    for (const [what, call] of CALLS) {
      pairs.push(
        await pair(`${what}, now ÷ ${commit}`, 1, pace, [
          { peer: ours('now', { stored: 20 }), call },
          { peer: ours(commit, { stored: 20, checkout }), call },
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
  } finally {
    execFileSync('git', ['worktree', 'remove', '--force', checkout], { cwd: root });
  }
}
