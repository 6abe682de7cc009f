/** Reads a text file line by line, without loading all of it or blocking the process for long. */
import fs from 'node:fs';
import { damaged, unreadable } from './disk-faults.ts';
import type { OwnFile } from './folder.ts';
import { fileStart } from './lines.ts';

const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 10;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export type LinesRead = {
  /** Number of complete lines. */
  readonly lines: number;
  /** Size of these lines in bytes. */
  readonly bytes: number;
  /** Number of bytes after the last complete line. */
  readonly tornBytes: number;
};

/** Errors thrown by `onLine` become `damaged-data` with file and line. */
export async function readLines(
  file: string,
  onLine: (text: string, number: number) => void,
): Promise<LinesRead> {
  let lines = 0;
  let bytes = 0;
  let rest: Buffer[] = [];
  for await (const chunk of readChunks(file)) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      const part = chunk.subarray(from, end);
      const line = rest.length === 0 ? part : Buffer.concat([...rest, part]);
      rest = [];
      from = end + 1;
      bytes += line.length + 1;
      lines++;
      try {
        onLine(decoder.decode(line), lines);
      } catch (error) {
        throw damaged(file, lines, error);
      }
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  return { lines, bytes, tornBytes: rest.reduce((sum, part) => sum + part.length, 0) };
}

async function* readChunks(file: string): AsyncGenerator<Buffer> {
  try {
    yield* fs.createReadStream(file, { highWaterMark: CHUNK_BYTES });
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** `whole`: the file has our header. `torn`: the header is incomplete, as after a power failure. `other`: a foreign file. */
export async function readStart(
  file: string,
  { kind, number }: Pick<OwnFile, 'kind' | 'number'>,
): Promise<'whole' | 'torn' | 'other'> {
  const whole = Buffer.from(fileStart(kind, number));
  const start = Buffer.alloc(whole.length);
  const handle = await fs.promises.open(file, 'r');
  try {
    const { bytesRead } = await handle.read(start);
    if (start.equals(whole)) return 'whole';
    // After a power failure, some file systems return zeros instead of the text.
    const isTorn =
      start.subarray(0, bytesRead).equals(whole.subarray(0, bytesRead)) ||
      start.every((byte) => byte === 0);
    return isTorn ? 'torn' : 'other';
  } finally {
    await handle.close();
  }
}

/** Throws `damaged-data` for a user's file, which must stay. A file without a complete line can be a truncated file of ours. */
export async function checkStart(
  file: string,
  kind: OwnFile['kind'],
  number: number,
): Promise<void> {
  if ((await readStart(file, { kind, number })) !== 'other') return;
  throw damaged(file, 1, `The file does not start like a ${kind} of license-mock`);
}
