/** Servers on one state in memory, for tests of shared state or of a changed store. */
import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { parseServeConfig, serveOptions } from '../../src/config/serve-config.ts';
import { listen } from '../../src/listen.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { readOptions } from '../../src/config/options.ts';
import { serveSpecs } from '../../src/parts.ts';
import { openState } from '../../src/open-state.ts';
import type { Store } from '../../src/store/store.ts';
import { vendors as ownVendors } from '../../src/vendors/index.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';

export type Apps = { readonly urls: readonly string[]; stop(): Promise<void> };

export async function startAppsOnState(options: {
  readonly count: number;
  readonly vendors?: readonly Vendor[];
  /** The store that the apps use instead. */
  readonly wrapStore?: (store: Store) => Store;
  /** Collects the log, one JSON object per line. */
  readonly log?: string[];
}): Promise<Apps> {
  const { vendors = ownVendors, wrapStore = (store) => store, log = [] } = options;
  const flags = { port: '0', data: 'memory', scenario: 'empty' };
  const config = parseServeConfig(readOptions(serveOptions, flags, {}));
  const served = await serveSpecs(config, vendors);
  const ofState = createMetrics();
  const state = await openState(config, {
    vendors: served.map(({ vendor }) => vendor),
    metrics: ofState,
    log: () => {},
  });
  const logger = pino({ level: 'info' }, { write: (line: string) => void log.push(line) });
  const start = async () => {
    const metrics = createMetrics();
    const app = await createApp(config, {
      served,
      metrics,
      state: { ...state, store: wrapStore(state.store) },
      log: { logger, droppedLines: () => 0 },
      wallClock: Date.now,
    });
    const { url, stop } = await listen(app.listener, config, app.beginStop);
    return { url, stop: () => stop(1_000).then(() => metrics.close()) };
  };
  const apps = await Promise.all(Array.from({ length: options.count }, start));
  return {
    urls: apps.map(({ url }) => url),
    async stop() {
      await Promise.all(apps.map((app) => app.stop()));
      ofState.close();
      await state.store.close();
    },
  };
}
