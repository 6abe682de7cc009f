/** A server that npm started ends with npm, in order; one that npm did not start outlives its parent. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { startServerProcess } from '../support/process.ts';

const root = path.join(import.meta.dirname, '../..');
const main = path.join(root, 'src/cli/main.js');
const data = testFolder();
const serve = ['serve', '--port', '0', '--data', data, '--scenario', 'empty'];
const options = serve.slice(1);
const authorization = 'Api-Token dm-admin';
/** As in a terminal: this test itself may run under npm. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')),
);

type Started = {
  readonly child: ChildProcess;
  readonly url: string;
  /** When everything that the command started has ended. */
  readonly ended: Promise<unknown>;
  log(): string;
};

const groups: number[] = [];
/** What a test that failed left running. */
afterEach(() => {
  for (const group of groups.splice(0)) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // All of it has ended.
    }
  }
});

/** Ready when it resolves. `child` leads a process group of its own. */
async function start(...command: readonly string[]): Promise<Started> {
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd: root,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) groups.push(child.pid);
  let log = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const read = (chunk: unknown): void => {
    log += String(chunk);
    const [, url] = /ready at (http:\S+)[^]*Ctrl-C/.exec(log) ?? [];
    if (url !== undefined) resolve(url);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  // Its pipes are closed once the last process that holds them has ended.
  const ended = once(child, 'close');
  void ended.then(() => reject(new Error(`It ended: ${log}`)));
  return { child, url: await promise, ended, log: () => log };
}

function slowly(url: string): Promise<Response> {
  return fetch(`${url}/api/catalog/licenses/program/`, {
    headers: { authorization, prefer: 'delay=PT1S, code=200' },
  });
}

const ways: Readonly<Record<string, readonly string[]>> = {
  'npm start': ['npm', 'start', '--', ...options],
  'npm run license-mock': ['npm', 'run', 'license-mock', '--', ...serve],
  'npm exec': ['npm', 'exec', '-c', ['node', main, ...serve].join(' ')],
  // It gives way to the command that it runs.
  'npm start with bash': ['npm', 'start', '--script-shell=bash', '--', ...options],
};
const cases = Object.entries(ways).flatMap(([way, command]) =>
  (['SIGTERM', 'SIGKILL'] as const).map((signal) => ({ way, signal, command })),
);

it.each(cases)(
  '$way: $signal to npm stops the server in order, and frees port and data',
  async ({ command, signal }) => {
    const { child, url, ended, log } = await start(...command);
    const answer = slowly(url);
    await sleep(300);
    child.kill(signal);
    expect((await answer).status).toBe(200);
    await ended;
    expect(log()).toMatch(/"msg":"Stopping/);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    const next = await startServerProcess(['--port', new URL(url).port, ...options.slice(2)]);
    expect(await next.end('SIGTERM')).toBe(0);
  },
);

it('npm run dev takes over edits', async () => {
  const specs = path.join(data, 'specs');
  mkdirSync(specs);
  const args = ['--port', '0', '--data', 'memory', '--scenario', 'empty', '--specs', specs];
  const { child, url, ended, log } = await start('npm', 'run', 'dev', '--', ...args);
  expect(log()).toMatch(/^ {2}watch {5}scenarios\/, .*specs\/, license-mock\.config\.yaml$/m);
  writeFileSync(
    path.join(specs, 'new.yaml'),
    "openapi: 3.0.3\ninfo: { title: n, version: '1' }\npaths: { /new: { get: { responses: { '200': { description: ok } } } } }\n",
  );
  while (!log().includes('new.yaml: taken over.')) await sleep(100);
  expect((await fetch(`${url}/new`)).status).toBe(200);
  child.kill('SIGTERM');
  await ended;
});

it.each(['npm start', 'npm start with bash'])(
  '%s: Ctrl-C stops the server in order, though terminal and npm both send it',
  async (way) => {
    const { child, url, ended, log } = await start(...(ways[way] ?? []));
    const answer = slowly(url);
    await sleep(300);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect((await answer).status).toBe(200);
    await ended;
    expect(log()).toContain('Stopping on SIGINT');
  },
);

it.each(['nohup', 'setsid'])(
  'under %s a server that npm did not start outlives its parent',
  async (wrapper) => {
    const words = [wrapper, process.execPath, main, ...serve].join(' ');
    const { child, url, ended, log } = await start('sh', '-c', `${words} & echo pid=$!; wait`);
    child.kill('SIGKILL');
    await sleep(1_000);
    expect((await fetch(`${url}/_mock/health`)).ok).toBe(true);
    expect(log()).not.toContain('Stopping');
    process.kill(Number(/pid=(\d+)/.exec(log())?.[1]), 'SIGTERM');
    await ended;
  },
);
