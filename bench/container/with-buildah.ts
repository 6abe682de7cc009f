/**
 * Buildah with chroot isolation: for machines that may not run an engine. The image is built from its Dockerfile
 * and run from its own configuration (entry point, variables, user) in a mount namespace of its own, with the image
 * as a read-only root. What is not like an engine: network and processes are the machine's.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync } from 'node:fs';
import { freePort } from '../load/free-port.ts';
import type { Engine } from './engine.ts';
import { buildBase } from './local-base.ts';

const IMAGE = 'license-mock-check';

/** Before a command. */
const LOG_FULL = ['sh', '-c', 'exec "$@" 2>/dev/full', 'sh'];

type Config = {
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly Env: readonly string[];
  readonly User: string;
  readonly WorkingDir: string;
  readonly Healthcheck: { readonly Test: readonly string[] };
};

/** Undefined where it is not there, or may not be used. */
export function withBuildah(): Engine | undefined {
  const isThere = ['buildah', 'debootstrap'].every(
    (program) => spawnSync(program, ['--version']).error === undefined,
  );
  if (!isThere || process.getuid?.() !== 0) return undefined;
  const containers: string[] = [];
  const running = new Set<ChildProcess>();
  return {
    name: 'buildah (chroot isolation)',
    build(folder) {
      const base = buildBase();
      const how = ['--isolation', 'chroot', '--format', 'docker', '--layers=false'];
      buildahAloud('build', ...how, '--build-arg', `BASE=${base}`, '-t', IMAGE, folder);
      const container = buildah('from', IMAGE);
      containers.push(container);
      return { bytes: sizeOf(container), baseBytes: sizeOfImage(base) };
    },
    async run({ data, scenarios }, environment, options = {}) {
      const [container = ''] = containers;
      const mounted = buildah('mount', container);
      const config = configOf(container);
      const [own = 0, group = own] = config.User.split(':').map(Number);
      const user = options.user ?? own;
      // As a volume is when an engine makes it from the image's folder.
      chownSync(data, own, group);
      chmodSync(data, 0o775);
      const port = await freePort();
      const asked = options.isOnOtherPort ? 4010 : port;
      const settings = Object.entries({ ...environment, LICENSE_MOCK_PORT: String(asked) });
      const variables = [...config.Env, ...settings.map(([name, value]) => `${name}=${value}`)];
      const args = options.isOnOtherPort ? ['serve', '--port', String(port)] : config.Cmd;
      const started = [...config.Entrypoint, ...args];
      const command = options.isLogFull ? [...LOG_FULL, ...started] : started;
      const as = ['chroot', `--userspec=${user}:${group}`, mounted, 'env', '-i', ...variables];
      const script = [
        'set -e',
        'mount --bind "$ROOT" "$ROOT"',
        'mount --bind "$DATA" "$ROOT/data"',
        'mount --bind "$SCENARIOS" "$ROOT/app/scenarios"',
        'mount -t tmpfs tmpfs "$ROOT/tmp"',
        'mount -t tmpfs -o mode=1777 tmpfs "$ROOT/dev/shm"',
        'test -e "$ROOT/dev/full" || mknod -m 666 "$ROOT/dev/full" c 1 7',
        'mount -t proc proc "$ROOT/proc"',
        'mount -o remount,ro,bind "$ROOT"',
        'exec "$@"',
      ].join('\n');
      const enter = ['sh', '-c', `cd ${config.WorkingDir} && exec "$@"`, 'sh', ...command];
      const child = spawn(
        'unshare',
        ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', ...as, ...enter],
        {
          env: { ...process.env, ROOT: mounted, DATA: data, SCENARIOS: scenarios },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      running.add(child);
      const closed = once(child, 'close') as Promise<[number | null]>;
      void closed.then(() => running.delete(child));
      let log = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => void (log += String(chunk)));
      }
      /** In the same namespace, as the same user. */
      const inside = (...program: readonly string[]) =>
        spawnSync('nsenter', ['--mount', '--target', String(child.pid), ...as, ...program], {
          encoding: 'utf8',
        });
      const node = (code: string) => inside('node', '-e', code);
      return {
        url: `http://127.0.0.1:${port}`,
        log: () => log,
        user: () => Number(node('console.log(process.getuid())').stdout),
        canWrite: (file) => node(`fs.writeFileSync('${file}', '')`).status === 0,
        checkHealth: () => inside(...config.Healthcheck.Test.slice(1)).status,
        async stop() {
          child.kill('SIGTERM');
          return (await closed)[0] ?? 255;
        },
      };
    },
    cleanUp() {
      for (const child of running) child.kill('SIGKILL');
      for (const container of containers) spawnSync('buildah', ['rm', container]);
    },
  };
}

function buildah(...args: readonly string[]): string {
  return execFileSync('buildah', args, { encoding: 'utf8' }).trim();
}

function sizeOf(container: string): number {
  const said = execFileSync('du', ['-sxb', buildah('mount', container)], { encoding: 'utf8' });
  return Number.parseInt(said, 10);
}

function sizeOfImage(image: string): number {
  const container = buildah('from', image);
  const bytes = sizeOf(container);
  buildah('rm', container);
  return bytes;
}

function buildahAloud(...args: readonly string[]): void {
  execFileSync('buildah', args, { stdio: 'inherit' });
}

function configOf(container: string): Config {
  const all = JSON.parse(buildah('inspect', container)) as { Docker: { config: Config } };
  return all.Docker.config;
}
