/**
 * Keeps a second process out of a data folder. SQLite, which Node carries, holds the lock for us: the system
 * ties it to the life of the process, so that a killed one leaves nothing in the way and process numbers,
 * which are always 1 in containers, do not matter. Nothing is kept in the database. Names begin with a dot, which
 * no sandbox's does.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MockError } from '../../../errors.ts';
import { inTheWay, unusable } from './disk-faults.ts';

/** The one folder below `--data` that is ours. */
export const OWN_FOLDER = 'license-mock';

export const LOCK = '.lock';

/** Says who has the lock. Version 0.1 used another name, by which its folders are told from ours. */
const HOLDER = '.holder';

/** SQLite's result code for a lock that somebody else holds. */
const SQLITE_BUSY = 5;

/** Gives what lets go of the lock. Throws `data-in-use`, or `data-unusable` where nothing can be locked. */
export function lockFolder(folder: string, holderName = HOLDER): () => void {
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
    throw isBusy(error) ? inUse(folder, holder) : unusable(folder, error);
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

function inUse(folder: string, holder: string): MockError {
  return new MockError(
    'data-in-use',
    `The data folder ${folder} is in use by ${readHolder(holder)}. Stop that one, or give this one another --data.`,
  );
}

function readHolder(holder: string): string {
  try {
    return fs.readFileSync(holder, 'utf8').trim() || 'another process';
  } catch {
    return 'another process';
  }
}
