/** Opens and locks the one folder below `--data` that is ours. It holds the lock and a folder for each sandbox. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MockError } from '../../../errors.ts';
import { SANDBOX_NAME } from '../../faults.ts';
import type { Collection } from '../../store.ts';
import { adoptSandboxes, isOldData, makeRoom, OLD_HOLDER } from './adopt-old-data.ts';
import { codeOf, inTheWay, unusable } from './disk-faults.ts';
import type { Log } from './disk-faults.ts';
import { finishDrop, inUse, isDropped, listFolder, syncFolder } from './folder.ts';
import type { OwnFile } from './folder.ts';
import { loadFolder } from './load-folder.ts';

/** The one folder below `--data` that is ours. */
const OWN_FOLDER = 'license-mock';

// In it, what is not a sandbox has a name that begins with a dot. No sandbox does.
const LOCK = '.lock';

/** Says who has the lock. Version 0.1 used another name, by which its folders are told from ours. */
const HOLDER = '.holder';

/** SQLite's result code for a lock that somebody else holds. */
const SQLITE_BUSY = 5;

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
    if (await isOldData(data)) unlockOld = lockFolder(data, OLD_HOLDER);
    if (unlockOld) await makeRoom(data, folder);
    await makeOwnFolder(folder);
    unlock = lockFolder(folder, HOLDER);
    if (unlockOld) await adoptSandboxes(data, folder, log);
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

/**
 * Keeps a second process out; gives what lets go of the lock. SQLite, which Node carries, holds it for us: the system
 * ties it to the life of the process, so that a killed one leaves nothing in the way and process numbers, which are
 * always 1 in containers, do not matter. Nothing is kept in the database. Throws `data-in-use`, or `data-unusable`
 * where nothing can be locked.
 */
function lockFolder(folder: string, holderName: string): () => void {
  const lock = path.join(folder, LOCK);
  const holder = path.join(folder, holderName);
  let database: DatabaseSync | undefined;
  try {
    for (const file of [lock, holder]) checkFile(file);
    database = new DatabaseSync(lock);
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    fs.writeFileSync(holder, `process ${process.pid} on ${os.hostname()}\n`);
  } catch (error) {
    database?.close();
    throw isBusy(error) ? heldBy(folder, holder) : unusable(folder, error);
  }
  const held = database;
  return () => held.close();
}

/** Through a link, another file would be written over. */
function checkFile(file: string): void {
  const stats = fs.lstatSync(file, { throwIfNoEntry: false });
  if (stats && !stats.isFile()) throw inTheWay(file, 'file');
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function heldBy(folder: string, holder: string): MockError {
  return new MockError(
    'data-in-use',
    `The data folder ${folder} is in use by ${readHolder(holder)}. Stop that process, or choose another --data.`,
  );
}

function readHolder(holder: string): string {
  try {
    return fs.readFileSync(holder, 'utf8').trim() || 'another process';
  } catch {
    return 'another process';
  }
}
