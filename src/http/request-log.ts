/** Logs requests for people. */
import type { Logger } from 'pino';
import { factsOf, type Ended, type Known } from './exchange.ts';

export type RequestLog = {
  answered(ended: Ended, durationMs: number): void;
  /** Logs an error that the answer does not explain. */
  failed(known: Known, thrown: unknown): void;
  /** Logs that the client disconnected before its request was read. */
  brokenOff(url: string, cause: unknown): void;
};

/** Writes one line for each request, with a sentence for each tolerated deviation. */
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

function sandboxOf({ sandbox }: Known): string {
  return sandbox?.name ?? 'default';
}
