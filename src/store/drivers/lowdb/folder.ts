/**
 * The folder of one sandbox: `snapshot-<n>.jsonl` and the `log-<n>.jsonl` that go on from it. Users may put other
 * files beside them; those are never touched.
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
   * `tmp`: a process was killed while writing it. `incomplete`: a snapshot that a power cut left half. `dropped`:
   * its sandbox is being removed. Undefined: it is in use.
   */
  readonly suffix: string | undefined;
};

const NAME =
  /^(?<kind>snapshot|log)-(?<number>[1-9]\d*)\.jsonl(?:\.(?<suffix>tmp|incomplete|dropped))?$/;

/** Undefined for a name that we give to no file. */
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
 * Our files, by number, ascending. Empty where there is no such folder. Throws `data-unusable` where the folder, or
 * a file of ours in it, is something else.
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
 * Removes a sandbox. It is gone from the moment at which one of its files is renamed: a start that finds that name
 * removes the rest. The folder stays if it holds something that is not ours.
 */
export async function dropSandbox(folder: string, sync: boolean): Promise<void> {
  const [first] = inUse(await listFolder(folder));
  // Somebody may have removed the files by hand.
  if (!first) return;
  const file = path.join(folder, first.name);
  await fs.promises.rename(file, `${file}.dropped`);
  if (sync) await syncFolder(folder);
  // What fails here is tried again before the folder is next used.
  await finishDrop(folder, sync).catch(() => {});
}

/** Removes the files of a dropped sandbox. The one whose name says so goes last, also after a power cut. */
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

/** Removes what a whole snapshot has made superfluous. */
export async function removeOlder(
  folder: string,
  files: readonly OwnFile[],
  number: number,
): Promise<void> {
  // Logs first: an old snapshot alone is read as what it is, an old log without its snapshot is not.
  for (const kind of ['log', 'snapshot'] as const) {
    for (const each of numbersOf(files, kind)) {
      if (each < number) await removeQuietly(filePath(folder, kind, each));
    }
  }
}

/**
 * Makes a file, and its folder, that is either all there or not there at all; with `flush` also after a power cut.
 * Where that fails, or `signal` is aborted, nothing is left behind.
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
    // The content is on the disk before the name is: the other way round, a power cut would leave a name without it.
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
