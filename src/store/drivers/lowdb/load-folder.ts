/** Loads a sandbox: the newest complete snapshot, and the logs from its number on. */
import fs from 'node:fs';
import path from 'node:path';
import type { MockError } from '../../../errors.ts';
import type { Collection } from '../../store.ts';
import { START } from './commit-log.ts';
import type { Position } from './commit-log.ts';
import { damaged } from './disk-faults.ts';
import type { Log } from './disk-faults.ts';
import {
  filePath,
  finishDrop,
  inUse,
  isDropped,
  listFolder,
  numbersOf,
  removeOlder,
  removeQuietly,
} from './folder.ts';
import type { OwnFile } from './folder.ts';
import { applyCommit, checkLogHeader, readSnapshotHeader, readSnapshotLine } from './lines.ts';
import { checkStart, readLines } from './read-lines.ts';
import type { LinesRead } from './read-lines.ts';
import { createState } from '../../memory/state.ts';
import type { SandboxState } from '../../memory/state.ts';

export type Loaded = { readonly state: SandboxState; readonly position: Position };

/** Resolves to undefined if there is no data. Rejects with `damaged-data` if the data cannot be what was written. */
export async function loadFolder(
  folder: string,
  collections: readonly Collection<never>[],
  log: Log,
): Promise<Loaded | undefined> {
  const files = await listFolder(folder);
  if (isDropped(files)) {
    await finishDrop(folder, true);
    return undefined;
  }
  if (inUse(files).length === 0) return undefined;
  // A power cut can leave an incomplete snapshot. The files that it was made from then still exist.
  const bases = numbersOf(files, 'snapshot').toReversed();
  const logs = numbersOf(files, 'log');
  if (bases.length === 0 || logs[0] === 1) bases.push(0);
  let failure: unknown;
  for (const base of bases) {
    const state = createState(collections);
    try {
      const snapshot = base === 0 ? undefined : await readSnapshot(folder, base, state);
      const following = logs.filter((number) => number >= base);
      const loaded = await readLogs(folder, following, { base, snapshot, state, log });
      await putAside(folder, files, base, log);
      return loaded;
    } catch (error) {
      if (!(error instanceof IncompleteSnapshot)) throw failure ?? error;
      failure ??= error.damage;
    }
  }
  throw failure;
}

/** The only damage that older files can repair. */
class IncompleteSnapshot extends Error {
  readonly damage: MockError;

  constructor(damage: MockError) {
    super(damage.message);
    this.damage = damage;
  }
}

type Snapshot = { readonly seq: number; readonly bytes: number };

async function readSnapshot(
  folder: string,
  number: number,
  state: SandboxState,
): Promise<Snapshot> {
  const file = filePath(folder, 'snapshot', number);
  let seq = 0;
  let footer: number | undefined;
  const { lines, bytes, tornBytes } = await readLines(file, (text, line) => {
    if (footer !== undefined) throw new Error('follows the last line of the snapshot');
    if (line === 1) seq = readSnapshotHeader(text, number, state);
    else footer = readSnapshotLine(text, state);
  });
  if (footer === undefined || tornBytes > 0) {
    if (lines === 0) await checkStart(file, 'snapshot', number);
    const end = tornBytes > 0 ? lines + 1 : Math.max(lines, 1);
    throw new IncompleteSnapshot(damaged(file, end, 'The snapshot ends before its last line'));
  }
  if (footer !== lines - 2) {
    const reason = `The snapshot has ${lines - 2} records, but its last line says ${footer}`;
    throw damaged(file, lines, reason);
  }
  checkUniqueValues(file, lines, state);
  return { seq, bytes };
}

type Start = {
  readonly base: number;
  readonly snapshot: Snapshot | undefined;
  readonly state: SandboxState;
  readonly log: Log;
};

async function readLogs(
  folder: string,
  numbers: readonly number[],
  { base, snapshot, state, log }: Start,
): Promise<Loaded> {
  let position: Position = {
    ...START,
    seq: snapshot?.seq ?? 0,
    number: Math.max(base, 1),
    snapshotBytes: snapshot?.bytes ?? 0,
  };
  for (const number of numbers) {
    const file = filePath(folder, 'log', number);
    let { seq } = position;
    const { lines, bytes, tornBytes } = await readLines(file, (text, line) => {
      if (line === 1) checkLogHeader(text, number, seq);
      else applyCommit(text, ++seq, state);
    });
    const isNewest = number === numbers.at(-1);
    if (!isNewest && (lines === 0 || tornBytes > 0)) {
      throw damaged(file, lines + 1, 'The file ends in the middle of a line');
    }
    if (lines === 0) {
      await checkStart(file, 'log', number);
      log(
        'warn',
        `${file} contains no complete line, probably because of a power failure; the file was removed.`,
      );
      await removeQuietly(file);
      break;
    }
    checkUniqueValues(file, lines, state);
    const torn = tornBytes > 0 && !(await cutTail(file, { lines, bytes, tornBytes }, log));
    position = {
      ...position,
      seq,
      number,
      logEnd: bytes,
      torn,
      logBytes: position.logBytes + bytes,
    };
  }
  return { state, position };
}

/** Returns true if the file could be cut to its complete lines. */
async function cutTail(
  file: string,
  { lines, bytes, tornBytes }: LinesRead,
  log: Log,
): Promise<boolean> {
  log(
    'warn',
    `${file}:${lines + 1}: the last line is incomplete, probably because the process was killed while writing. Its ${tornBytes} bytes were dropped. No confirmed change is lost.`,
  );
  return fs.promises.truncate(file, bytes).then(
    () => true,
    () => false,
  );
}

/** Checks lines against each other, because lines that are valid alone can still contradict each other. */
function checkUniqueValues(file: string, line: number, { collections }: SandboxState): void {
  for (const { name, indexes } of collections.values()) {
    for (const { field, unique, keysByValue } of indexes) {
      if (!unique) continue;
      for (const [value, keys] of keysByValue) {
        if (value === null || typeof keys !== 'object') continue;
        const both = keys.blocks.flat().map((key) => JSON.stringify(key));
        const reason = `Up to here, ${name} ${both.join(' and ')} share the ${field} ${JSON.stringify(value)}`;
        throw damaged(file, line, reason);
      }
    }
  }
}

/** Finishes the cleanup of a process that was killed during it. A failure is retried at the next load. */
async function putAside(
  folder: string,
  files: readonly OwnFile[],
  base: number,
  log: Log,
): Promise<void> {
  for (const { name, suffix } of files) {
    if (suffix === 'tmp') await removeQuietly(path.join(folder, name));
  }
  await removeOlder(folder, files, base);
  for (const number of numbersOf(files, 'snapshot').filter((each) => each > base)) {
    const file = filePath(folder, 'snapshot', number);
    log(
      'warn',
      `${file} is incomplete and was renamed; its content was read from the files before it.`,
    );
    await fs.promises.rename(file, `${file}.incomplete`).catch(() => {});
  }
}
