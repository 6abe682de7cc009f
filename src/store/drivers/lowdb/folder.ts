/**
 * The folder of one sandbox: `snapshot-<n>.jsonl` and the `log-<n>.jsonl` files that continue it. Users may add other
 * files, which are never touched.
 */
import fs from 'node:fs';
import path from 'node:path';
import { MockError } from '../../../errors.ts';
import { hasCode, inTheWay, unreadable } from './disk-faults.ts';

type Kind = 'snapshot' | 'log';

export type OwnFile = {
  readonly name: string;
  readonly kind: Kind;
  readonly number: number;
  /**
   * `tmp`: a process was killed while writing it. `incomplete`: a snapshot that a power cut truncated. `dropped`:
   * its sandbox is being removed. Undefined if it is in use.
   */
  readonly suffix: string | undefined;
};

const NAME =
  /^(?<kind>snapshot|log)-(?<number>[1-9]\d*)\.jsonl(?:\.(?<suffix>tmp|incomplete|dropped))?$/;

/** Returns undefined for a name that is not one of ours. */
export function parseFileName(name: string): OwnFile | undefined {
  const groups = NAME.exec(name)?.groups;
  if (!groups) return undefined;
  const kind = groups['kind'] === 'log' ? 'log' : 'snapshot';
  return { name, kind, number: Number(groups['number']), suffix: groups['suffix'] };
}

export function filePath(folder: string, kind: Kind, number: number): string {
  return path.join(folder, `${kind}-${number}.jsonl`);
}

/**
 * Returns our files, sorted by number. Empty if there is no such folder. Throws `data-unusable` if the folder, or
 * one of our files in it, has the wrong type.
 */
export async function listFolder(folder: string): Promise<readonly OwnFile[]> {
  const files: OwnFile[] = [];
  for (const entry of await readEntries(folder)) {
    const file = parseFileName(entry.name);
    if (!file) continue;
    if (!entry.isFile()) throw inTheWay(path.join(folder, entry.name), 'file');
    files.push(file);
  }
  return files.toSorted((left, right) => left.number - right.number);
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

export function inUse(files: readonly OwnFile[]): readonly OwnFile[] {
  return files.filter(({ suffix }) => suffix === undefined);
}

/** The numbers of the files in use, ascending. */
export function numbersOf(files: readonly OwnFile[], kind: Kind): readonly number[] {
  return inUse(files)
    .filter((file) => file.kind === kind)
    .map(({ number }) => number);
}

export function isDropped(files: readonly OwnFile[]): boolean {
  return files.some(({ suffix }) => suffix === 'dropped');
}

/**
 * Removes a sandbox. It is gone as soon as one of its files is renamed, because a start that finds the new name
 * removes the rest. The folder stays if it contains anything that is not ours.
 */
export async function dropSandbox(folder: string, sync: boolean): Promise<void> {
  const [first] = inUse(await listFolder(folder));
  // A user may have removed the files.
  if (!first) return;
  const file = path.join(folder, first.name);
  await fs.promises.rename(file, `${file}.dropped`);
  if (sync) await syncFolder(folder);
  // A failure here is retried before the folder is used again.
  await finishDrop(folder, sync).catch(() => {});
}

/** Removes the files of a dropped sandbox. The file that marks it as dropped is removed last, even after a power cut. */
export async function finishDrop(folder: string, sync: boolean): Promise<void> {
  const files = await listFolder(folder);
  const remove = async (isMarker: boolean): Promise<void> => {
    for (const { name, suffix } of files) {
      if ((suffix === 'dropped') !== isMarker) continue;
      await fs.promises.rm(path.join(folder, name), { force: true });
    }
  };
  await remove(false);
  if (sync) await syncFolder(folder);
  await remove(true);
  await fs.promises.rmdir(folder).catch(() => {});
}

/** Removes files that a complete snapshot has replaced. */
export async function removeOlder(
  folder: string,
  files: readonly OwnFile[],
  number: number,
): Promise<void> {
  // Removes logs first: an old snapshot can be read alone, but an old log needs its snapshot.
  for (const kind of ['log', 'snapshot'] as const) {
    for (const each of numbersOf(files, kind)) {
      if (each < number) await removeQuietly(filePath(folder, kind, each));
    }
  }
}

/**
 * Writes a file, and creates its folder, so that the file is either complete or missing; with `flush`, even after a
 * power cut. If that fails or `signal` is aborted, nothing is left behind.
 */
export async function writeWholeFile(
  file: string,
  text: string | Iterable<string>,
  options: { readonly flush: boolean; readonly signal?: AbortSignal },
): Promise<void> {
  const { flush } = options;
  const folder = path.dirname(file);
  const unfinished = `${file}.tmp`;
  const isNewFolder = (await fs.promises.mkdir(folder, { recursive: true })) !== undefined;
  try {
    // Syncs the content before the rename. Otherwise, a power cut could leave a name without content.
    await fs.promises.writeFile(unfinished, text, options);
    await fs.promises.rename(unfinished, file);
    if (flush) await syncFolder(folder);
    if (flush && isNewFolder) await syncFolder(path.dirname(folder));
  } catch (error) {
    await removeQuietly(unfinished);
    await removeQuietly(file);
    if (isNewFolder) await fs.promises.rmdir(folder).catch(() => {});
    throw error;
  }
}

/** Makes the creation, renaming and removal of files in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and writes its entries by itself.
  if (process.platform === 'win32') return;
  let handle: fs.promises.FileHandle | undefined;
  try {
    handle = await fs.promises.open(folder, 'r');
    await handle.sync();
  } catch (error) {
    // Like PostgreSQL, ignores file systems that cannot sync folders, and folders that cannot be opened for reading.
    if (!hasCode(error, 'EACCES', 'EBADF', 'EINVAL')) throw error;
  } finally {
    await handle?.close();
  }
}

/** Removes an unneeded file. A failure is retried at the next load. */
export async function removeQuietly(file: string): Promise<void> {
  await fs.promises.rm(file, { force: true }).catch(() => {});
}
