/**
 * The log of one sandbox: one line per commit, in consecutively numbered files. With durability `disk`, one sync covers
 * all commits appended before it started, because a sync takes longer than many writes.
 */
import type { MockError } from '../../../errors.ts';
import type { WriteFaults } from './disk-faults.ts';
import { filePath, writeWholeFile } from './folder.ts';
import { commitLine, logHeader } from './lines.ts';
import { openLogFile } from './log-file.ts';
import type { LogFile, OpenFiles } from './log-file.ts';
import { undo } from '../../memory/state.ts';
import type { Changes, SandboxState } from '../../memory/state.ts';

export type CommitLogOptions = {
  readonly folder: string;
  /** `disk`: `settle` waits until everything appended is on disk. */
  readonly durability: 'process' | 'disk';
  readonly faults: WriteFaults;
  readonly openFiles: OpenFiles;
};

/** Where writing continues. */
export type Position = {
  /** The number of the last commit. */
  readonly seq: number;
  /** The newest file number in use. */
  readonly number: number;
  /** Bytes of that log up to its last whole line; undefined if there is no such file. */
  readonly logEnd: number | undefined;
  /** True if the log has more bytes than that and could not be cut. */
  readonly torn: boolean;
  readonly snapshotBytes: number;
  /** Bytes of all logs since the snapshot. */
  readonly logBytes: number;
};

export const START: Position = {
  seq: 0,
  number: 1,
  logEnd: undefined,
  torn: false,
  snapshotBytes: 0,
  logBytes: 0,
};

export type CommitLog = {
  /** Of the last commit. */
  readonly seq: number;
  /** The number of the newest file. */
  readonly number: number;
  /** Bytes of all files since the snapshot. */
  readonly bytes: number;
  /** True after a failed sync: the content on disk is unknown, so nothing more is appended. */
  readonly isBroken: boolean;
  /** Sets the position to continue from, and forgets earlier appends. The log must be closed. */
  goOnFrom(position: Position): void;
  /** Appends the changes of the state's running transaction. If it throws `not-stored`, nothing was appended. */
  append(state: SandboxState): Promise<void>;
  /** Continues in a new file. */
  startNext(): Promise<void>;
  /** Call it after the files before the newest were removed. */
  forgetOlder(): void;
  /** Resolves when everything appended so far is as durable as promised. */
  settle(): Promise<void>;
  /** Rolls back changes that did not become durable, after `settle` failed. */
  rewind(state: SandboxState): void;
  close(): Promise<void>;
};

/** A commit that may not be on the disk yet. */
type Waiting = {
  readonly seq: number;
  readonly changes: Changes;
  /** Its start in the file, in bytes. */
  readonly at: number;
};

export function createCommitLog(options: CommitLogOptions): CommitLog {
  const { folder, faults, openFiles } = options;
  const flush = options.durability === 'disk';
  let { seq, number } = START;
  let olderBytes = 0;
  /** Undefined until a file of this number exists. */
  let file: LogFile | undefined;
  let broken: MockError | undefined;
  /** Oldest first. */
  const waiting: Waiting[] = [];
  let syncing: Promise<void> | undefined;

  const sync = async (): Promise<void> => {
    // This sync may not cover later appends.
    const covered = waiting.length;
    try {
      await file?.sync();
      waiting.splice(0, covered);
    } catch (error) {
      // After a failed sync, the system may report success for the next one without writing, so there is no next one.
      broken = faults.notSynced(error);
      file?.cutTo(waiting[0]?.at ?? file.bytes);
      throw broken;
    } finally {
      syncing = undefined;
    }
  };

  const settle = async (): Promise<void> => {
    const last = seq;
    for (let next = waiting[0]; next && next.seq <= last; next = waiting[0]) {
      if (broken) throw broken;
      await (syncing ??= sync());
    }
  };

  const open = (bytes: number, torn: boolean): LogFile =>
    openLogFile({
      file: filePath(folder, 'log', number),
      bytes,
      torn,
      openFiles,
      isBusy: () => waiting.length > 0,
    });

  /** Creates the file together with its first lines, so that no log is ever without its header. */
  const create = async (of: number, firstLine: string): Promise<number> => {
    const text = logHeader(of, seq) + firstLine;
    await writeWholeFile(filePath(folder, 'log', of), text, { flush });
    return Buffer.byteLength(text);
  };

  return {
    get seq() {
      return seq;
    },
    get number() {
      return number;
    },
    get bytes() {
      return olderBytes + (file?.bytes ?? 0);
    },
    get isBroken() {
      return broken !== undefined;
    },
    goOnFrom: (position) => {
      ({ seq, number } = position);
      const { logEnd, torn, logBytes } = position;
      olderBytes = logBytes - (logEnd ?? 0);
      file = logEnd === undefined ? undefined : open(logEnd, torn);
      broken = undefined;
      waiting.length = 0;
    },
    append: async (state) => {
      if (broken) throw broken;
      const at = file?.bytes;
      try {
        const line = commitLine(seq + 1, state);
        if (file) file.append(line);
        else file = open(await create(number, line), false);
      } catch (error) {
        throw faults.notStored(error);
      }
      faults.worked();
      seq++;
      // A new file is already on the disk.
      if (flush && at !== undefined) waiting.push({ seq, changes: state.changes, at });
    },
    startNext: async () => {
      await settle();
      const bytes = await create(number + 1, '');
      olderBytes += file?.bytes ?? 0;
      file?.close();
      number++;
      file = open(bytes, false);
    },
    forgetOlder: () => {
      olderBytes = 0;
    },
    settle,
    rewind: (state) => {
      for (const { seq: undone, changes } of waiting.splice(0).toReversed()) {
        undo(state, changes);
        seq = undone - 1;
      }
    },
    close: async () => {
      await settle().catch(() => {});
      file?.close();
    },
  };
}
