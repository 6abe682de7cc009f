/** What a person reads while the control API is called. */
import type { Request, Response } from 'express';
import type { Logger } from 'pino';

export type CallLog = {
  /** Writes one line once the call is over; `operation` is undefined where none matched. */
  follow(request: Request, response: Response, operation: string | undefined): void;
  /** A fault that the answer does not explain. */
  failed(thrown: unknown): void;
};

/** Asked every few seconds by machines. */
const PROBES: ReadonlySet<string> = new Set(['getHealth', 'getReadiness', 'getMetrics']);
/** No sandbox has a longer name. */
const MAX_NAME_LENGTH = 64;

/** The query is left out: what is searched for in a journal may be a secret. */
export function createCallLog(logger: Logger): CallLog {
  return {
    follow(request, response, operation) {
      const startedMs = performance.now();
      const path = `${request.baseUrl}${request.path}`.slice(0, 200);
      const { sandbox } = request.params as { readonly sandbox?: string };
      response.once('close', () => {
        // Undefined: the client was gone before it was answered.
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
