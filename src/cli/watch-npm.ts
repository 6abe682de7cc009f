/**
 * Ends a server together with the npm that started it. npm forwards signals to its shell. If the shell stays
 * between npm and the server, as dash does, the server receives none of them. SIGKILL is never forwarded.
 */
import { readFileSync } from 'node:fs';

/** In a container, npm can be process 1, which gives its children half a second to end. */
const LOOK_MS = 200;

export function isStartedByNpm(): boolean {
  return process.env['npm_command'] !== undefined;
}

/**
 * Calls `onGone` when npm or the shell that it started has ended. If npm did not start this process,
 * watches nothing, because a server under nohup or setsid outlives its parent. Never called on Windows, where the
 * parent's id does not change.
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

/** True for `sh -c '<script> <arguments>'`. Systems without `/proc`, such as macOS, replace the shell by the command. */
function isShellOf(script: string | undefined, pid: number): boolean {
  const [, flag, text = ''] = readProcess(pid, 'cmdline').split('\0');
  return flag === '-c' && script !== undefined && text.startsWith(script);
}

/** Undefined if it is not known. */
function parentOf(pid: number): number | undefined {
  const [, parent] = /^PPid:\s*(\d+)$/m.exec(readProcess(pid, 'status')) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

/** Empty if the system does not provide the file, or no file can be opened at the moment. */
function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
