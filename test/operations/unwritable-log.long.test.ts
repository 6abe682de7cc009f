/** A server outlives its log: a full disk, a reader that is gone, a reader that does not read. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { openPipe } from '../support/pipe.ts';
import { startServerProcess, type ServerProcess } from '../support/process.ts';

const folder = testFolder();
/** What is logged of a path, at most. */
const LONG = 'x'.repeat(190);

async function start(stderr: number): Promise<ServerProcess> {
  const server = await startServerProcess(
    ['--data', 'memory', '--scenario', 'empty', '--journal-size', '0'],
    { stderr },
  );
  onTestFinished(() => void server.child.kill('SIGKILL'));
  return server;
}

/** Each is a line in the log. */
async function ask(url: string, times: number): Promise<void> {
  const one = async (): Promise<void> => {
    const answer = await fetch(`${url}/${LONG}`);
    expect(answer.status).toBe(404);
    await answer.arrayBuffer();
  };
  for (let left = times; left > 0; left -= 50) {
    await Promise.all(Array.from({ length: Math.min(left, 50) }, one));
  }
}

async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/_mock/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

const dropped = (url: string) => metric(url, 'license_mock_log_lines_dropped_total');

async function expectStop(server: ServerProcess): Promise<void> {
  const startedMs = performance.now();
  expect(await server.end('SIGTERM')).toBe(0);
  expect(performance.now() - startedMs).toBeLessThan(3_000);
}

describe('a log', () => {
  it('on a full disk is dropped and counted; the server answers, idles and stops', async () => {
    const server = await start(openSync('/dev/full', 'w'));
    await ask(server.url, 100);
    await expect.poll(() => dropped(server.url), { timeout: 5_000 }).toBe(100);
    const before = await metric(server.url, 'process_cpu_seconds_total');
    await sleep(1_000);
    const used = (await metric(server.url, 'process_cpu_seconds_total')) - before;
    expect(used).toBeLessThan(0.4);
    await expectStop(server);
  });

  it('whose reader is gone is dropped and counted; the server answers and stops', async () => {
    const pipe = openPipe(folder, 'gone');
    const server = await start(pipe.writeEnd);
    await ask(server.url, 1);
    await pipe.readUntil(LONG);
    pipe.closeReader();
    await ask(server.url, 100);
    await expect.poll(() => dropped(server.url), { timeout: 5_000 }).toBe(100);
    await expectStop(server);
    pipe.close();
  });

  it('that nobody reads waits up to a limit, then is dropped and counted', async () => {
    const pipe = openPipe(folder, 'unread');
    const server = await start(pipe.writeEnd);
    await ask(server.url, 6_000);
    const count = await dropped(server.url);
    expect(count).toBeGreaterThan(1_000);
    await ask(server.url, 50);
    expect(await dropped(server.url)).toBe(count + 50);
    await expectStop(server);
    pipe.close();
  });

  it('that can be written again says in one line how many lines it lacks', async () => {
    const pipe = openPipe(folder, 'back');
    const server = await start(pipe.writeEnd);
    // More than the pipe takes: the last line in it is cut.
    await ask(server.url, 1_000);
    await sleep(300);
    pipe.closeReader();
    await expect.poll(() => dropped(server.url), { timeout: 5_000 }).toBeGreaterThan(0);
    await ask(server.url, 10);
    pipe.openReader();
    await pipe.readUntil('"droppedLines"');
    await ask(server.url, 10);
    const end = server.end('SIGTERM');
    const text = await pipe.readUntil('Stopping on SIGTERM');
    expect(await end).toBe(0);
    pipe.close();

    const lines = text.trimEnd().split('\n');
    const note = lines.findIndex((line) => line.includes('"droppedLines"'));
    const whole = lines.filter((_, i) => i !== note - 1).map((line) => JSON.parse(line) as object);
    const said = JSON.parse(lines[note] ?? '') as { droppedLines: number; level: number };
    expect(said).toMatchObject({ level: 50, msg: expect.stringContaining('dropped lines: ') });
    expect(() => JSON.parse(lines[note - 1] ?? '') as object).toThrow(SyntaxError);
    expect(lines.length - note - 1).toBe(11);
    // Whole lines, without the note and the stop, and those it lacks: the requests.
    expect(whole.length - 2 + said.droppedLines).toBe(1_020);
  });

  it('whose reader catches up lacks nothing', async () => {
    const pipe = openPipe(folder, 'slow');
    const server = await start(pipe.writeEnd);
    await ask(server.url, 1_000);
    const end = server.end('SIGTERM');
    const text = await pipe.readUntil('Stopping on SIGTERM');
    expect(await end).toBe(0);
    expect(text.trimEnd().split('\n')).toHaveLength(1_001);
    pipe.close();
  });
});

it('A mock that a program starts outlives the log of the program', async () => {
  const index = path.join(import.meta.dirname, '../../src/index.ts');
  const program = `
    import { startLicenseMock } from ${JSON.stringify(index)};
    const mock = await startLicenseMock({ logLevel: 'info' });
    for (let i = 0; i < 20; i++) await fetch(mock.url);
    console.log(await (await fetch(mock.url + '/_mock/metrics')).text());
    await mock.stop();
  `;
  const options = ['--input-type=module', '-e', program];
  const stdio = ['ignore', 'pipe', openSync('/dev/full', 'w')] as const;
  const child = spawn(process.execPath, options, { stdio: [...stdio] });
  let printed = '';
  child.stdout?.on('data', (chunk) => void (printed += String(chunk)));
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(printed).toMatch(/^license_mock_log_lines_dropped_total [1-9]/m);
});
