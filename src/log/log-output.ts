/**
 * Writes the lines of a log to a file descriptor. A log that cannot be written neither blocks nor ends the process:
 * its lines are dropped and counted. sonic-boom, which pino brings, does not do this: its last write before the process
 * exits retries for ever.
 */
import { write, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export type LogOutput = {
  /** Takes one line, `\n` included. `isUrgent`: write it now instead of waiting for more lines. */
  add(line: string, isUrgent: boolean): void;
  /** All lines dropped so far. */
  droppedLines(): number;
  /** Writes the waiting lines, for at most half a second. */
  finish(): Promise<void>;
  /** A last attempt if the process exits without `finish`. */
  finishNow(): void;
};

/** Lines wait until this many bytes are collected, because a write per line would double the cost of the log. */
const GATHER_BYTES = 12 * 1024;
/** The longest time a line waits, and the time between two attempts while writing fails. */
const WAIT_MS = 100;
/** Lines are dropped when the reader is further behind than this. */
const MAX_WAITING_BYTES = 1024 * 1024;
const FINISH_MS = 500;
const NOTHING = Buffer.alloc(0);
const NEWLINE = 0x0a;

/**
 * For a slow reader of a pipe, up to `MAX_WAITING_BYTES` wait. After any other failure (no space, no reader), the waiting
 * lines are dropped. From the first dropped line on, all lines are dropped until `renderNote`, which reports their
 * number, is written. So the log has a single gap, which the note marks.
 *
 * The descriptor must not block: a blocked write would hold up the exit of the process.
 */
export function createLogOutput(
  fd: number,
  renderNote: (droppedLines: number) => string,
): LogOutput {
  let waiting = '';
  /** One of the waiting lines is urgent. */
  let isUrgentWaiting = false;
  /** Being written, or to be tried again. */
  let rest: Buffer = NOTHING;
  let isWriting = false;
  /** The last write ended inside a line. */
  let isInsideLine = false;
  let isFailing = false;
  let dropped = 0;
  /** Dropped lines that no note reports yet; `noted` are in the note being written. */
  let missed = 0;
  let noted = 0;
  let timer: NodeJS.Timeout | undefined;

  const schedule = (): void => {
    timer ??= setTimeout(flush, WAIT_MS).unref();
  };
  const drop = (lines: number): void => {
    dropped += lines;
    missed += lines;
  };
  const takeNext = (): Buffer => {
    if (waiting !== '') {
      const taken = Buffer.from(waiting);
      waiting = '';
      isUrgentWaiting = false;
      return taken;
    }
    if (missed === 0) return NOTHING;
    noted = missed;
    missed = 0;
    return Buffer.from(`${isInsideLine ? '\n' : ''}${renderNote(noted)}`);
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (isWriting) return;
    if (rest.length === 0) rest = takeNext();
    if (rest.length === 0) return;
    isWriting = true;
    write(fd, rest, 0, rest.length, undefined, onWritten);
  };
  const onWritten = (err: NodeJS.ErrnoException | null, bytes: number): void => {
    isWriting = false;
    isFailing = err !== null && err.code !== 'EAGAIN';
    if (isFailing) fail();
    else if (err === null && bytes > 0) advance(bytes);
    else schedule();
  };
  const fail = (): void => {
    if (noted > 0) missed += noted;
    else drop(countLines(rest.toString()));
    noted = 0;
    drop(countLines(waiting));
    rest = NOTHING;
    waiting = '';
    isUrgentWaiting = false;
    schedule();
  };
  const advance = (bytes: number): void => {
    isInsideLine = rest[bytes - 1] !== NEWLINE;
    rest = rest.subarray(bytes);
    if (rest.length === 0) noted = 0;
    if (rest.length > 0 || missed > 0 || isDue()) flush();
    else if (waiting !== '') schedule();
  };
  const isDue = (): boolean => isUrgentWaiting || waiting.length >= GATHER_BYTES;
  /** There is something to write, and the last attempt did not fail permanently. */
  const canGoOn = (): boolean =>
    isWriting || (!isFailing && (rest.length > 0 || waiting !== '' || missed > 0));

  return {
    add(line, isUrgent) {
      if (missed > 0 || waiting.length + line.length > MAX_WAITING_BYTES) drop(countLines(line));
      else {
        waiting += line;
        isUrgentWaiting ||= isUrgent;
      }
      // Only the timer retries a write, not each new line.
      if (rest.length === 0 && missed === 0 && isDue()) flush();
      else schedule();
    },
    droppedLines: () => dropped,
    async finish() {
      const endMs = performance.now() + FINISH_MS;
      flush();
      while (canGoOn() && performance.now() < endMs) {
        await sleep(WAIT_MS / 10);
        flush();
      }
    },
    finishNow() {
      try {
        writeSync(fd, isWriting ? waiting : `${rest.toString()}${waiting}`);
      } catch {
        // The process exits, so the error cannot be reported.
      }
    },
  };
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}
