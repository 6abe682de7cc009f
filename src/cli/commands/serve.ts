/** `license-mock serve`: runs the mock until it is told to stop. */
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { startApp } from '../../app.ts';
import { parseServeConfig, serveOptions, type ServeConfig } from '../../config/serve-config.ts';
import { findInjected } from '../../config/injected-variables.ts';
import { messageOf } from '../../errors.ts';
import { listen } from '../../listen.ts';
import { createLog } from '../../log/log.ts';
import type { Flags } from '../../config/options.ts';
import { describeUnknownVariables } from '../../config/unknown-variables.ts';
import { awaitEnd } from '../await-end.ts';
import { serverOptions } from '../client-options.ts';
import { configOption, readServeOptions } from '../read-serve-options.ts';
import { createTakeOver } from '../take-over.ts';
import { watchFiles } from '../watch-files.ts';
import { pullOptions } from '../pull-options.ts';
import { verifyOptions } from '../verify-options.ts';
import { renderBanner } from '../banner.ts';

/** Those of all commands: one that another command reads is set for that one. */
const knownVariables = [
  configOption,
  ...serveOptions,
  ...verifyOptions,
  ...serverOptions,
  ...pullOptions,
].flatMap(({ variable }) => variable ?? []);

/** The process ends with the server. */
export async function serve(flags: Flags): Promise<never> {
  const { given, file } = await readServeOptions(flags, process.env);
  const asked = parseServeConfig(given);
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
  const watching =
    config.watch === 'off'
      ? undefined
      : watchFiles(
          config,
          file?.file,
          createTakeOver(app, config, {
            configFile: file?.file,
            flags,
            environment: process.env,
            say: (sentence) => void process.stdout.write(`${sentence}\n`),
          }),
        );
  writeAddress(config.addressFile, listening.url, logger);
  process.stdout.write(
    renderBanner(app, config, {
      url: listening.url,
      generatedToken,
      configFile: file?.file,
      notes: describeUnknownVariables(process.env, knownVariables),
    }),
  );
  if (config.controlToken === undefined && !isLoopback(config.host)) {
    logger.info(
      'The control API (/_mock) accepts requests from this machine only, because LICENSE_MOCK_CONTROL_TOKEN is not set',
    );
  }
  const { exitCode } = await ending;
  watching?.stop();
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
