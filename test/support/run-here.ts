/**
 * Runs a command in the process of the test, which takes milliseconds where a process of its own takes half a second.
 * A command that waits for a signal, and a test of exit codes or pipes as the shell sees them, needs `runCommand`.
 */
import { runProgram } from '../../src/cli/run.ts';
import type { Finished } from './process.ts';

type Options = { readonly cwd?: string; readonly environment?: Readonly<Record<string, string>> };

let last: Promise<unknown> = Promise.resolve();

/** `environment` is added to that of this process. One command runs at a time, because they share the process. */
export function runHere(args: readonly string[], options: Options = {}): Promise<Finished> {
  const finished = last.then(() => runAlone(args, options));
  last = finished.catch(() => {});
  return finished;
}

async function runAlone(args: readonly string[], options: Options): Promise<Finished> {
  const restore = [keepFolder(), keepVariables(), keepExitCode(), keepSignals()];
  const stdout = capture(process.stdout);
  const stderr = capture(process.stderr);
  try {
    if (options.cwd !== undefined) process.chdir(options.cwd);
    Object.assign(process.env, options.environment);
    process.exitCode = undefined;
    await runProgram(args);
    return { code: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.release();
    stderr.release();
    for (const each of restore) each();
  }
}

function keepFolder(): () => void {
  const folder = process.cwd();
  return () => process.chdir(folder);
}

function keepVariables(): () => void {
  const variables = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) {
      if (!(name in variables)) delete process.env[name];
    }
    Object.assign(process.env, variables);
  };
}

function keepExitCode(): () => void {
  const { exitCode } = process;
  return () => void (process.exitCode = exitCode);
}

/** Removes what a command does at a signal. */
function keepSignals(): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const kept = signals.map((signal) => ({ signal, listeners: process.listeners(signal) }));
  return () => {
    for (const { signal, listeners } of kept) {
      for (const listener of process.listeners(signal)) {
        if (!listeners.includes(listener)) process.removeListener(signal, listener);
      }
    }
  };
}

function capture(stream: NodeJS.WriteStream): { text(): string; release(): void } {
  const { write } = stream;
  let text = '';
  stream.write = (chunk: Uint8Array | string) => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    return true;
  };
  return {
    text: () => text,
    release: () => void (stream.write = write),
  };
}
