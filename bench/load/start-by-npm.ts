/** Runs `npm start` of a checkout, with a new data folder and no log, until it says that it is ready. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Ready = {
  readonly url: string;
  readonly tookMs: number;
  stop(): Promise<void>;
};

const START = ['start', '--', '--port', '0', '--log-level', 'silent', '--data'];

export async function startByNpm(checkout: string): Promise<Ready> {
  const data = mkdtempSync(path.join(tmpdir(), 'license-mock-start-'));
  const started = performance.now();
  const child = spawn('npm', [...START, data], {
    cwd: checkout,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = once(child, 'close');
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += String(chunk);
    const url = /ready at (http:\S+)\s/.exec(said)?.[1];
    if (url !== undefined) resolve(url);
  });
  child.on('close', () => reject(new Error(`npm start in ${checkout} ended: ${said}`)));
  const url = await promise;
  return {
    url,
    tookMs: performance.now() - started,
    async stop() {
      // npm stands between: the signal goes to its whole group.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await closed;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
