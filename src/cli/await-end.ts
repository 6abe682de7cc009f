/** Waits for the reason to stop a server, which decides the exit code. */
import type { Logger } from 'pino';
import { isStartedByNpm, watchNpm } from './watch-npm.ts';

export type End = { readonly exitCode: number };

const CODES = { SIGINT: 130, SIGTERM: 143 } as const;
const FAILED = 3;
/** A terminal sends Ctrl-C to npm and to the server, and npm forwards its own, so one Ctrl-C arrives twice. */
const ECHO_MS = 100;

/**
 * Resolves with exit code 0 at the first SIGINT or SIGTERM, or when the npm that started the server ends; with 3
 * at an uncaught exception, because the state is then unknown. An unhandled rejection is logged and the server
 * continues, because its request was answered. A second signal or exception ends the process at once.
 */
export function awaitEnd(logger: Logger): Promise<End> {
  const { promise, resolve } = Promise.withResolvers<End>();
  let endingSinceMs: number | undefined;
  const end = (exitCode: number, exitNow: number, say: () => void): void => {
    if (endingSinceMs !== undefined) process.exit(exitNow);
    endingSinceMs = performance.now();
    say();
    resolve({ exitCode });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStartedByNpm() && performance.now() - (endingSinceMs ?? -Infinity) < ECHO_MS) return;
      end(0, CODES[signal], () =>
        logger.info(`Stopping on ${signal}; a second signal stops at once`),
      );
    });
  }
  watchNpm(() => {
    // npm may have forwarded a signal before it ended. That does not count as a second one.
    if (endingSinceMs !== undefined) return;
    end(0, 0, () => logger.info('Stopping: npm, which started the server, has exited'));
  });
  process.on('uncaughtException', (err) =>
    end(FAILED, FAILED, () => logger.fatal({ err }, 'Stopping: uncaught exception')),
  );
  process.on('unhandledRejection', (err) =>
    logger.error({ err }, 'Unhandled promise rejection; the server keeps running'),
  );
  return promise;
}
