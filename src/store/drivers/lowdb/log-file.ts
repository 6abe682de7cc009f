/** An append-only file that knows its valid length, and is cut back to it if a write fails halfway. */
import fs from 'node:fs';

export type LogFile = {
  /** Length up to the last complete line. */
  readonly bytes: number;
  /** Writes all of the text, or leaves the file unchanged and throws the system's error. */
  append(text: string): void;
  /** Resolves when everything appended so far is on the disk. */
  sync(): Promise<void>;
  /** Removes everything after this many bytes. */
  cutTo(bytes: number): void;
  /** Closes the handle. The next use opens it again. */
  close(): void;
};

export type LogFileOptions = {
  readonly file: string;
  readonly bytes: number;
  /** True if the file is longer than `bytes`. */
  readonly torn: boolean;
  readonly openFiles: OpenFiles;
  /** True while the handle must stay open. */
  readonly isBusy: () => boolean;
};

/** The file must exist. */
export function openLogFile({ file, bytes, torn, openFiles, isBusy }: LogFileOptions): LogFile {
  let handle: number | undefined;
  let end = bytes;
  let mustCut = torn;

  const close = (): void => {
    if (handle !== undefined) fs.closeSync(handle);
    handle = undefined;
  };
  const closable: Closable = { isBusy, close };

  const open = (): number => {
    handle ??= fs.openSync(file, 'r+');
    openFiles.use(closable);
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
      // Retried before the next write.
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
    sync: async () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      fs.fdatasync(open(), (error) => (error ? reject(error) : resolve()));
      await promise;
    },
    cutTo: (length) => {
      end = length;
      cutIfPossible();
    },
    close: () => {
      openFiles.forget(closable);
      close();
    },
  };
}

/** Repeats the call, because one call may write only a part, for example on a nearly full disk. */
function writeAll(handle: number, data: Buffer, position: number): void {
  for (let done = 0; done < data.length;) {
    done += fs.writeSync(handle, data, done, data.length - done, position + done);
  }
}

type Closable = { isBusy(): boolean; close(): void };

/**
 * Limits the number of open files. Closes the least recently used files first. Exceeds the limit only while more
 * files are busy.
 */
export type OpenFiles = {
  use(file: Closable): void;
  forget(file: Closable): void;
};

export function createOpenFiles(limit: number): OpenFiles {
  const files = new Set<Closable>();
  let newest: Closable | undefined;
  return {
    use: (file) => {
      if (file === newest && files.size <= limit) return;
      newest = file;
      files.delete(file);
      files.add(file);
      for (const oldest of files) {
        if (files.size <= limit) return;
        if (oldest === file || oldest.isBusy()) continue;
        files.delete(oldest);
        oldest.close();
      }
    },
    forget: (file) => {
      files.delete(file);
      if (file === newest) newest = undefined;
    },
  };
}
