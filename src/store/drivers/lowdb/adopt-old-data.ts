/**
 * Moves the sandboxes of version 0.1, which stored them and its lock directly in the user's folder. Each sandbox is moved
 * with one rename, and the old lock is removed last, so the next start can finish an interrupted move.
 */
import fs from 'node:fs';
import path from 'node:path';
import { MockError } from '../../../errors.ts';
import { SANDBOX_NAME } from '../../faults.ts';
import { hasCode, inTheWay } from './disk-faults.ts';
import type { Log } from './disk-faults.ts';
import { parseFileName, removeQuietly, syncFolder } from './folder.ts';
import { readStart } from './read-lines.ts';

const OLD_LOCK = '.lock';

export const OLD_HOLDER = '.lock-holder';

/** Temporary place for an old sandbox that has the name of our own folder. */
const ASIDE = '.license-mock-moving';

/** True if version 0.1 used this folder. */
export async function isOldData(data: string): Promise<boolean> {
  const lock = await statFile(path.join(data, OLD_LOCK));
  const holder = await statFile(path.join(data, OLD_HOLDER));
  if (lock?.size !== 0 || holder === undefined || holder.size > 1000) return false;
  const text = await fs.promises.readFile(path.join(data, OLD_HOLDER), 'utf8');
  // The file is empty if the disk was full.
  return /^(?:process \d+ on .*\n)?$/.test(text);
}

/** Moves an old sandbox aside if it has the name of our own folder. */
export async function makeRoom(data: string, own: string): Promise<void> {
  if ((await findOthers(own))?.length !== 0 || !isFolder(own)) return;
  const aside = path.join(data, ASIDE);
  if (isThere(aside)) throw inTheWay(aside, 'folder');
  await fs.promises.rename(own, aside);
}

/** Moves the sandboxes into our own folder, which must exist. Both locks must be held. */
export async function adoptSandboxes(data: string, own: string, log: Log): Promise<void> {
  const moves: { readonly from: string; readonly to: string }[] = [];
  for (const entry of await fs.promises.readdir(data)) {
    const name = entry === ASIDE ? path.basename(own) : entry;
    if (!SANDBOX_NAME.test(name)) continue;
    const from = path.join(data, entry);
    const to = path.join(own, name);
    const others = await findOthers(from);
    if (others === undefined) continue;
    if (others.length > 0 || !isFolder(from)) {
      const reason = isFolder(from) ? `it also contains ${others.join(', ')}` : 'it is a link';
      log(
        'warn',
        `${from} was not moved: ${reason}. Version 0.1 stored sandbox "${name}" there. To keep using it, stop the server and move its log and snapshot files to ${to}.`,
      );
    } else if (isThere(to)) {
      throw new MockError(
        'data-unusable',
        `Sandbox "${name}" of version 0.1 cannot be moved from ${from}, because ${to} already exists. Move one of the two elsewhere.`,
      );
    } else {
      moves.push({ from, to });
    }
  }
  for (const { from, to } of moves) {
    await fs.promises.rename(from, to);
    log('warn', `${from}, a sandbox of version 0.1, was moved to ${to}.`);
  }
  await syncFolder(own);
  await syncFolder(data);
  await removeQuietly(path.join(data, OLD_HOLDER));
  await removeQuietly(path.join(data, OLD_LOCK));
}

/** Names in a folder that are not files of a sandbox. Undefined: the folder contains no file of a sandbox. */
async function findOthers(folder: string): Promise<readonly string[] | undefined> {
  let isSandbox = false;
  const others: string[] = [];
  try {
    for (const entry of await fs.promises.readdir(folder, { withFileTypes: true })) {
      const file = entry.isFile() ? parseFileName(entry.name) : undefined;
      const start = file ? await readStart(path.join(folder, entry.name), file) : 'other';
      if (start === 'whole') isSandbox = true;
      if (start === 'other') others.push(entry.name);
    }
  } catch (error) {
    // A server of this user did not write files that this user cannot read.
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM')) return undefined;
    throw error;
  }
  return isSandbox ? others : undefined;
}

async function statFile(file: string): Promise<fs.Stats | undefined> {
  const stats = await fs.promises.lstat(file).catch(() => undefined);
  return stats?.isFile() ? stats : undefined;
}

function isFolder(place: string): boolean {
  return fs.lstatSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isThere(place: string): boolean {
  return fs.lstatSync(place, { throwIfNoEntry: false }) !== undefined;
}
