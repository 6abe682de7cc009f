/** Writes all of a sandbox into one file, a piece at a time, so that requests are answered meanwhile. */
import type { StoredRecord } from '../../record.ts';
import { filePath, writeWholeFile } from './folder.ts';
import { recordLine, snapshotFooter, snapshotHeader } from './lines.ts';
import { copyBlocks } from './sorted-list.ts';
import type { SandboxState } from './state.ts';

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

/** Resolves to the bytes written once the file is there under its name and on the disk. */
export async function writeSnapshot(
  folder: string,
  moment: Moment,
  signal?: AbortSignal,
): Promise<number> {
  let bytes = 0;
  const counted = function* (): Generator<string> {
    for (const piece of pieces(moment)) {
      bytes += Buffer.byteLength(piece);
      yield piece;
    }
  };
  // Always synced: the logs before it, which may be synced, are removed next.
  const options = signal ? { flush: true, signal } : { flush: true };
  await writeWholeFile(filePath(folder, 'snapshot', moment.number), counted(), options);
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
