/** The files of one sandbox: `snapshot-<n>.jsonl` and the `log-<n>.jsonl` that go on from it. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { MockError, messageOf } from '../../../errors.ts';

export type Listing = {
  /** Numbers, ascending. */
  readonly snapshots: readonly number[];
  /** Numbers, ascending. */
  readonly logs: readonly number[];
  /** Names of files that a process was killed while writing. */
  readonly unfinished: readonly string[];
};

const FILE = /^(?<kind>snapshot|log)-(?<number>\d+)\.jsonl(?<unfinished>\.tmp)?$/;

export function snapshotPath(folder: string, number: number): string {
  return path.join(folder, `snapshot-${number}.jsonl`);
}

export function logPath(folder: string, number: number): string {
  return path.join(folder, `log-${number}.jsonl`);
}

/** What a file is called until it is whole. */
export function unfinishedPath(file: string): string {
  return `${file}.tmp`;
}

/** What a sandbox's folder is called while it is being removed; found and removed at the next start. */
export function droppedPath(folder: string): string {
  return path.join(path.dirname(folder), `${DROPPED}${path.basename(folder)}-${randomUUID()}`);
}

export const DROPPED = '.dropped-';

/** Nothing, where there is no such folder. Files with other names are nobody's business. */
export async function listFolder(folder: string): Promise<Listing> {
  const snapshots: number[] = [];
  const logs: number[] = [];
  const unfinished: string[] = [];
  for (const name of await readNames(folder)) {
    const groups = FILE.exec(name)?.groups;
    if (!groups) continue;
    if (groups['unfinished']) unfinished.push(name);
    else (groups['kind'] === 'log' ? logs : snapshots).push(Number(groups['number']));
  }
  return { snapshots: snapshots.toSorted(ascending), logs: logs.toSorted(ascending), unfinished };
}

async function readNames(folder: string): Promise<string[]> {
  try {
    return await fs.promises.readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw unreadable(folder, error);
  }
}

/** Makes sure that files made, renamed or removed in a folder stay so after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and writes its entries without being asked.
  if (process.platform === 'win32') return;
  const handle = await fs.promises.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes a file or folder that nobody needs; what cannot be removed is tried again at the next load. */
export async function removeQuietly(file: string): Promise<void> {
  await fs.promises.rm(file, { force: true, recursive: true }).catch(() => {});
}

export function unreadable(file: string, error: unknown): MockError {
  return new MockError(
    'data-unusable',
    `${file} cannot be read: ${messageOf(error)}. Let this user read and write it, or use another --data.`,
    { cause: error },
  );
}

/** The code of a failed system call, `ENOSPC`; undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  const code = codeOf(error);
  return code !== undefined && codes.includes(code);
}

function ascending(left: number, right: number): number {
  return left - right;
}
