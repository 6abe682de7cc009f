/** The log: JSON lines for machines, short lines for a person at a terminal. Goes to standard error. */
import { destination, pino, symbols, type DestinationStream, type Logger } from 'pino';

/** Lines are written when so much of them waits, or so long after the first. */
const GATHER_BYTES = 12 * 1024;
const GATHER_MS = 100;
const WARN = 40;

export function createLogger(level: string): Logger {
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  if (!process.stderr.isTTY) return pino(options, gatherLines());
  return pino(options, { write: (line: string) => void process.stderr.write(forTerminal(line)) });
}

/**
 * A write for each line would cost as much as all the rest of the log. What waits is written before the process ends,
 * and with a warning or an error at once.
 */
function gatherLines(): DestinationStream {
  const stream = destination({ dest: 2, sync: false, minLength: GATHER_BYTES });
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    stream.flush();
  };
  const lines = {
    // Has pino set the level of each line before it is written.
    [symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string) {
      stream.write(line);
      if (lines.lastLevel >= WARN) flush();
      else timer ??= setTimeout(flush, GATHER_MS).unref();
    },
  };
  return lines;
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
