/** Runs the command as users do, in a separate process. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const main = path.join(import.meta.dirname, '../../src/cli/main.js');

export type Finished = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Output of a process: a file descriptor or, by default, a pipe that the test reads. */
export type Output = { readonly stdout?: number; readonly stderr?: number };

/** Runs a command until it ends. `environment` is added to that of this process. */
export async function runCommand(
  args: readonly string[],
  options: Output & {
    readonly cwd?: string;
    readonly environment?: Record<string, string>;
  } = {},
): Promise<Finished> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: options.cwd,
    stdio: ['ignore', options.stdout ?? 'pipe', options.stderr ?? 'pipe'],
    env: { ...process.env, ...options.environment },
  });
  const output = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output() };
}

export type ServerProcess = {
  readonly url: string;
  readonly child: ChildProcess;
  output(): { readonly stdout: string; readonly stderr: string };
  /** Sends the signal, waits for the end, and returns the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

/**
 * Starts `serve` on a free port, or the command `start`, and waits until it is ready. `maxFileKb` is the maximum size
 * of files that it writes, a limit of the operating system. `environment` is added to that of this process. Rejects
 * with its output if it ends before it is ready.
 */
export async function startServerProcess(
  args: readonly string[],
  options: Pick<Output, 'stderr'> & {
    readonly maxFileKb?: number;
    readonly start?: readonly string[];
    readonly environment?: Record<string, string>;
    readonly cwd?: string;
  } = {},
): Promise<ServerProcess> {
  const env = { ...process.env, ...options.environment };
  const { start = ['serve', '--port', '0'] } = options;
  const command = [process.execPath, main, ...start, ...args];
  const stdio: StdioOptions = ['ignore', 'pipe', options.stderr ?? 'pipe'];
  const child =
    options.maxFileKb === undefined
      ? spawn(command[0] ?? '', command.slice(1), { stdio, env, cwd: options.cwd })
      : spawn('bash', ['-c', `ulimit -f ${options.maxFileKb}; exec "$@"`, 'bash', ...command], {
          stdio,
          env,
        });
  const output = collect(child);
  const closed = once(child, 'close') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const ready = /ready at (https?:[^\s,]+)/.exec(output().stdout);
      if (ready?.[1] !== undefined && output().stdout.includes('Ctrl-C')) resolve(ready[1]);
    });
    void closed.then(([code]) =>
      reject(new Error(`The server ended with ${code}: ${output().stderr}`)),
    );
  });
  return {
    url,
    child,
    output,
    async end(signal) {
      child.kill(signal);
      return (await closed)[0];
    },
  };
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => void (stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => void (stderr += String(chunk)));
  return () => ({ stdout, stderr });
}
