/** Keeps a sandbox in a folder: each commit a line at the end of a log, now and then a snapshot of all. */
import { messageOf } from '../../../errors.ts';
import type { Collection } from '../../store.ts';
import { createCommitLog, START } from './commit-log.ts';
import type { CommitLogOptions } from './commit-log.ts';
import { createWriteFaults } from './disk-faults.ts';
import type { Log } from './disk-faults.ts';
import { dropSandbox, listFolder, removeOlder } from './folder.ts';
import { loadFolder } from './load-folder.ts';
import type { Count, Storage } from './sandbox.ts';
import { takeMoment, writeSnapshot } from './snapshot.ts';
import type { Moment } from './snapshot.ts';
import type { SandboxState } from './state.ts';

export type FileStorageOptions = Omit<CommitLogOptions, 'faults'> & {
  readonly log: Log;
  readonly count: Count;
  readonly collections: readonly Collection<never>[];
  /** Logs that are shorter are never compacted. */
  readonly compactAboveBytes: number;
};

export function createFileStorage(options: FileStorageOptions): Storage {
  const { folder, log, count, collections, compactAboveBytes } = options;
  const faults = createWriteFaults(folder, log);
  const commits = createCommitLog({ ...options, faults });
  let snapshotBytes = 0;
  /** After a compaction failed, the next waits until the logs have grown to this. */
  let retryAtBytes = 0;
  let compaction: { readonly done: Promise<void>; readonly abort: AbortController } | undefined;

  /** Begins a compaction. The snapshot is written beside what follows; only the next log's file is waited for. */
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
      `${folder} could not be compacted: ${messageOf(error)}. Nothing is lost, its logs just stay long; it is tried again after ${compactAboveBytes} more bytes.`,
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
