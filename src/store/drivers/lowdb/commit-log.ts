/** The log of one sandbox: a line for each commit, in files that follow each other by number. */
import type { MockError } from '../../../errors.ts';
import { logPath } from './folder.ts';
import { createGroupSync } from './group-sync.ts';
import { commitLine, logHeader } from './lines.ts';
import { START } from './load-folder.ts';
import type { Position } from './load-folder.ts';
import { createWholeFile, openLogFile } from './log-file.ts';
import type { LogFile } from './log-file.ts';
import type { OpenFiles } from './open-files.ts';
import { undo } from './state.ts';
import type { Changes, SandboxState } from './state.ts';
import type { WriteFault } from './write-fault.ts';

export type CommitLogOptions = {
  readonly folder: string;
  /** `disk`: `settle` waits until the disk has what was appended. */
  readonly durability: 'process' | 'disk';
  readonly fault: WriteFault;
  readonly openFiles: OpenFiles;
};

export type CommitLog = {
  /** Of the last commit. */
  readonly seq: number;
  /** Of the newest file. */
  readonly number: number;
  /** Of all files since the snapshot. */
  readonly bytes: number;
  /** True after a sync failed: what the disk has is no longer known, nothing is appended. */
  readonly isBroken: boolean;
  /** Sets where to go on; what was appended before is forgotten. The log must be closed. */
  goOnFrom(position: Position): void;
  /** Appends what the state's running transaction changed. Throws `not-stored`, and nothing was appended. */
  append(state: SandboxState): Promise<void>;
  /** Goes on in a new file. */
  startNext(): Promise<void>;
  /** The files before the newest were removed. */
  forgetOlder(): void;
  settle(): Promise<void>;
  rewind(state: SandboxState): void;
  close(): Promise<void>;
};

/** A commit that the disk may not have yet. */
type Written = {
  readonly seq: number;
  readonly changes: Changes;
  /** Where in the file it begins. */
  readonly at: number;
};

export function createCommitLog(options: CommitLogOptions): CommitLog {
  const { folder, fault, openFiles } = options;
  const syncs = options.durability === 'disk';
  let { seq, number } = START;
  let olderBytes = 0;
  /** Undefined: there is no file of this number yet. */
  let file: LogFile | undefined;
  let broken: MockError | undefined;

  const group = createGroupSync<Written>(async () => {
    try {
      await file?.sync();
    } catch (error) {
      // After a failed sync the system may call the next one good without writing anything, so there is none.
      broken = fault.notSynced(error);
      file?.cutTo(group.waiting[0]?.at ?? file.bytes);
      throw broken;
    }
  });

  const handle = {
    isBusy: () => group.waiting.length > 0,
    close: () => file?.close(),
  };

  const open = (name: string, bytes: number, torn: boolean): LogFile =>
    openLogFile({ file: name, bytes, torn, onUse: () => openFiles.use(handle) });

  const create = async (next: number, firstLine: string): Promise<LogFile> => {
    const name = logPath(folder, next);
    const text = logHeader(next, seq) + firstLine;
    await createWholeFile(name, text, syncs);
    return open(name, Buffer.byteLength(text), false);
  };

  const closeFile = (): void => {
    openFiles.forget(handle);
    file?.close();
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
      file = logEnd === undefined ? undefined : open(logPath(folder, number), logEnd, torn);
      broken = undefined;
      group.takeWaiting();
    },
    append: async (state) => {
      if (broken) throw broken;
      const at = file?.bytes;
      try {
        const line = commitLine(seq + 1, state);
        if (file) file.append(line);
        else file = await create(number, line);
      } catch (error) {
        throw fault.notStored(error);
      }
      fault.worked();
      seq++;
      if (syncs && at !== undefined) group.written({ seq, changes: state.changes, at });
    },
    startNext: async () => {
      await group.settle();
      const next = await create(number + 1, '');
      olderBytes += file?.bytes ?? 0;
      closeFile();
      file = next;
      number++;
    },
    forgetOlder: () => {
      olderBytes = 0;
    },
    settle: async () => {
      if (broken && group.waiting.length > 0) throw broken;
      await group.settle();
    },
    rewind: (state) => {
      for (const written of group.takeWaiting().toReversed()) {
        undo(state, written.changes);
        seq = written.seq - 1;
      }
    },
    close: async () => {
      await group.settle().catch(() => {});
      closeFile();
    },
  };
}
