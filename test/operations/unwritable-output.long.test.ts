/** Commands whose output cannot be written end as they would have ended. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { openPipe, type Pipe } from '../support/pipe.ts';
import {
  runCommand,
  startServerProcess,
  type Output,
  type ServerProcess,
} from '../support/process.ts';
import { freePort } from '../../bench/load/free-port.ts';

const folder = testFolder();
const main = path.join(import.meta.dirname, '../../src/cli/main.js');
const broken = path.join(folder, 'broken.yaml');
const fullDisk = openSync('/dev/full', 'w');
let closedPipe: Pipe;
let server: ServerProcess;
beforeAll(async () => {
  writeFileSync(broken, 'scenario: []\n');
  closedPipe = openPipe(folder, 'closed');
  closedPipe.closeReader();
  server = await startServerProcess(['--data', 'memory']);
});
afterAll(async () => {
  await server.end('SIGTERM');
  closedPipe.close();
});

const commands: readonly [command: string, code: number][] = [
  ['--help', 0],
  ['verify --only below', 0],
  ['verify --only no-such-title', 1],
  ['check scenarios', 0],
  ['check broken.yaml', 1],
  ['scenario states', 0],
  ['sandbox list', 0],
  ['sandbox export default', 0],
  ['sandbox nonsense', 2],
];

describe.each(commands)('license-mock %s', (command, expected) => {
  const run = (output: Output) =>
    runCommand(
      command.split(' ').map((word) => (word === 'broken.yaml' ? broken : word)),
      { ...output, environment: { LICENSE_MOCK_URL: server.url } },
    );

  it(`ends with ${expected} where nobody reads its output any more, without a word of it`, async () => {
    const { code, stderr } = await run({ stdout: closedPipe.writeEnd });
    expect(code).toBe(expected);
    expect(stderr).not.toMatch(/EPIPE|incomplete|^ +at /m);
  });

  it(`ends with ${expected} where its output has no space, and says so without a stack`, async () => {
    const { code, stderr } = await run({ stdout: fullDisk });
    expect(code).toBe(expected);
    expect(stderr).not.toMatch(/^ +at /m);
    const said = expected === 2 ? 'nonsense' : 'standard output is incomplete: ENOSPC';
    expect(stderr).toContain(said);
  });
});

it.each(['full', 'closed'])(
  'Errors that cannot be written (%s) change no exit code',
  async (how) => {
    const stderr = how === 'full' ? fullDisk : closedPipe.writeEnd;
    for (const args of [['sandbox', 'nonsense'], ['nonsense'], ['sandbox']]) {
      expect(await runCommand(args, { stdout: stderr, stderr })).toMatchObject({ code: 2 });
    }
  },
);

describe('license-mock serve', () => {
  it.each(['full', 'closed'] as const)('serves where its output is %s', async (output) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const stdout = output === 'full' ? fullDisk : closedPipe.writeEnd;
    const args = ['serve', '--port', String(port), '--data', 'memory', '--scenario', 'empty'];
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', stdout, 'pipe'] });
    const closed = once(child, 'close');
    let stderr = '';
    child.stderr?.on('data', (chunk) => void (stderr += String(chunk)));
    const ready = () => fetch(`${url}/_mock/ready`).then(({ status }) => status, String);
    await expect.poll(ready, { timeout: 10_000 }).toBe(200);
    child.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
    expect(stderr).toContain('Stopping on SIGTERM');
    expect(stderr).not.toContain('    at ');
  });
});
