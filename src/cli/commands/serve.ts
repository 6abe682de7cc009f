/** `license-mock serve`: runs the mock until it receives a signal. */
import { startApp } from '../../app.ts';
import { parseServeConfig } from '../../config/serve-config.ts';
import { findInjected } from '../../config/injected-variables.ts';
import { listen } from '../../listen.ts';
import { createLog } from '../../log/log.ts';
import type { Given } from '../../config/options.ts';
import { awaitEnd } from '../await-end.ts';
import { renderBanner } from '../banner.ts';

/** The process ends with the server. */
export async function serve(given: Given): Promise<never> {
  const config = parseServeConfig(given);
  const isForPerson = process.stderr.isTTY;
  const log = createLog(config.logLevel, { isForPerson, isGathered: !isForPerson });
  process.on('exit', log.finishNow);
  const { logger } = log;
  const injected = findInjected(process.env);
  if (injected.length > 0) {
    logger.debug(`Ignored variables that Kubernetes sets for a Service: ${injected.join(', ')}`);
  }
  const ending = awaitEnd(logger);
  const app = await startApp(config, log);
  const listening = await listen(app.listener, config, app.beginStop).catch(
    async (thrown: unknown) => {
      await app.close();
      throw thrown;
    },
  );
  process.stdout.write(renderBanner(app, config, listening.url));
  if (config.controlToken === undefined && !isLoopback(config.host)) {
    logger.info(
      'The control API (/_mock) accepts requests from this machine only, because LICENSE_MOCK_CONTROL_TOKEN is not set',
    );
  }
  const { exitCode } = await ending;
  await listening.stop(config.graceMs);
  await app.close();
  await log.finish();
  // Ends work that still waits, such as an answer delayed beyond the grace period.
  process.exit(exitCode);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
