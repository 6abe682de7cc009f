/** Docker, or podman, which takes the same commands. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import type { Engine } from './engine.ts';

const IMAGE = 'license-mock:check';
/** As the Dockerfile has it. */
const BASE = 'node:24-slim';

/** Undefined where no such engine runs. */
export function withEngine(program: 'docker' | 'podman'): Engine | undefined {
  if (spawnSync(program, ['info'], { stdio: 'ignore', timeout: 10_000 }).status !== 0) {
    return undefined;
  }
  const say = (...args: readonly string[]) => execFileSync(program, args, { encoding: 'utf8' });
  const started: string[] = [];
  return {
    name: program,
    build(folder) {
      execFileSync(program, ['build', '-t', IMAGE, folder], { stdio: 'inherit' });
      const sizeOf = (image: string) =>
        Number(say('image', 'inspect', '--format', '{{.Size}}', image));
      say('pull', BASE);
      return { bytes: sizeOf(IMAGE), baseBytes: sizeOf(BASE) };
    },
    async run({ data, scenarios }, environment, options = {}) {
      chmodSync(data, 0o777);
      const variables = Object.entries(environment).flatMap(([key, value]) => [
        '-e',
        `${key}=${value}`,
      ]);
      const hardened = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL'];
      const folders = ['-v', `${data}:/data`, '-v', `${scenarios}:/app/scenarios:ro`];
      const port = options.isOnOtherPort ? '5000' : '4010';
      const reached = [...folders, '-p', `127.0.0.1::${port}`];
      const as = options.user === undefined ? [] : ['--user', `${options.user}:0`];
      const serve = options.isOnOtherPort ? ['serve', '--port', port] : ['serve'];
      const how = options.isLogFull ? ['--entrypoint', 'sh'] : [];
      const args = options.isLogFull ? ['-c', 'exec license-mock serve 2>/dev/full'] : serve;
      const given = [...hardened, ...reached, ...as, ...how, ...variables];
      const id = say('run', '-d', ...given, IMAGE, ...args).trim();
      started.push(id);
      const address = say('port', id, port).trim().split('\n')[0] ?? '';
      return {
        url: `http://${address}`,
        log: () => {
          const { stdout, stderr } = spawnSync(program, ['logs', id], { encoding: 'utf8' });
          return stdout + stderr;
        },
        user: () => Number(say('exec', id, 'node', '-p', 'process.getuid()')),
        canWrite: (file) =>
          spawnSync(program, ['exec', id, 'node', '-e', `fs.writeFileSync('${file}', '')`])
            .status === 0,
        checkHealth() {
          const { Test } = JSON.parse(
            say('image', 'inspect', '--format', '{{json .Config.Healthcheck}}', IMAGE),
          ) as { Test: readonly string[] };
          return spawnSync(program, ['exec', id, ...Test.slice(1)]).status;
        },
        async stop() {
          say('stop', '--time', '20', id);
          return Number(say('inspect', '--format', '{{.State.ExitCode}}', id));
        },
      };
    },
    cleanUp() {
      for (const id of started) spawnSync(program, ['rm', '-f', id]);
    },
  };
}
