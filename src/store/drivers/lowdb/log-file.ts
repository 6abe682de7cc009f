/** An append-only file that knows how long it rightly is, and is cut back to that when a write fails half-way. */
import fs from 'node:fs';

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
  readonly openFiles: OpenFiles;
  /** True while the handle must stay open. */
  readonly isBusy: () => boolean;
};

/** The file must be there. */
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

/** One call writes as much as the system likes, on a nearly full disk not all. */
function writeAll(handle: number, data: Buffer, position: number): void {
  for (let done = 0; done < data.length;) {
    done += fs.writeSync(handle, data, done, data.length - done, position + done);
  }
}

type Closable = { isBusy(): boolean; close(): void };

/**
 * Keeps the number of open files below what systems allow: those not used for longest are closed first. More
 * are open only while more are busy.
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
