/** Writes all of a sandbox into one file, a piece at a time, so that requests are answered meanwhile. */
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { removeQuietly, snapshotPath, syncFolder, unfinishedPath } from './folder.ts';
import { recordLine, snapshotFooter, snapshotHeader } from './lines.ts';
import { copyBlocks } from './sorted-list.ts';
import type { SandboxState } from './state.ts';
import type { StoredRecord } from './stored-record.ts';

/** How much text is made between two turns of the event loop. */
const PIECE_LENGTH = 64 * 1024;

/** A sandbox at one moment. Taking it copies lists, not records: those never change. */
export type Moment = {
  readonly number: number;
  readonly header: string;
  readonly collections: readonly {
    readonly name: string;
    readonly blocks: readonly (readonly StoredRecord[])[];
  }[];
};

export function takeMoment(state: SandboxState, number: number, seq: number): Moment {
  return {
    number,
    header: snapshotHeader(number, seq, state.counters),
    collections: [...state.collections.values()].map(({ name, ordered }) => ({
      name,
      blocks: copyBlocks(ordered),
    })),
  };
}

/**
 * Resolves to the bytes written once the file is there under its name and on the disk; to undefined, with
 * nothing left behind, where `isCancelled` said so.
 */
export async function writeSnapshot(
  folder: string,
  moment: Moment,
  isCancelled: () => boolean,
): Promise<number | undefined> {
  const file = snapshotPath(folder, moment.number);
  const unfinished = unfinishedPath(file);
  const isNewFolder = (await fs.promises.mkdir(folder, { recursive: true })) !== undefined;
  try {
    const handle = await fs.promises.open(unfinished, 'w');
    let bytes: number | undefined;
    try {
      bytes = await writePieces(handle, moment, isCancelled);
      if (bytes !== undefined) await handle.sync();
    } finally {
      await handle.close();
    }
    if (bytes === undefined || isCancelled()) {
      await removeQuietly(unfinished);
      return undefined;
    }
    await fs.promises.rename(unfinished, file);
    await syncFolder(folder);
    if (isNewFolder) await syncFolder(path.dirname(folder));
    return bytes;
  } catch (error) {
    await removeQuietly(unfinished);
    await removeQuietly(file);
    throw error;
  }
}

async function writePieces(
  handle: FileHandle,
  moment: Moment,
  isCancelled: () => boolean,
): Promise<number | undefined> {
  let bytes = 0;
  for (const piece of pieces(moment)) {
    if (isCancelled()) return undefined;
    const data = Buffer.from(piece);
    await handle.writeFile(data);
    bytes += data.length;
  }
  return bytes;
}

function* pieces({ header, collections }: Moment): Generator<string> {
  let text = header;
  let records = 0;
  for (const { name, blocks } of collections) {
    for (const block of blocks) {
      for (const record of block) {
        text += recordLine(name, record);
        records++;
        if (text.length < PIECE_LENGTH) continue;
        yield text;
        text = '';
      }
    }
  }
  yield text + snapshotFooter(records);
}
