/** An append-only file that knows how long it rightly is, and is cut back to that when a write fails half-way. */
import fs from 'node:fs';
import path from 'node:path';
import { removeQuietly, syncFolder, unfinishedPath } from './folder.ts';

export type LogFile = {
  /** Up to the last whole line. */
  readonly bytes: number;
  /** Writes all of the text, or leaves the file as it was and throws what the system said. */
  append(text: string): void;
  /** Resolves when what was appended until now is on the disk. */
  sync(): Promise<void>;
  /** Takes back what was appended after this many bytes. */
  cutTo(bytes: number): void;
  /** Lets go of the handle; the next use opens it again. */
  close(): void;
};

export type LogFileOptions = {
  readonly file: string;
  readonly bytes: number;
  /** True where the file is longer than `bytes`. */
  readonly torn: boolean;
  /** Told whenever the file's handle is used. */
  readonly onUse: () => void;
};

/** The file must be there. */
export function openLogFile({ file, bytes, torn, onUse }: LogFileOptions): LogFile {
  let handle: number | undefined;
  let end = bytes;
  let mustCut = torn;

  const open = (): number => {
    handle ??= fs.openSync(file, 'r+');
    onUse();
    return handle;
  };

  const cut = (): void => {
    fs.ftruncateSync(open(), end);
    mustCut = false;
  };

  const cutIfPossible = (): void => {
    mustCut = true;
    try {
      cut();
    } catch {
      // It stays to be done before the next write.
    }
  };

  return {
    get bytes() {
      return end;
    },
    append: (text) => {
      if (mustCut) cut();
      const data = Buffer.from(text);
      try {
        writeAll(open(), data, end);
      } catch (error) {
        cutIfPossible();
        throw error;
      }
      end += data.length;
    },
    sync: () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      fs.fdatasync(open(), (error) => (error ? reject(error) : resolve()));
      return promise;
    },
    cutTo: (length) => {
      end = length;
      cutIfPossible();
    },
    close: () => {
      if (handle !== undefined) fs.closeSync(handle);
      handle = undefined;
    },
  };
}

/**
 * Makes a file with a first text in it that is either all there or not there at all, also its folder;
 * with `sync` also after a power cut.
 */
export async function createWholeFile(file: string, text: string, sync: boolean): Promise<void> {
  const folder = path.dirname(file);
  const unfinished = unfinishedPath(file);
  const isNewFolder = (await fs.promises.mkdir(folder, { recursive: true })) !== undefined;
  try {
    await fs.promises.writeFile(unfinished, text, { flush: sync });
    await fs.promises.rename(unfinished, file);
    if (sync) await syncFolder(folder);
    if (sync && isNewFolder) await syncFolder(path.dirname(folder));
  } catch (error) {
    await removeQuietly(unfinished);
    await removeQuietly(file);
    if (isNewFolder) await fs.promises.rmdir(folder).catch(() => {});
    throw error;
  }
}

/** One call writes as much as the system likes, on a nearly full disk not all. */
function writeAll(handle: number, data: Buffer, position: number): void {
  for (let done = 0; done < data.length;) {
    done += fs.writeSync(handle, data, done, data.length - done, position + done);
  }
}
