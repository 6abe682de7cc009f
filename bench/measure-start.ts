/** How long it takes to start, and the first answer, beside an earlier commit and in turns with it. */
import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Checkout } from './load/checkout.ts';
import type { InProcess } from './load/in-process.ts';
import { median } from './load/rounds.ts';
import { startByNpm } from './load/start-by-npm.ts';
import { createTi } from './peers/peer.ts';
import { table, verdictAtMost } from './report.ts';

const run = promisify(execFile);
const TIMES = 7;
const root = path.join(import.meta.dirname, '..');
/** What the server does after it is ready, and before anybody asks, is not counted. */
const QUIET_MS = 1_000;

type ByNpm = { readonly npmStartMs: number; readonly firstTiAnswerMs: number };
type Measured = InProcess & ByNpm;

export async function measureStart(before: Checkout): Promise<string> {
  const folders = [root, before.folder];
  for (const folder of folders) execFileSync('npm', ['run', '--silent', 'build'], { cwd: folder });
  const all = folders.map((): Measured[] => []);
  for (let round = -1; round < TIMES; round++) {
    for (const [i, folder] of folders.entries()) {
      const measured = { ...(await timeStart(folder)), ...(await timeInProcess(folder)) };
      // The first round fills the caches of the disk, and Node's cache of compiled code. It also has `fetch` loaded and
      // run, so that the client's own first use is not in the first answer; the new connection is.
      if (round >= 0) all[i]?.push(measured);
    }
  }
  const [now = [], then = []] = all;
  const ratios = now.map((each, i) => each.npmStartMs / (then[i]?.npmStartMs ?? Number.NaN));
  const row = (what: string, name: keyof Measured): string[] => [
    what,
    `${Math.round(of(now, name))} ms`,
    `${Math.round(of(then, name))} ms`,
  ];
  return [
    '## Start',
    '',
    `Medians of ${TIMES} new processes.`,
    '',
    table(
      ['what', 'now', before.commit],
      [
        row('`npm start` until it is ready, a new data folder', 'npmStartMs'),
        row('first Thought Industries answer, a second later', 'firstTiAnswerMs'),
        row('import of the package', 'importMs'),
        row('first `startLicenseMock()` of a process', 'firstStartMs'),
        row('its first control call', 'firstControlCallMs'),
        row('second `startLicenseMock()`', 'secondStartMs'),
      ],
    ),
    verdictAtMost(`\`npm start\`, now ÷ ${before.commit}`, median(ratios), 0.6),
    verdictAtMost('first `startLicenseMock()`, ms', of(now, 'firstStartMs'), 150),
    verdictAtMost('first Thought Industries answer, ms', of(now, 'firstTiAnswerMs'), 100),
    verdictAtMost('second `startLicenseMock()`, ms', of(now, 'secondStartMs'), 30),
    '',
  ].join('\n');
}

function of(list: readonly Measured[], name: keyof Measured): number {
  return median(list.map((each) => each[name]));
}

async function timeInProcess(folder: string): Promise<InProcess> {
  const script = path.join(import.meta.dirname, 'load/in-process.ts');
  const { stdout } = await run(process.execPath, [script, folder], { cwd: folder });
  return JSON.parse(stdout) as InProcess;
}

async function timeStart(folder: string): Promise<ByNpm> {
  const server = await startByNpm(folder);
  try {
    await sleep(QUIET_MS);
    const { path: to, method, headers, body = '' } = createTi;
    const started = performance.now();
    const answer = await fetch(server.url + to, { method, headers, body });
    const text = await answer.text();
    const firstTiAnswerMs = performance.now() - started;
    if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
    return { npmStartMs: server.tookMs, firstTiAnswerMs };
  } finally {
    await server.stop();
  }
}
