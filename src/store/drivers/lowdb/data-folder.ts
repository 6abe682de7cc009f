/** Opens `license-mock`, the one folder below `--data` that is ours. It holds the lock and one folder per sandbox. */
import fs from 'node:fs';
import path from 'node:path';
import { SANDBOX_NAME } from '../../faults.ts';
import type { Collection } from '../../store.ts';
import { adoptSandboxes, lockOldData, makeRoom } from './adopt-old-data.ts';
import { codeOf, inTheWay, unusable } from './disk-faults.ts';
import type { Log } from './disk-faults.ts';
import { finishDrop, inUse, isDropped, listFolder, syncFolder } from './folder.ts';
import type { OwnFile } from './folder.ts';
import { loadFolder } from './load-folder.ts';
import { lockFolder, OWN_FOLDER } from './lock-folder.ts';

export type DataFolder = {
  /** Where the sandboxes' folders are. */
  readonly folder: string;
  /** Sandboxes that are there. */
  readonly names: readonly string[];
  unlock(): void;
};

export type DataFolderOptions = {
  /** The user's folder. Only `license-mock` in it is ours. */
  readonly data: string;
  readonly collections: readonly Collection<never>[];
  readonly log: Log;
  /** As many bytes of sandboxes are read to find damage; that in others shows when they are first used. */
  readonly checkBytes: number;
  /** A sandbox that is read at once anyway. */
  readonly except: string;
};

export async function openDataFolder(options: DataFolderOptions): Promise<DataFolder> {
  const { data, log } = options;
  const folder = path.join(data, OWN_FOLDER);
  let unlockOld: (() => void) | undefined;
  let unlock: (() => void) | undefined;
  try {
    unlockOld = await lockOldData(data);
    if (unlockOld) await makeRoom(data);
    await makeOwnFolder(folder);
    unlock = lockFolder(folder);
    if (unlockOld) await adoptSandboxes(data, log);
    return { folder, names: await findSandboxes(folder, options), unlock };
  } catch (error) {
    unlock?.();
    throw codeOf(error) === undefined ? error : unusable(folder, error);
  } finally {
    unlockOld?.();
  }
}

async function makeOwnFolder(folder: string): Promise<void> {
  const there = fs.lstatSync(folder, { throwIfNoEntry: false });
  // A link would lead to a folder that is not ours.
  if (there && !there.isDirectory()) throw inTheWay(folder, 'folder');
  await makeFolder(folder);
}

/** Parents first. Node's own recursive mkdir never ends where one of them cannot be made, as below /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (fs.existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) await makeFolder(parent);
  fs.mkdirSync(folder);
  await syncFolder(parent);
}

async function findSandboxes(folder: string, options: DataFolderOptions): Promise<string[]> {
  const { collections, log } = options;
  const names: string[] = [];
  let bytesLeft = options.checkBytes;
  for (const entry of await fs.promises.readdir(folder, { withFileTypes: true })) {
    const { name } = entry;
    // A file in the place of a sandbox's folder is in the way of that sandbox only.
    if (!SANDBOX_NAME.test(name) || !entry.isDirectory()) continue;
    const inside = path.join(folder, name);
    const files = await listFolder(inside);
    if (isDropped(files)) {
      await finishDrop(inside, true);
      continue;
    }
    if (inUse(files).length === 0) continue;
    names.push(name);
    if (name === options.except) continue;
    const bytes = await sizeOf(inside, inUse(files));
    if (bytes > bytesLeft) continue;
    bytesLeft -= bytes;
    await loadFolder(inside, collections, log);
  }
  return names;
}

async function sizeOf(folder: string, files: readonly OwnFile[]): Promise<number> {
  const stats = await Promise.all(
    files.map(({ name }) => fs.promises.stat(path.join(folder, name))),
  );
  return stats.reduce((sum, { size }) => sum + size, 0);
}
