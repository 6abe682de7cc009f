/** Keeps a sandbox in a folder: each commit a line at the end of a log, now and then a snapshot of all. */
import { messageOf } from '../../../errors.ts';
import type { Collection } from '../../store.ts';
import { createCommitLog } from './commit-log.ts';
import type { CommitLogOptions } from './commit-log.ts';
import { dropSandbox, listFolder } from './folder.ts';
import { loadFolder, removeOlder, START } from './load-folder.ts';
import type { Log, Storage } from './storage.ts';
import { createWriteFault } from './write-fault.ts';
import { takeMoment, writeSnapshot } from './write-snapshot.ts';
import type { Moment } from './write-snapshot.ts';

export type FileStorageOptions = Omit<CommitLogOptions, 'fault'> & {
  readonly log: Log;
  readonly collections: readonly Collection<never>[];
  /** Logs that are shorter are never compacted. */
  readonly compactAboveBytes: number;
};

export function createFileStorage(options: FileStorageOptions): Storage {
  const { folder, log, collections, compactAboveBytes } = options;
  const fault = createWriteFault(folder, log);
  const commits = createCommitLog({ ...options, fault });
  let snapshotBytes = 0;
  /** After a compaction failed, the next waits until the logs have grown to this. */
  let retryAtBytes = 0;
  let compaction: { readonly done: Promise<void>; cancel(): void } | undefined;

  const compactAfter = async (moment: Moment, isCancelled: () => boolean): Promise<void> => {
    try {
      const bytes = await writeSnapshot(folder, moment, isCancelled);
      if (bytes === undefined) return;
      snapshotBytes = bytes;
      retryAtBytes = 0;
      commits.forgetOlder();
      await removeOlder(folder, await listFolder(folder), moment.number);
    } catch (error) {
      postpone(error);
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
    compaction?.cancel();
    await compaction?.done;
    await commits.close();
  };

  return {
    read: async () => {
      const loaded = await loadFolder(folder, collections, log);
      commits.goOnFrom(loaded?.position ?? START);
      snapshotBytes = loaded?.position.snapshotBytes ?? 0;
      retryAtBytes = 0;
      return loaded?.state ?? null;
    },
    write: (state) => commits.append(state),
    wantsCompaction: () =>
      compaction === undefined &&
      !commits.isBroken &&
      commits.bytes > Math.max(compactAboveBytes, 2 * snapshotBytes, retryAtBytes),
    compact: async (state) => {
      try {
        await commits.startNext();
        const moment = takeMoment(state, commits.number, commits.seq);
        let cancelled = false;
        const done = compactAfter(moment, () => cancelled);
        compaction = {
          done,
          cancel: () => {
            cancelled = true;
          },
        };
      } catch (error) {
        postpone(error);
      }
    },
    settle: () => commits.settle(),
    rewind: (state) => commits.rewind(state),
    replace: async (next) => {
      await close();
      const number = commits.number + 1;
      const seq = commits.seq + 1;
      try {
        const bytes = await writeSnapshot(folder, takeMoment(next, number, seq), () => false);
        snapshotBytes = bytes ?? 0;
      } catch (error) {
        throw fault.notStored(error);
      }
      fault.worked();
      commits.goOnFrom({ ...START, number, seq });
      await removeOlder(folder, await listFolder(folder), number);
    },
    remove: async () => {
      await close();
      try {
        await dropSandbox(folder, options.durability === 'disk');
      } catch (error) {
        throw fault.notStored(error);
      }
    },
    close,
  };
}
