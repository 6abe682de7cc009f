/** Logs requests for people. */
import type { Logger } from 'pino';
import type { Violation } from '../messages/message.ts';
import { factsOf, type Ended, type Known } from './exchange.ts';

export type RequestLog = {
  answered(ended: Ended, durationMs: number): void;
  /** Logs an error that the answer does not explain. */
  failed(known: Known, thrown: unknown): void;
  /** Logs that the client disconnected before its request was read. */
  brokenOff(url: string, cause: unknown): void;
};

/** How many violations a line names. */
const SHOWN = 5;
const NAME_LENGTH = 100;

/** One line a request; what was tolerated is in it, a sentence each. */
export function createRequestLog(logger: Logger): RequestLog {
  return {
    answered(ended, durationMs) {
      if (!logger.isLevelEnabled('info')) return;
      const { raw, requestId, notes, outcome } = ended;
      const { vendor, operation } = factsOf(ended);
      logger.info(
        {
          requestId,
          sandbox: sandboxOf(ended),
          vendor,
          operation,
          kind: outcome.kind,
          status: outcome.status,
          durationMs: Math.round(durationMs * 100) / 100,
          ...describeRefusal(ended),
          ...(notes.warnings.length > 0 && {
            warnings: notes.warnings.slice(0, 20).map(({ message }) => message),
          }),
        },
        `${raw.method} ${raw.path.slice(0, 200)} ${outcome.status}`,
      );
    },
    failed(known, thrown) {
      const { requestId } = known;
      logger.error(
        { requestId, sandbox: sandboxOf(known), err: thrown },
        'The request could not be answered or recorded',
      );
    },
    brokenOff(url, cause) {
      logger.debug(
        { err: cause },
        `The client disconnected: ${url.split('?', 1)[0]?.slice(0, 200)}`,
      );
    },
  };
}

/** Fields and rules, never values: a log is kept longer, and read by more people, than what clients send. */
function describeRefusal({ outcome, notes }: Ended): { refused?: string; why?: string[] } {
  const { refusal } = outcome;
  if (!refusal) return {};
  const { problem } = refusal;
  const why = notes.violations.slice(0, SHOWN).map((each) => describeViolation(each));
  const more = notes.violations.length - why.length;
  if (more > 0) why.push(`and ${more} more`);
  return { refused: problem, ...(why.length > 0 && { why }) };
}

/** `body.count: type` */
function describeViolation({ in: place, path, keyword, message }: Violation): string {
  // What is said of credentials names no value.
  if (keyword === 'security') return message;
  const name = [place, ...path].join('.').slice(0, NAME_LENGTH);
  return `${name}: ${keyword}`;
}

function sandboxOf({ sandbox }: Known): string {
  return sandbox?.name ?? 'default';
}
