/** Opens the folder that holds the sandboxes' folders. */
import fs from 'node:fs';
import path from 'node:path';
import type { Collection } from '../../store.ts';
import { lockFolder, unusable } from './data-lock.ts';
import { DROPPED, listFolder, logPath, removeQuietly, snapshotPath } from './folder.ts';
import type { Listing } from './folder.ts';
import { loadFolder } from './load-folder.ts';
import type { Log } from './storage.ts';

export const SANDBOX_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

export type DataFolder = {
  /** Sandboxes that are there. */
  readonly names: readonly string[];
  unlock(): void;
};

export type DataFolderOptions = {
  readonly folder: string;
  readonly collections: readonly Collection<never>[];
  readonly log: Log;
  /** As many bytes of sandboxes are read to find damage; that in others shows when they are first used. */
  readonly checkBytes: number;
  /** A sandbox that is read at once anyway. */
  readonly except: string;
};

export async function openDataFolder(options: DataFolderOptions): Promise<DataFolder> {
  const { folder } = options;
  try {
    makeFolder(folder);
  } catch (error) {
    throw unusable(folder, error);
  }
  const unlock = lockFolder(folder);
  try {
    return { names: await findSandboxes(options), unlock };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Parents first. Node's own recursive mkdir never ends where one of them cannot be made, as below /proc. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  fs.mkdirSync(folder);
}

async function findSandboxes(options: DataFolderOptions): Promise<string[]> {
  const { folder, collections, log } = options;
  const names: string[] = [];
  let bytesLeft = options.checkBytes;
  for (const name of await fs.promises.readdir(folder)) {
    const inside = path.join(folder, name);
    if (name.startsWith(DROPPED)) await removeQuietly(inside);
    if (!SANDBOX_NAME.test(name)) continue;
    const listing = await listFolder(inside);
    if (listing.snapshots.length + listing.logs.length === 0) continue;
    names.push(name);
    if (name === options.except) continue;
    const bytes = await sizeOf(inside, listing);
    if (bytes > bytesLeft) continue;
    bytesLeft -= bytes;
    await loadFolder(inside, collections, log);
  }
  return names;
}

async function sizeOf(folder: string, { snapshots, logs }: Listing): Promise<number> {
  const files = [
    ...snapshots.map((number) => snapshotPath(folder, number)),
    ...logs.map((number) => logPath(folder, number)),
  ];
  const sizes = await Promise.all(files.map(async (file) => (await fs.promises.stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
