/**
 * A server that npm started ends with npm. npm passes signals on to the shell that it starts; where the shell stays
 * between npm and the server (dash does), none arrives here, and SIGKILL is passed on nowhere.
 */
import { readFileSync } from 'node:fs';

/** In a container npm may be process 1, and gives what it started half a second. */
const LOOK_MS = 200;

export function isStartedByNpm(): boolean {
  return process.env['npm_command'] !== undefined;
}

/**
 * Calls `onGone` once npm, or the shell that npm ran the command with, has ended. Where npm did not start this process
 * nothing is watched: a server under nohup or setsid outlives its parent. Windows keeps the parent's id: never called.
 */
export function watchNpm(onGone: () => void): void {
  if (!isStartedByNpm()) return;
  const { npm_lifecycle_script: script } = process.env;
  const parent = process.ppid;
  const npm = isShellOf(script, parent) ? parentOf(parent) : undefined;
  const timer = setInterval(() => {
    const isNpmThere = npm === undefined || (parentOf(parent) ?? npm) === npm;
    if (process.ppid === parent && isNpmThere) return;
    clearInterval(timer);
    onGone();
  }, LOOK_MS);
  timer.unref();
}

/** `sh -c '<script> <arguments>'`. Where there is no `/proc`, as on macOS, the shell gives way to the one command. */
function isShellOf(script: string | undefined, pid: number): boolean {
  const [, flag, text = ''] = readProcess(pid, 'cmdline').split('\0');
  return flag === '-c' && script !== undefined && text.startsWith(script);
}

/** Undefined: not known. */
function parentOf(pid: number): number | undefined {
  const [, parent] = /^PPid:\s*(\d+)$/m.exec(readProcess(pid, 'status')) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

/** Empty: the system does not say, or no file can be opened at the moment. */
function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
