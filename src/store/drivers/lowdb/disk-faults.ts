/** Messages for file errors: which file, why, and what to do. */
import { MockError, messageOf } from '../../../errors.ts';

export type Log = (level: 'warn' | 'error', message: string) => void;

/** The code of a failed system call, `ENOSPC`; undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  const code = codeOf(error);
  return code !== undefined && codes.includes(code);
}

/** For something of the user's in a place that the driver needs. */
export function inTheWay(place: string, wanted: 'file' | 'folder'): MockError {
  return new MockError(
    'data-unusable',
    `${place} is in the way: license-mock needs a ${wanted} of its own at this place. Move it elsewhere, or choose another --data.`,
  );
}

export function unreadable(file: string, error: unknown): MockError {
  return new MockError(
    'data-unusable',
    `${file} cannot be read: ${messageOf(error)}. Give this user read and write access, or choose another --data.`,
    { cause: error },
  );
}

/** For any other error that makes the data folder unusable. Returns a `MockError` unchanged. */
export function unusable(folder: string, error: unknown): MockError {
  if (error instanceof MockError) return error;
  return new MockError(
    'data-unusable',
    `The data folder ${folder} cannot be used: ${messageOf(error)}. Give this user write access, choose another --data, or use --data memory.`,
    { cause: error },
  );
}

/** `reason` may be an error or a sentence without its full stop. */
export function damaged(file: string, line: number, reason: unknown): MockError {
  const sandbox = JSON.stringify(file.split(/[\\/]/).at(-2) ?? '');
  return new MockError(
    'damaged-data',
    `${file}:${line}: ${messageOf(reason)}. Restore the folder from a backup, repair the line, or move the folder elsewhere: sandbox ${sandbox} then starts over.`,
    { cause: reason },
  );
}

export type WriteFaults = {
  /** The error for the caller that requested the change. */
  notStored(cause: unknown): MockError;
  /** The error for all callers that waited for the disk. */
  notSynced(cause: unknown): MockError;
  /** A write was successful. */
  worked(): void;
};

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'Free space on the disk',
  EDQUOT: 'Raise the disk quota or free space',
  EFBIG: 'Raise the limit on file sizes (ulimit -f)',
  EROFS: 'Make the file system writable',
  EACCES: 'Give this user write access to the folder',
  EPERM: 'Give this user write access to the folder',
  EMFILE: 'Raise the limit on open files (ulimit -n)',
  ENFILE: 'Raise the limit on open files',
  EIO: 'Check the disk',
};

/** The failed writes of one sandbox. Logs when they begin and when they end, not each one. */
export function createWriteFaults(folder: string, log: Log): WriteFaults {
  let logged: string | undefined;
  return {
    notStored: (cause) => {
      const code = codeOf(cause) ?? 'other';
      const advice = ADVICE[code] ?? 'Check the folder and its disk';
      const message = `The change was not stored in ${folder}: ${messageOf(cause)}. ${advice}, then try again; nothing was changed.`;
      if (logged !== code) {
        log('error', `${message} Reads continue. Further failures of this kind are not logged.`);
      }
      logged = code;
      return new MockError('not-stored', message, { cause });
    },
    notSynced: (cause) => {
      const message = `The disk did not confirm changes in ${folder}: ${messageOf(cause)}. They were rolled back. Check the disk, then restart the server or reset the sandbox; until then, the sandbox rejects changes.`;
      log('error', `${message} Reads continue.`);
      return new MockError('not-stored', message, { cause });
    },
    worked: () => {
      if (logged !== undefined) log('warn', `Changes can be stored in ${folder} again.`);
      logged = undefined;
    },
  };
}
