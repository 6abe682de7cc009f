/** How long it takes to start, and the first answer, beside an earlier commit and in turns with it. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Checkout } from './load/checkout.ts';
import type { InProcess } from './load/in-process.ts';
import { median } from './load/rounds.ts';
import { table, verdictAtMost } from './report.ts';

const run = promisify(execFile);
const TIMES = 7;
const root = path.join(import.meta.dirname, '..');
const START = ['start', '--', '--port', '0', '--log-level', 'silent', '--data'];

type Measured = InProcess & { readonly npmStartMs: number };

export async function measureStart(before: Checkout): Promise<string> {
  const folders = [root, before.folder];
  const all = folders.map((): Measured[] => []);
  for (let round = -1; round < TIMES; round++) {
    for (const [i, folder] of folders.entries()) {
      const measured = { npmStartMs: await timeStart(folder), ...(await timeInProcess(folder)) };
      // The first round fills the caches of the disk, and Node's cache of compiled code.
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
        row('import of the package', 'importMs'),
        row('first `startLicenseMock()` of a process', 'firstStartMs'),
        row('first Thought Industries answer after it', 'firstTiAnswerMs'),
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

async function timeStart(folder: string): Promise<number> {
  const data = mkdtempSync(path.join(tmpdir(), 'license-mock-start-'));
  const started = performance.now();
  const child = spawn('npm', [...START, data], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = once(child, 'close');
  for await (const chunk of child.stdout) {
    if (String(chunk).includes('ready at')) break;
  }
  const took = performance.now() - started;
  // npm stands between: the signal goes to its whole group.
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  await closed;
  rmSync(data, { recursive: true, force: true });
  return took;
}
