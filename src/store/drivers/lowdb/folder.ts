/** The files of one sandbox: `snapshot-<n>.jsonl` and the `log-<n>.jsonl` that go on from it. */
import fs from 'node:fs';
import path from 'node:path';
import { MockError, messageOf } from '../../../errors.ts';

/** The one folder below `--data` that is ours. */
export const OWN_FOLDER = 'license-mock';

export const SANDBOX_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

export type Listing = {
  /** Numbers, ascending. */
  readonly snapshots: readonly number[];
  /** Numbers, ascending. */
  readonly logs: readonly number[];
  /** Names of files that a process was killed while writing. */
  readonly unfinished: readonly string[];
  /** Names of files whose sandbox is being removed. */
  readonly dropped: readonly string[];
  /** Names of all files that are ours, those above included. Users may put other files beside them. */
  readonly names: readonly string[];
};

const FILE =
  /^(?<kind>snapshot|log)-(?<number>[1-9]\d*)\.jsonl(?:\.(?<suffix>tmp|incomplete|dropped))?$/;

export type FileName = {
  readonly kind: 'snapshot' | 'log';
  readonly number: number;
  readonly suffix: string | undefined;
};

/** Undefined for a name that we give to no file. */
export function parseFileName(name: string): FileName | undefined {
  const groups = FILE.exec(name)?.groups;
  if (!groups) return undefined;
  const kind = groups['kind'] === 'log' ? 'log' : 'snapshot';
  return { kind, number: Number(groups['number']), suffix: groups['suffix'] };
}

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

/** Empty where there is no such folder. Throws `data-unusable` where the folder, or a file of ours in it, is something else. */
export async function listFolder(folder: string): Promise<Listing> {
  const snapshots: number[] = [];
  const logs: number[] = [];
  const unfinished: string[] = [];
  const dropped: string[] = [];
  const names: string[] = [];
  for (const entry of await readEntries(folder)) {
    const file = parseFileName(entry.name);
    if (!file) continue;
    if (!entry.isFile()) throw inTheWay(path.join(folder, entry.name), 'file');
    names.push(entry.name);
    if (file.suffix === 'tmp') unfinished.push(entry.name);
    if (file.suffix === 'dropped') dropped.push(entry.name);
    if (file.suffix === undefined) (file.kind === 'log' ? logs : snapshots).push(file.number);
  }
  return {
    snapshots: snapshots.toSorted(ascending),
    logs: logs.toSorted(ascending),
    unfinished,
    dropped,
    names,
  };
}

async function readEntries(folder: string): Promise<fs.Dirent[]> {
  try {
    // A link would lead to a folder that is not ours.
    if (!(await fs.promises.lstat(folder)).isDirectory()) throw inTheWay(folder, 'folder');
    return await fs.promises.readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error instanceof MockError ? error : unreadable(folder, error);
  }
}

/**
 * Removes a sandbox. It is gone from the moment at which one of its files is renamed: a start that finds that name
 * removes the rest. The folder stays if it holds something that is not ours.
 */
export async function dropSandbox(folder: string, sync: boolean): Promise<void> {
  const { snapshots, logs } = await listFolder(folder);
  const [file] = [
    ...logs.map((number) => logPath(folder, number)),
    ...snapshots.map((number) => snapshotPath(folder, number)),
  ];
  // Somebody may have removed the files by hand.
  if (file === undefined) return;
  await fs.promises.rename(file, `${file}.dropped`);
  if (sync) await syncFolder(folder);
  // What fails here is tried again before the folder is next used.
  await finishDrop(folder, sync).catch(() => {});
}

/** Removes the files of a dropped sandbox. The one whose name says so goes last. */
export async function finishDrop(folder: string, sync: boolean): Promise<void> {
  const { names, dropped } = await listFolder(folder);
  for (const name of names) {
    if (!dropped.includes(name)) await fs.promises.rm(path.join(folder, name), { force: true });
  }
  if (sync) await syncFolder(folder);
  for (const name of dropped) await fs.promises.rm(path.join(folder, name), { force: true });
  await fs.promises.rmdir(folder).catch(() => {});
}

/** Makes sure that files made, renamed or removed in a folder stay so after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and writes its entries without being asked.
  if (process.platform === 'win32') return;
  let handle: fs.promises.FileHandle | undefined;
  try {
    handle = await fs.promises.open(folder, 'r');
    await handle.sync();
  } catch (error) {
    // As PostgreSQL does: some file systems cannot sync folders, and some folders cannot be opened for reading.
    if (!hasCode(error, 'EACCES', 'EBADF', 'EINVAL')) throw error;
  } finally {
    await handle?.close();
  }
}

/** Removes a file that nobody needs; what cannot be removed is tried again at the next load. */
export async function removeQuietly(file: string): Promise<void> {
  await fs.promises.rm(file, { force: true }).catch(() => {});
}

/** For something that a user put where the driver wants to write. */
export function inTheWay(place: string, wanted: 'file' | 'folder'): MockError {
  return new MockError(
    'data-unusable',
    `${place} is in the way: license-mock keeps a ${wanted} of its own there, and this is not one. Move it away, or use another --data.`,
  );
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
