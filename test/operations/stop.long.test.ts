/** How the server ends: in order at the first signal, at once at the second. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { startServerProcess } from '../support/process.ts';

const data = testFolder();
const main = path.join(import.meta.dirname, '../../src/cli/main.js');
const list = '/api/catalog/licenses/program/';
const authorization = 'Api-Token dm-admin';

function slowly(url: string, delay: string): Promise<Response> {
  return fetch(url + list, { headers: { authorization, prefer: `delay=${delay}, code=200` } });
}

describe('a stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'at %s finishes what is under way, takes nothing new and ends with 0',
    async (signal) => {
      const server = await startServerProcess(['--data', 'memory']);
      const stream = await fetch(`${server.url}/_mock/sandboxes/default/journal/stream`);
      const answer = slowly(server.url, 'PT1S');
      await sleep(300);
      const ended = server.end(signal);
      await sleep(200);
      await expect(fetch(server.url + list)).rejects.toThrow('fetch failed');
      expect((await answer).status).toBe(200);
      expect(await stream.text()).toContain(': open');
      expect(await ended).toBe(0);
      expect(server.output().stderr).toContain(`Stopping on ${signal}`);
    },
  );

  it('does not wait for a connection that never asked anything', async () => {
    const server = await startServerProcess(['--data', 'memory', '--grace', '20s']);
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    const startedMs = performance.now();
    expect(await server.end('SIGTERM')).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    await closed;
  });

  it('cuts off what takes longer than the grace', async () => {
    const server = await startServerProcess(['--data', 'memory', '--grace', '200ms']);
    const answer = slowly(server.url, 'PT30S').catch(() => 'cut off');
    await sleep(200);
    const started = performance.now();
    expect(await server.end('SIGTERM')).toBe(0);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await answer).toBe('cut off');
  });

  it('is at once at a second signal', async () => {
    const server = await startServerProcess(['--data', 'memory', '--grace', '60s']);
    const answer = slowly(server.url, 'PT30S').catch(() => 'cut off');
    await sleep(200);
    const ended = once(server.child, 'close');
    server.child.kill('SIGTERM');
    // A busy process could see two signals as one.
    await vi.waitFor(() => expect(server.output().stderr).toContain('Stopping'), 20_000);
    server.child.kill('SIGTERM');
    expect((await ended)[0]).toBe(143);
    expect(await answer).toBe('cut off');
  });

  it('loses no answered write', async () => {
    const first = await startServerProcess(['--data', data, '--scenario', 'empty']);
    const body =
      '{"platform_key":"acme","program_key":"bar","name":"Kept","count":10,"started":"2026-01-01T00:00:00Z"}';
    const created = await fetch(`${first.url}${list}create/`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body,
    });
    expect(created.status).toBe(200);
    expect(await first.end('SIGTERM')).toBe(0);
    const second = await startServerProcess(['--data', data, '--scenario', 'empty']);
    const answer = await fetch(second.url + list, { headers: { authorization } });
    expect(await answer.text()).toContain('Kept');
    expect(await second.end('SIGTERM')).toBe(0);
  });
});

/** A server with a fault in it: code that runs beside it and goes wrong once it is ready. */
async function withFault(code: string): Promise<{ exitCode: number | null; log: string }> {
  const preload = `data:text/javascript,${encodeURIComponent(code)}`;
  const options = ['--port', '0', '--data', 'memory'];
  const child = spawn(process.execPath, ['--import', preload, main, 'serve', ...options]);
  let log = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk) => void (log += String(chunk)));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, log };
}

describe('a fault beside the requests', () => {
  const whenReady = (what: string) =>
    `const write = process.stdout.write; process.stdout.write = (text, ...rest) => { if (String(text).includes('ready at')) setTimeout(() => { ${what} }, 50); return write.call(process.stdout, text, ...rest); };`;

  it('that nobody caught stops the server in order, and says so', async () => {
    const { exitCode, log } = await withFault(whenReady("throw new Error('loose end')"));
    expect(exitCode).toBe(3);
    expect(log).toContain('loose end');
    expect(log).toContain('"level":60');
  });

  it('in a promise is logged, and the server lives', async () => {
    const end = "setTimeout(() => process.kill(process.pid, 'SIGTERM'), 200)";
    const { exitCode, log } = await withFault(
      whenReady(`Promise.reject(new Error('loose promise')); ${end}`),
    );
    expect(exitCode).toBe(0);
    expect(log).toContain('loose promise');
    expect(log).toContain('Stopping on SIGTERM');
  });
});
