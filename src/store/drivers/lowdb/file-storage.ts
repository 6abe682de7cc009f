/** Stores a sandbox in a folder: each commit appends a line to a log, and compaction writes a snapshot of everything. */
import { messageOf } from '../../../errors.ts';
import type { StoredRecord } from '../../record.ts';
import type { Collection } from '../../store.ts';
import { createCommitLog, START } from './commit-log.ts';
import type { CommitLogOptions } from './commit-log.ts';
import { createWriteFaults } from './disk-faults.ts';
import type { Log } from './disk-faults.ts';
import { dropSandbox, filePath, listFolder, removeOlder, writeWholeFile } from './folder.ts';
import { recordLine, snapshotFooter, snapshotHeader } from './lines.ts';
import { loadFolder } from './load-folder.ts';
import { copyBlocks } from '../../memory/sorted-list.ts';
import type { SandboxState } from '../../memory/state.ts';
import type { Count, Storage } from './sandbox.ts';

export type FileStorageOptions = Omit<CommitLogOptions, 'faults'> & {
  readonly log: Log;
  readonly count: Count;
  readonly collections: readonly Collection<never>[];
  /** Shorter logs are never compacted. */
  readonly compactAboveBytes: number;
};

export function createFileStorage(options: FileStorageOptions): Storage {
  const { folder, log, count, collections, compactAboveBytes } = options;
  const faults = createWriteFaults(folder, log);
  const commits = createCommitLog({ ...options, faults });
  let snapshotBytes = 0;
  /** After a failed compaction, the next one waits until the logs have this size. */
  let retryAtBytes = 0;
  let compaction: { readonly done: Promise<void>; readonly abort: AbortController } | undefined;

  /** Starts a compaction. Waits only for the next log file; the snapshot is written in the background. */
  const compactWhenDue = async (state: SandboxState): Promise<void> => {
    const dueAtBytes = Math.max(compactAboveBytes, 2 * snapshotBytes, retryAtBytes);
    if (compaction || commits.isBroken || commits.bytes <= dueAtBytes) return;
    try {
      await commits.startNext();
      const abort = new AbortController();
      const moment = takeMoment(state, commits.number, commits.seq);
      compaction = { done: compact(moment, abort.signal), abort };
    } catch (error) {
      postpone(error);
    }
    count('compaction');
  };

  const compact = async (moment: Moment, signal: AbortSignal): Promise<void> => {
    try {
      snapshotBytes = await writeSnapshot(folder, moment, signal);
      retryAtBytes = 0;
      commits.forgetOlder();
      await removeOlder(folder, await listFolder(folder), moment.number);
    } catch (error) {
      if (!signal.aborted) postpone(error);
    } finally {
      compaction = undefined;
    }
  };

  const postpone = (error: unknown): void => {
    retryAtBytes = commits.bytes + compactAboveBytes;
    log(
      'warn',
      `${folder} could not be compacted: ${messageOf(error)}. No data is lost, but its logs stay long. The next attempt follows after ${compactAboveBytes} more bytes.`,
    );
  };

  const close = async (): Promise<void> => {
    compaction?.abort.abort();
    await compaction?.done;
    await commits.close();
  };

  return {
    read: async () => {
      const loaded = await loadFolder(folder, collections, log);
      commits.goOnFrom(loaded?.position ?? START);
      snapshotBytes = loaded?.position.snapshotBytes ?? 0;
      retryAtBytes = 0;
      if (loaded) await compactWhenDue(loaded.state);
      return loaded?.state ?? null;
    },
    write: async (state) => {
      await commits.append(state);
      await compactWhenDue(state);
    },
    settle: () => commits.settle(),
    rewind: (state) => commits.rewind(state),
    replace: async (next) => {
      await close();
      const number = commits.number + 1;
      const seq = commits.seq + 1;
      try {
        snapshotBytes = await writeSnapshot(folder, takeMoment(next, number, seq));
      } catch (error) {
        throw faults.notStored(error);
      }
      faults.worked();
      commits.goOnFrom({ ...START, number, seq });
      await removeOlder(folder, await listFolder(folder), number);
    },
    remove: async () => {
      await close();
      try {
        await dropSandbox(folder, options.durability === 'disk');
      } catch (error) {
        throw faults.notStored(error);
      }
    },
    close,
  };
}

/** Length of text that is rendered between two turns of the event loop. */
const PIECE_LENGTH = 64 * 1024;

/** A sandbox at one moment. It copies lists but not records, because records never change. */
type Moment = {
  readonly number: number;
  readonly header: string;
  readonly collections: readonly {
    readonly name: string;
    readonly blocks: readonly (readonly StoredRecord[])[];
  }[];
};

function takeMoment(state: SandboxState, number: number, seq: number): Moment {
  return {
    number,
    header: snapshotHeader(number, seq, state.counters),
    collections: [...state.collections.values()].map(({ name, ordered }) => ({
      name,
      blocks: copyBlocks(ordered),
    })),
  };
}

/** Resolves to the number of bytes when the file has its final name and is on the disk. */
async function writeSnapshot(
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
  // Always synced, because older logs, which may be synced, are removed next.
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
