/** START HERE: builds every part, hands each what it needs, and mounts them. */
import type { RequestListener } from 'node:http';
import path from 'node:path';
import express from 'express';
import type { ServeConfig } from './config/serve-config.ts';
import { createCallLog } from './control/call-log.ts';
import { CONTROL_PATH, createControl } from './control/control.ts';
import type { Served } from './http/find-route.ts';
import { createPipeline } from './http/pipeline.ts';
import { createRequestLog } from './http/request-log.ts';
import { createJournal, JOURNAL_DEFAULTS } from './journal/journal.ts';
import { REDACTED_NAMES } from './journal/secret-names.ts';
import type { Log } from './log/log.ts';
import { createCors } from './messages/cors.ts';
import { createPublicAddress } from './messages/public-address.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { loadSpec } from './openapi/load-spec.ts';
import { withMergedAlternatives } from './openapi/merge-alternatives.ts';
import type { NotServed } from './openapi/load-specs.ts';
import {
  openLedger,
  openScenarios,
  openScratch,
  openSpecs,
  openState,
  ROOT,
  type State,
} from './parts.ts';
import type { Sandbox } from './sandboxes/sandbox.ts';
import { createSandboxes, type Sandboxes } from './sandboxes/sandboxes.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { vendors as ownVendors } from './vendors/index.ts';
import type { Vendor } from './vendors/vendor.ts';

export type App = {
  /** Answers every request: the control API by Express, the vendors directly. */
  readonly listener: RequestListener;
  readonly served: readonly Served[];
  /** What of the user's files is not. */
  readonly notServed: readonly NotServed[];
  readonly scenario: Scenario;
  readonly sandboxes: Sandboxes;
  /** The sandbox `default`. */
  readonly sandbox: Sandbox;
  /** True where the sandbox `default` was found in the data folder rather than made. */
  readonly isResumed: boolean;
  /** Says that the server begins to stop: not ready any more, streams end. */
  beginStop(): void;
  /** Waits for what is being stored, then lets go of the data folder. */
  close(): Promise<void>;
};

type AppLog = Pick<Log, 'logger' | 'droppedLines'>;

type Options = {
  /** Milliseconds since 1970. Default: the machine's clock. */
  readonly wallClock?: () => number;
  /** What is served. Default: the vendors of this package. */
  readonly vendors?: readonly Vendor[];
};

/**
 * Everything of the mock but the socket, on a store of its own. Throws `MockError` where an option, spec, scenario or
 * the data is wrong.
 */
export async function startApp(
  config: ServeConfig,
  log: AppLog,
  { vendors = ownVendors, wallClock = Date.now }: Options = {},
): Promise<App> {
  const { served, notServed } = await openSpecs(config, vendors);
  const metrics = createMetrics();
  const state = await openState(config, {
    vendors: served.map(({ vendor }) => vendor),
    metrics,
    log: (level, message) => log.logger[level](message),
  });
  const close = async (): Promise<void> => {
    metrics.close();
    await state.store.close();
  };
  try {
    const app = await createApp(config, { served, notServed, state, metrics, log, wallClock });
    return { ...app, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** The app on a state that it is handed, and that others may use as well. Closing it is up to who opened it. */
export async function createApp(
  config: ServeConfig,
  parts: {
    readonly served: readonly Served[];
    readonly notServed?: readonly NotServed[];
    readonly state: State;
    readonly metrics: Metrics;
    readonly log: AppLog;
    readonly wallClock: () => number;
  },
): Promise<Omit<App, 'close'>> {
  const { served, notServed = [], metrics, wallClock } = parts;
  const { logger, droppedLines } = parts.log;
  const { store, shared } = parts.state;
  const vendors = served.map(({ vendor }) => vendor);
  const ledger = openLedger();
  ledger.check(config.settings, config.settingsSource);
  const scenarios = openScenarios(ledger, vendors);
  const scenario = scenarios.load(config.scenario);
  const stopping = new AbortController();
  const journal = createJournal(
    {
      ...JOURNAL_DEFAULTS,
      maxEntries: config.journalSize,
      redactedNames: [...REDACTED_NAMES, ...config.redactedNames],
    },
    shared.journal,
  );
  metrics.watch({
    sandboxes: async () => (await store.sandboxes()).length,
    journal: () => journal.size(),
    droppedLogLines: droppedLines,
  });
  const isResumed = await store.has('default');
  const sandboxes = createSandboxes({
    store,
    shared,
    scratch: await openScratch(vendors),
    vendors,
    ledger,
    wallClock,
    loadScenario: scenarios.load,
    defaults: config,
    maxSandboxes: config.maxSandboxes,
    canUnload: config.data !== 'memory',
  });
  const sandbox = await sandboxes.ensure('default');
  const common = {
    ...config,
    served,
    sandboxes,
    shared,
    journal,
    metrics,
    wallClock,
    cors: config.cors ? createCors(config.corsOrigins) : undefined,
    address: createPublicAddress(config),
  };
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  app.use(
    CONTROL_PATH,
    createControl({
      ...common,
      spec: withMergedAlternatives(
        await loadSpec('control', path.join(ROOT, 'specs', 'control.yaml')),
      ),
      notServed,
      store,
      ledger,
      scenarios,
      stopping: stopping.signal,
      log: createCallLog(logger),
    }),
  );
  const pipeline = createPipeline({ ...common, log: createRequestLog(logger) });
  app.use(pipeline);
  return {
    // Express' router and response would cost a vendor's request 3 % of its time, for nothing.
    listener: (incoming, response) =>
      isVendors(incoming.url) ? void pipeline(incoming, response) : app(incoming, response),
    served,
    notServed,
    scenario,
    sandboxes,
    sandbox,
    isResumed,
    beginStop: () => stopping.abort(),
  };
}

/** A path in origin form that is not the control API's. Of every other form Express decides. */
function isVendors(url = ''): boolean {
  return url.startsWith('/') && !url.startsWith(CONTROL_PATH);
}
