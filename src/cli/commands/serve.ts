/** `license-mock serve`: runs the mock until it is told to stop. */
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { startApp } from '../../app.ts';
import { parseServeConfig, type ServeConfig } from '../../config/serve-config.ts';
import { findInjected } from '../../config/injected-variables.ts';
import { messageOf } from '../../errors.ts';
import { listen } from '../../listen.ts';
import { createLog } from '../../log/log.ts';
import type { Flags } from '../../config/options.ts';
import { awaitEnd } from '../await-end.ts';
import { describeMisspelt } from '../describe-misspelt.ts';
import { readServeOptions } from '../read-serve-options.ts';
import { createTakeOver } from '../take-over.ts';
import { kindOf, placesToWatch, watchFiles } from '../watch-files.ts';
import { renderBanner } from '../banner.ts';

/** The process ends with the server. */
export async function serve(flags: Flags): Promise<never> {
  const { given, file } = await readServeOptions(flags, process.env);
  const asked = parseServeConfig(given, process.env);
  const generatedToken = makeToken(asked);
  const config = { ...asked, controlToken: asked.controlToken ?? generatedToken };
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
  const watched = config.watch === 'off' ? [] : placesToWatch(config, file?.file);
  const takeOver = createTakeOver(app, config, {
    kindOf: (edited) => kindOf(watched, edited),
    flags,
    environment: process.env,
    say: (sentence) => void process.stdout.write(`${sentence}\n`),
  });
  const stopWatching = watchFiles(watched, takeOver);
  writeAddress(config.addressFile, listening.url, logger);
  process.stdout.write(
    renderBanner(app, config, {
      url: listening.url,
      generatedToken,
      configFile: file?.file,
      watched: watched.map(({ shown }) => shown),
      notes: describeMisspelt(process.env),
    }),
  );
  if (config.controlToken === undefined && !isLoopback(config.host)) {
    logger.info(
      'The control API (/_mock) accepts requests from this machine only, because LICENSE_MOCK_CONTROL_TOKEN is not set',
    );
  }
  const { exitCode } = await ending;
  stopWatching();
  if (config.addressFile !== undefined) rmSync(config.addressFile, { force: true });
  await listening.stop(config.graceMs);
  await app.close();
  await log.finish();
  // Ends work that still waits, such as an answer delayed beyond the grace period.
  process.exit(exitCode);
}

function makeToken({ generateToken, controlToken }: ServeConfig): string | undefined {
  if (!generateToken || controlToken !== undefined) return undefined;
  return randomBytes(24).toString('base64url');
}

/** A mock that cannot write the file serves all the same. */
function writeAddress(file: string | undefined, url: string, logger: Logger): void {
  if (file === undefined) return;
  try {
    writeFileSync(file, `${url}\n`);
  } catch (thrown) {
    logger.warn(`--address-file cannot be written: ${messageOf(thrown)}`);
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
