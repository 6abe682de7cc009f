/** Words what a write failed of, and logs it when it begins and when it ends, not for each request. */
import { MockError, messageOf } from '../../../errors.ts';
import { codeOf } from './folder.ts';
import type { Log } from './storage.ts';

export type WriteFault = {
  /** The error for whoever asked for the change. */
  notStored(cause: unknown): MockError;
  /** The error for all who waited for the disk. */
  notSynced(cause: unknown): MockError;
  /** A write was successful. */
  worked(): void;
};

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'Free space on the disk',
  EDQUOT: 'Raise the disk quota or free space',
  EFBIG: 'Raise the limit on file sizes (ulimit -f)',
  EROFS: 'Make the file system writable',
  EACCES: 'Let this user write the folder',
  EPERM: 'Let this user write the folder',
  EMFILE: 'Raise the limit on open files (ulimit -n)',
  ENFILE: 'Raise the limit on open files',
  EIO: 'Check the disk',
};

export function createWriteFault(folder: string, log: Log): WriteFault {
  let logged: string | undefined;
  return {
    notStored: (cause) => {
      const code = codeOf(cause) ?? 'other';
      const advice = ADVICE[code] ?? 'Look at the folder and the disk it is on';
      const message = `The change was not stored in ${folder}: ${messageOf(cause)}. ${advice}, then try again; nothing was changed.`;
      if (logged !== code) {
        log('error', `${message} Reads go on; further failures of this kind are not logged.`);
      }
      logged = code;
      return new MockError('not-stored', message, { cause });
    },
    notSynced: (cause) => {
      const message = `The disk did not confirm changes in ${folder}: ${messageOf(cause)}. They were taken back. Check the disk, then restart, or reset the sandbox; until then it takes no changes.`;
      log('error', `${message} Reads go on.`);
      return new MockError('not-stored', message, { cause });
    },
    worked: () => {
      if (logged !== undefined) log('warn', `Changes are stored in ${folder} again.`);
      logged = undefined;
    },
  };
}
