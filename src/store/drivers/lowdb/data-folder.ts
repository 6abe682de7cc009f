/** Opens and locks our folder inside `--data`. It contains the lock and a folder for each sandbox. */
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

/** The only folder inside `--data` that the mock uses. */
const OWN_FOLDER = 'license-mock';

// Names in it that start with a dot are not sandboxes.
const LOCK = '.lock';

/** Names the process that holds the lock. Version 0.1 used another file name, which identifies its folders. */
const HOLDER = '.holder';

/** SQLite's result code for a lock that another process holds. */
const SQLITE_BUSY = 5;

export type DataFolder = {
  /** The folder that contains the sandboxes' folders. */
  readonly folder: string;
  /** Existing sandboxes. */
  readonly names: readonly string[];
  unlock(): void;
};

export type DataFolderOptions = {
  /** The user's folder. The mock uses only `license-mock` in it. */
  readonly data: string;
  readonly collections: readonly Collection<never>[];
  readonly log: Log;
  /** This many bytes of sandboxes are checked for damage. The other sandboxes are checked on first use. */
  readonly checkBytes: number;
  /** A sandbox that is loaded at start anyway, so it needs no check. */
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
  // A link could lead to a folder that is not ours.
  if (there && !there.isDirectory()) throw inTheWay(folder, 'folder');
  await makeFolder(folder);
}

/** Creates parents first. Node's recursive mkdir never ends if a parent cannot be created, as in /proc. */
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
    // A file in place of a sandbox's folder affects only that sandbox.
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
 * Locks the folder against a second process, and returns a function that releases the lock. It uses SQLite, which is
 * part of Node: the system releases the lock when the process ends, even if it is killed, and process ids, which are
 * always 1 in containers, do not matter. The database stays empty. Throws `data-in-use`, or `data-unusable`
 * if locking is impossible.
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

/** Refuses links, because writing through one would overwrite another file. */
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
