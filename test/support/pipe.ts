/** A named pipe whose two ends the test controls. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type Pipe = {
  /** For the process that writes. */
  readonly writeEnd: number;
  openReader(): void;
  /** Closes the reader, so that writes fail with EPIPE. */
  closeReader(): void;
  /** Reads until the text contains `end`, and returns everything read so far. Rejects after five seconds. */
  readUntil(end: string): Promise<string>;
  close(): void;
};

/** Its reader is open and reads nothing yet. */
export function openPipe(folder: string, name: string): Pipe {
  const file = path.join(folder, name);
  execFileSync('mkfifo', [file]);
  const open = (): number => openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  let reader: number | undefined = open();
  const writeEnd = openSync(file, 'w');
  const closeReader = (): void => {
    if (reader !== undefined) closeSync(reader);
    reader = undefined;
  };
  let text = '';
  return {
    writeEnd,
    openReader() {
      reader = open();
    },
    closeReader,
    async readUntil(end) {
      const lateMs = performance.now() + 5_000;
      while (!text.includes(end)) {
        if (performance.now() > lateMs) throw new Error(`"${end}" was not written.`);
        const read = readAvailable(reader);
        text += read;
        if (read === '') await sleep(20);
      }
      return text;
    },
    close() {
      closeReader();
      closeSync(writeEnd);
    },
  };
}

/** Empty where nothing is there. The log is ASCII here: no character is cut in two. */
function readAvailable(reader: number | undefined): string {
  if (reader === undefined) throw new Error('The reader is closed.');
  const buffer = Buffer.alloc(64 * 1024);
  try {
    return buffer.toString('latin1', 0, readSync(reader, buffer));
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN') return '';
    throw thrown;
  }
}
