/** The real nginx with the file that `compose.replicas.yaml` gives it. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../bench/load/free-port.ts';

const modules = /--modules-path=(\S+)/.exec(String(spawnSync('nginx', ['-V']).stderr))?.[1] ?? '';
/** Debian keeps it in a package of its own: libnginx-mod-stream. */
const streamModule = path.join(modules, 'ngx_stream_module.so');
export const hasNginx = existsSync(streamModule);

export type Nginx = { readonly url: string; stop(): Promise<void> };

/** Port of the name server, and the port on which all replicas listen. */
export async function startNginx(ports: {
  readonly nameServer: number;
  readonly replicas: number;
}): Promise<Nginx> {
  const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-nginx-'));
  const port = await freePort();
  const config = [
    ['/tmp/', `${folder}/`],
    ['listen 4010', `listen 127.0.0.1:${port}`],
    ['127.0.0.11', `127.0.0.1:${ports.nameServer}`],
    ['$replicas:4010', `$replicas:${ports.replicas}`],
  ].reduce(
    replace,
    readFileSync(path.join(import.meta.dirname, '../../docker/nginx.conf'), 'utf8'),
  );
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(file, config);
  // Root's workers would be another user, who cannot get to the folder.
  const globals = `load_module ${streamModule}; ${process.getuid?.() === 0 ? 'user root;' : ''}`;
  const child = spawn('nginx', ['-c', file, '-e', 'stderr', '-g', globals], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk) => void (output += String(chunk)));
  const closed = once(child, 'close');
  await waitUntilOpen(port).catch(() => {
    throw new Error(`nginx does not start: ${output}`);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function replace(text: string, [from = '', to = '']: readonly string[]): string {
  if (!text.includes(from)) throw new Error(`docker/nginx.conf does not contain "${from}".`);
  return text.replaceAll(from, to);
}

async function waitUntilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await sleep(50);
  }
  throw new Error(`Nobody listens on ${port}.`);
}
