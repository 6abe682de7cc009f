/** Logs control API calls for people. */
import type { Request, Response } from 'express';
import type { Logger } from 'pino';

export type CallLog = {
  /** Writes one line when the call ends. `operation` is undefined if none matched. */
  follow(request: Request, response: Response, operation: string | undefined): void;
  /** Logs an error that the answer does not explain. */
  failed(thrown: unknown): void;
};

/** Operations that machines call every few seconds. */
const PROBES: ReadonlySet<string> = new Set(['getHealth', 'getReadiness', 'getMetrics']);
/** Maximum length of a sandbox's name. */
const MAX_NAME_LENGTH = 64;

/** Omits the query, because a search term for the journal may be a secret. */
export function createCallLog(logger: Logger): CallLog {
  return {
    follow(request, response, operation) {
      const startedMs = performance.now();
      const path = `${request.baseUrl}${request.path}`.slice(0, 200);
      const { sandbox } = request.params as { readonly sandbox?: string };
      response.once('close', () => {
        // Undefined if the client disconnected before the answer.
        const status = response.headersSent ? response.statusCode : undefined;
        const isUsualProbe = PROBES.has(operation ?? '') && (status ?? 0) < 400;
        const durationMs = Math.round((performance.now() - startedMs) * 100) / 100;
        logger[isUsualProbe ? 'debug' : 'info'](
          { operation, sandbox: sandbox?.slice(0, MAX_NAME_LENGTH), status, durationMs },
          `${request.method} ${path} ${status ?? 'broken off'}`,
        );
      });
    },
    failed(thrown) {
      logger.error({ err: thrown }, 'A control call failed');
    },
  };
}
