/** Reads a text file line by line, however long it is. */
import { createReadStream } from 'node:fs';

const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 10;

export type FileLine = {
  /** From 1. */
  readonly number: number;
  /** Without the line break. */
  readonly bytes: Buffer;
  /** False: the file ends within this line. */
  readonly isWhole: boolean;
};

/** Only `\n` ends a line. Rejects with the error of the file system. */
export async function* readFileLines(file: string): AsyncGenerator<FileLine> {
  let number = 1;
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    const bytes = chunk as Buffer;
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      const part = bytes.subarray(from, end);
      yield {
        number,
        isWhole: true,
        bytes: rest.length === 0 ? part : Buffer.concat([...rest, part]),
      };
      rest = [];
      from = end + 1;
      number += 1;
    }
    if (from < bytes.length) rest.push(bytes.subarray(from));
  }
  if (rest.length > 0) yield { number, isWhole: false, bytes: Buffer.concat(rest) };
}
