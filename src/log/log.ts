/** The log on standard error: JSON lines for machines, short lines for a person at a terminal. */
import { constants, openSync } from 'node:fs';
import { pino, symbols, type Logger } from 'pino';
import { createLogOutput, type LogOutput } from './log-output.ts';

export type Log = Pick<LogOutput, 'droppedLines' | 'finish' | 'finishNow'> & {
  readonly logger: Logger;
};

export type LogForm = {
  /** Short lines instead of JSON. */
  readonly isForPerson: boolean;
  /** Lines wait up to 100 ms for others, which costs less; warnings and errors do not wait. */
  readonly isGathered: boolean;
};

const STDERR = 2;
const WARN = 40;
const ERROR = 50;

export function createLog(level: string, { isForPerson, isGathered }: LogForm): Log {
  const render = isForPerson ? forTerminal : (line: string) => line;
  const output = createLogOutput(openStderr(isForPerson), (lines) => render(renderNote(lines)));
  const stream = {
    // Has pino set the level of each line before it is written.
    [symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string) {
      output.add(render(line), !isGathered || stream.lastLevel >= WARN);
    },
  };
  const options = { level, base: null, timestamp: createTimestamp() };
  return { ...output, logger: pino(options, stream) };
}

/** Requests of a load share their millisecond. */
function createTimestamp(): () => string {
  let lastMs = Number.NaN;
  let shown = '';
  return () => {
    const nowMs = Date.now();
    if (nowMs !== lastMs) shown = `,"time":"${new Date(nowMs).toISOString()}"`;
    lastMs = nowMs;
    return shown;
  };
}

/** Standard error, so that a write to it does not block. */
function openStderr(isForPerson: boolean): number {
  // Node makes a pipe non-blocking when its stream is first used. It leaves a terminal as it is.
  if (!process.stderr.isTTY || !isForPerson) return STDERR;
  try {
    const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
    return openSync('/dev/stderr', O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    // The terminal belongs to another user.
    return STDERR;
  }
}

function renderNote(droppedLines: number): string {
  const msg = `The log was not writable for some time; dropped lines: ${droppedLines}`;
  return `${JSON.stringify({ level: ERROR, time: new Date().toISOString(), droppedLines, msg })}\n`;
}

type Line = {
  readonly level: number;
  readonly time: string;
  readonly msg: string;
  readonly durationMs?: number;
  readonly warnings?: readonly string[];
  readonly refused?: string;
  readonly why?: readonly string[];
  readonly err?: { readonly stack?: string };
};

const LEVELS: Readonly<Record<number, string>> = { 40: 'warn  ', 50: 'error ', 60: 'fatal ' };

/** One line, followed by warnings and the stack of an error, indented. */
function forTerminal(line: string): string {
  const {
    level,
    time,
    msg,
    durationMs,
    warnings = [],
    refused,
    why = [],
    err,
  } = JSON.parse(line) as Line;
  const took = durationMs === undefined ? '' : `  ${durationMs} ms`;
  const head = `${time.slice(11, 19)} ${LEVELS[level] ?? ''}${msg}${took}`;
  const notes = [
    ...warnings.map((warning) => `         tolerated: ${warning}`),
    ...(refused === undefined ? [] : [`         refused: ${[refused, ...why].join(', ')}`]),
  ];
  return `${[head, ...notes, ...(err?.stack ? [err.stack] : [])].join('\n')}\n`;
}
