/** Processes that are not children of this one: which are there, and whose they are. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A slim container has no `ps`, and only Linux has `/proc`. */
const hasProc = existsSync('/proc/self/stat');

export function childrenOf(parent: number): readonly number[] {
  if (hasProc) {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return all.map(Number).filter((pid) => statOf(pid)?.parent === parent);
  }
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = list.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid = 0, of]) => (of === parent ? pid : []));
}

/** False also for one that has ended, and that nobody has waited for yet. */
export function isRunning(pid: number): boolean {
  return hasProc ? !['Z', 'X', undefined].includes(statOf(pid)?.state) : signal(pid, 0);
}

/** False: no such process. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** The name, in parentheses, may hold anything; state and parent follow it. */
function statOf(pid: number): { readonly state: string; readonly parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
