/** What a person reads while requests come in. */
import type { Logger } from 'pino';
import type { Outcome, Tracked } from './exchange.ts';
import type { RawRequest } from './read-request.ts';

export type RequestLog = {
  answered(raw: RawRequest, outcome: Outcome, tracked: Tracked, durationMs: number): void;
  /** A fault that the answer does not explain. */
  failed(tracked: Tracked, thrown: unknown): void;
  /** The client was gone before its request was read. */
  brokenOff(url: string, cause: unknown): void;
};

/** One line a request; what was tolerated is in it, a sentence each. */
export function createRequestLog(logger: Logger): RequestLog {
  return {
    answered(raw, { status, notes, kind }, { requestId, sandbox, exchange }, durationMs) {
      if (!logger.isLevelEnabled('info')) return;
      logger.info(
        {
          requestId,
          sandbox,
          vendor: exchange?.vendor.name,
          operation: exchange?.spec?.operation.id,
          kind,
          status,
          durationMs: Math.round(durationMs * 100) / 100,
          ...(notes.warnings.length > 0 && {
            warnings: notes.warnings.slice(0, 20).map(({ message }) => message),
          }),
        },
        `${raw.method} ${raw.path.slice(0, 200)} ${status}`,
      );
    },
    failed({ requestId, sandbox }, thrown) {
      logger.error({ requestId, sandbox, err: thrown }, 'The request could not be answered');
    },
    brokenOff(url, cause) {
      logger.debug({ err: cause }, `The client broke off: ${url.split('?', 1)[0]?.slice(0, 200)}`);
    },
  };
}
