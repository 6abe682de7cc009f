/** The log: JSON lines for machines, short lines for a person at a terminal. Goes to standard error. */
import { destination, pino, type Logger } from 'pino';

/** Lines are written when so much of them waits, or so long after the first. */
const GATHER_BYTES = 12 * 1024;
const GATHER_MS = 100;

export function createLogger(level: string): Logger {
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  if (!process.stderr.isTTY) return pino(options, gatherLines());
  return pino(options, { write: (line: string) => void process.stderr.write(forTerminal(line)) });
}

/** A write for each line would cost as much as all the rest of the log. What waits is written when the process ends. */
function gatherLines(): { write(line: string): void } {
  const stream = destination({ dest: 2, sync: false, minLength: GATHER_BYTES });
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    stream.flush();
  };
  return {
    write(line) {
      stream.write(line);
      timer ??= setTimeout(flush, GATHER_MS).unref();
    },
  };
}

type Line = {
  readonly level: number;
  readonly time: string;
  readonly msg: string;
  readonly durationMs?: number;
  readonly warnings?: readonly string[];
  readonly err?: { readonly stack?: string };
};

const LEVELS: Readonly<Record<number, string>> = { 40: 'warn  ', 50: 'error ', 60: 'fatal ' };

/** One line; what was tolerated and the stack of a fault follow, indented. */
function forTerminal(line: string): string {
  const { level, time, msg, durationMs, warnings = [], err } = JSON.parse(line) as Line;
  const took = durationMs === undefined ? '' : `  ${durationMs} ms`;
  const head = `${time.slice(11, 19)} ${LEVELS[level] ?? ''}${msg}${took}`;
  const notes = warnings.map((warning) => `         tolerated: ${warning}`);
  return `${[head, ...notes, ...(err?.stack ? [err.stack] : [])].join('\n')}\n`;
}
