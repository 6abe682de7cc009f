/** `license-mock serve`: runs the mock until it is told to stop. */
import { startApp } from '../../app.ts';
import { parseServeConfig, serveOptions } from '../../config/serve-config.ts';
import { findInjected } from '../../config/injected-variables.ts';
import { listen } from '../../listen.ts';
import { createLog } from '../../log/log.ts';
import { readOptions } from '../../config/options.ts';
import { vendors } from '../../vendors/index.ts';
import type { Vendor } from '../../vendors/vendor.ts';
import { awaitEnd } from '../await-end.ts';
import { renderBanner } from '../banner.ts';
import { readArguments, renderHelp, UsageError, type Command } from '../command.ts';

/** Their titles, as a sentence lists them. */
export function describeVendors(listed: readonly Pick<Vendor, 'title'>[]): string {
  return new Intl.ListFormat('en').format(listed.map(({ title }) => title));
}

export const serveCommand: Command = {
  name: 'serve',
  summary: 'run the mock server',
  help: renderHelp({
    usage: 'serve [options]',
    about:
      `Serves the license APIs of ${describeVendors(vendors)}.\n` +
      'Each option is also read from LICENSE_MOCK_<NAME>, such as LICENSE_MOCK_PORT; a flag wins.',
    options: serveOptions,
    examples: [
      'license-mock serve',
      'license-mock serve --port 0 --data memory --scenario empty',
      'license-mock serve --profile strict --set IBL-PAGE-LINKS=integers --set TI-RATE-LIMIT=on',
    ],
  }),
  async run(args) {
    const { flags, positionals } = readArguments(serveOptions, args);
    if (positionals.length > 0) throw new UsageError(`serve takes no "${positionals[0]}".`);
    const config = parseServeConfig(readOptions(serveOptions, flags, process.env));
    const isForPerson = process.stderr.isTTY;
    const log = createLog(config.logLevel, { isForPerson, isGathered: !isForPerson });
    process.on('exit', log.finishNow);
    const { logger } = log;
    const injected = findInjected(process.env);
    if (injected.length > 0) {
      logger.debug(`Ignored: Kubernetes sets these for a Service: ${injected.join(', ')}`);
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
        'The control API (/_mock) is closed to other machines: LICENSE_MOCK_CONTROL_TOKEN is not set',
      );
    }
    const { exitCode } = await ending;
    await listening.stop(config.graceMs);
    await app.close();
    await log.finish();
    // What still waits (an answer delayed beyond the grace) is nobody's any more.
    process.exit(exitCode);
  },
};

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
