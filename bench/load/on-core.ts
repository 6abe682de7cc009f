/** Pins a command to one core, if the system supports it, so that the load generator does not use the server's core. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const everyCore = `0-${availableParallelism() - 1}`;
const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

export function onCore(core: number, command: readonly string[]): readonly string[] {
  return canPin ? ['taskset', '-c', String(core), ...command] : command;
}

export const pinning = canPin ? 'server on core 0, load on core 1' : 'not pinned to cores';

/**
 * Keeps this process off the server's core, for a part of the load that it serves itself. Returns what lets it, and what it
 * starts, use every core again.
 */
export function stayOnCore(core: number): () => void {
  pin(String(core));
  return () => pin(everyCore);
}

function pin(cores: string): void {
  if (canPin) spawnSync('taskset', ['-cp', cores, String(process.pid)]);
}
