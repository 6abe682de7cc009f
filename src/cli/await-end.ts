/** When a server is to end, and with which exit code. */
import type { Logger } from 'pino';

export type End = { readonly exitCode: number };

const CODES = { SIGINT: 130, SIGTERM: 143 } as const;
const FAILED = 3;

/**
 * Resolves at the first SIGINT or SIGTERM (0), or at an exception that nobody caught (3): what it left behind is not
 * known, so the server stops in order instead of going on. A rejection that nobody handled is logged and the server
 * lives: the request it belongs to was answered. What comes after the first ends the process at once.
 */
export function awaitEnd(logger: Logger): Promise<End> {
  const { promise, resolve } = Promise.withResolvers<End>();
  let isEnding = false;
  const end = (exitCode: number, exitNow: number, say: () => void): void => {
    if (isEnding) process.exit(exitNow);
    isEnding = true;
    say();
    resolve({ exitCode });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () =>
      end(0, CODES[signal], () => logger.info(`Stopping on ${signal}; once more ends at once`)),
    );
  }
  process.on('uncaughtException', (err) =>
    end(FAILED, FAILED, () => logger.fatal({ err }, 'Stopping: an exception was not caught')),
  );
  process.on('unhandledRejection', (err) =>
    logger.error({ err }, 'A rejection was not handled; the server goes on'),
  );
  return promise;
}
