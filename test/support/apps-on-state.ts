/** Servers on one state, in memory or in a database, for tests of shared state or of a changed store. */
import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { parseServeConfig, serveOptions } from '../../src/config/serve-config.ts';
import { listen } from '../../src/listen.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { readOptions } from '../../src/config/options.ts';
import { serveSpecs } from '../../src/parts.ts';
import { openState, type State } from '../../src/open-state.ts';
import { vendors as ownVendors } from '../../src/vendors/index.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';
import type { TestDatabase } from './postgres.ts';

export type Apps = { readonly urls: readonly string[]; stop(): Promise<void> };

export async function startAppsOnState(options: {
  readonly count: number;
  /** Where each app opens the state for itself, as a replica does. Default: one state in memory, which all use. */
  readonly database?: TestDatabase;
  readonly vendors?: readonly Vendor[];
  /** The state that the apps use instead. */
  readonly wrapState?: (state: State) => State;
  /** Further options of `serve`. */
  readonly serve?: Readonly<Record<string, string>>;
  /** Collects the log, one JSON object per line. */
  readonly log?: string[];
}): Promise<Apps> {
  const { vendors = ownVendors, wrapState = (state) => state, log = [], database } = options;
  const config = parseServeConfig(
    readOptions(
      serveOptions,
      {
        port: '0',
        data: database?.url ?? 'memory',
        'data-schema': database?.schema,
        scenario: 'empty',
        ...options.serve,
      },
      {},
    ),
  );
  const served = await serveSpecs(config, vendors);
  const open = async () => {
    const metrics = createMetrics();
    const state = await openState(config, {
      vendors: served.map(({ vendor }) => vendor),
      metrics,
      log: () => {},
    });
    const close = async (): Promise<void> => {
      metrics.close();
      await state.store.close();
    };
    return { state, close };
  };
  const count = Array.from({ length: options.count });
  const common = database ? undefined : await open();
  const opened = await Promise.all(count.map(async () => common ?? open()));
  const logger = pino({ level: 'info' }, { write: (line: string) => void log.push(line) });
  const apps = await Promise.all(
    opened.map(async ({ state }) => {
      const metrics = createMetrics();
      const app = await createApp(config, {
        served,
        metrics,
        state: wrapState(state),
        log: { logger, droppedLines: () => 0 },
        wallClock: Date.now,
      });
      const { url, stop } = await listen(app.listener, config, app.beginStop);
      return { url, stop: () => stop(1_000).then(() => metrics.close()) };
    }),
  );
  return {
    urls: apps.map(({ url }) => url),
    async stop() {
      await Promise.all(apps.map((app) => app.stop()));
      await Promise.all([...new Set(opened)].map(({ close }) => close()));
    },
  };
}
