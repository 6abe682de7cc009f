/** Starts a peer in a separate process, and measures start time and memory. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Peer } from '../peers/peer.ts';
import { freePort } from './free-port.ts';
import { onCore } from './on-core.ts';

export type Started = {
  readonly peer: Peer;
  readonly url: string;
  readonly pid: number;
  /** From the start of the process to its first answer. */
  readonly firstAnswerMs: number;
  /** Resident memory, in bytes. */
  memory(): number;
  stop(): Promise<void>;
};

const START_LIMIT_MS = 60_000;

const running = new Set<ChildProcess>();
// A run that is broken off leaves no server behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const child of running) child.kill('SIGKILL');
    process.kill(process.pid, signal);
  });
}

export async function startPeer(peer: Peer): Promise<Started> {
  const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-bench-'));
  const port = await freePort();
  const [program = '', ...args] = onCore(0, peer.command(port, folder));
  const started = performance.now();
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...peer.environment },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  running.add(child);
  const closed = once(child, 'close').finally(() => running.delete(child));
  const url = `http://127.0.0.1:${port}`;
  const call = peer.list ?? peer.create;
  for (;;) {
    const isThere = await fetch(url + call.path, {
      method: call.method,
      headers: call.headers,
      ...(call.body !== undefined && { body: call.body }),
    }).then(
      (answer) => answer.arrayBuffer().then(() => answer.status === 200),
      () => false,
    );
    if (isThere) break;
    if (child.exitCode !== null || performance.now() - started > START_LIMIT_MS) {
      child.kill('SIGKILL');
      throw new Error(`${peer.name} did not start: ${program} ${args.join(' ')}`);
    }
    await sleep(5);
  }
  const firstAnswerMs = performance.now() - started;
  const pid = child.pid ?? 0;
  return {
    peer,
    url,
    pid,
    firstAnswerMs,
    memory: () =>
      Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024,
    async stop() {
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await closed;
      clearTimeout(kill);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
