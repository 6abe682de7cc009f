/** The command as users run it: a process of its own. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const main = path.join(import.meta.dirname, '../../src/cli/main.js');

export type Finished = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Where a process writes: a file descriptor, or by default a pipe that the test reads. */
export type Output = { readonly stdout?: number; readonly stderr?: number };

/** Runs a command to its end; `environment` is added to this process's. */
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
  /** Sends the signal and waits for the end; gives the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

/**
 * Starts `serve` on a free port, or what `start` says, and waits until it says that it is ready. `maxFileKb`: the longest file
 * it may write, a real limit of the operating system; `environment` is added to this process's. Throws with what it
 * printed where it ends before.
 */
export async function startServerProcess(
  args: readonly string[],
  options: Pick<Output, 'stderr'> & {
    readonly maxFileKb?: number;
    readonly start?: readonly string[];
    readonly environment?: Record<string, string>;
  } = {},
): Promise<ServerProcess> {
  const env = { ...process.env, ...options.environment };
  const { start = ['serve', '--port', '0'] } = options;
  const command = [process.execPath, main, ...start, ...args];
  const stdio: StdioOptions = ['ignore', 'pipe', options.stderr ?? 'pipe'];
  const child =
    options.maxFileKb === undefined
      ? spawn(command[0] ?? '', command.slice(1), { stdio, env })
      : spawn('bash', ['-c', `ulimit -f ${options.maxFileKb}; exec "$@"`, 'bash', ...command], {
          stdio,
          env,
        });
  const output = collect(child);
  const closed = once(child, 'close') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const ready = /ready at (http:\S+)/.exec(output().stdout);
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
