/** START HERE: builds every part, passes each the parts that it needs, and mounts them. */
import type { RequestListener } from 'node:http';
import type { ServeConfig } from './config/serve-config.ts';
import { CONTROL_PATH } from './control/control-path.ts';
import type { Served } from './http/find-route.ts';
import { createPipeline } from './http/pipeline.ts';
import { createRequestLog } from './http/request-log.ts';
import { createJournal, JOURNAL_DEFAULTS } from './journal/journal.ts';
import { REDACTED_NAMES } from './journal/secret-names.ts';
import { createLive } from './live/live.ts';
import { applyCalibrations, type Calibration } from './ledger/calibration.ts';
import type { Log } from './log/log.ts';
import { createCors } from './messages/cors.ts';
import { createPublicAddress } from './messages/public-address.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import type { NotServed } from './openapi/load-specs.ts';
import {
  describeReplica,
  openCalibrations,
  openLedger,
  openScenarios,
  openSpecs,
} from './parts.ts';
import { openScratch, openState, type State } from './open-state.ts';
import type { Sandbox } from './sandboxes/sandbox.ts';
import { describeOverruled } from './sandboxes/stored-state.ts';
import { createSandboxes, type Sandboxes } from './sandboxes/sandboxes.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { vendors as ownVendors } from './vendors/index.ts';
import type { Vendor } from './vendors/vendor.ts';

export type App = {
  /** Answers every request: the control API by Express, the vendors directly. */
  readonly listener: RequestListener;
  readonly served: readonly Served[];
  /** Parts of the user's files that are not served. */
  readonly notServed: readonly NotServed[];
  readonly calibrations: readonly Calibration[];
  readonly scenario: Scenario;
  readonly sandboxes: Sandboxes;
  /** The sandbox `default`. */
  readonly sandbox: Sandbox;
  /** True if the sandbox `default` was loaded from the data folder, and not created. */
  readonly isResumed: boolean;
  /** What was asked for and does not apply to the stored state, a sentence each. */
  readonly overruled: readonly string[];
  /** The scenario that a sandbox starts with; undefined: that of the server. */
  loadScenario(name: string | undefined, params: Scenario['params'] | undefined): Scenario;
  /** Announces the stop: readiness turns false and streams end. */
  beginStop(): void;
  /** Waits for pending writes, then releases the data folder. */
  close(): Promise<void>;
};

/** An app that can take over other options, specs and scenarios while it runs, on the same state. */
export type RunningApp = App & {
  /**
   * The state, the socket and the log stay, and so do scenarios that are not edited. Rejects as `startApp` does; then
   * everything stays as it was.
   */
  reload(config: ServeConfig, edited: Edited): Promise<App>;
};

type Edited = {
  /** Absolute paths of files that can be used. */
  readonly files: readonly string[];
  /** Whether to read the specs again. */
  readonly areSpecsEdited: boolean;
};

type AppLog = Pick<Log, 'logger' | 'droppedLines'>;

type Options = {
  /** Milliseconds since 1970. Default: the machine's clock. */
  readonly wallClock?: () => number;
  /** The vendors to serve. Default: those of this package. */
  readonly vendors?: readonly Vendor[];
};

/**
 * Creates the mock without its socket, with its own store. Rejects with `MockError` if an option, spec, scenario or
 * the data is invalid.
 */
export async function startApp(
  config: ServeConfig,
  log: AppLog,
  { vendors = ownVendors, wallClock = Date.now }: Options = {},
): Promise<RunningApp> {
  let specs = await openSpecs(config, vendors);
  const metrics = createMetrics();
  const state = await openState(config, {
    vendors: specs.served.map(({ vendor }) => vendor),
    metrics,
    log: (level, message) => log.logger[level](message),
    replica: () => describeReplica(config, specs.served),
  });
  const close = async (): Promise<void> => {
    metrics.close();
    await state.store.close();
  };
  const common = { state, metrics, log, wallClock };
  try {
    // A broken edit must not reach a sandbox that starts before it is mended.
    let held = config.watch === 'off' ? undefined : new Map<string, string>();
    let current = await createApp(config, { ...specs, ...common, held });
    return {
      ...current,
      listener: (incoming, response) => current.listener(incoming, response),
      beginStop: () => current.beginStop(),
      close,
      async reload(next, { files, areSpecsEdited }) {
        const reopened = areSpecsEdited ? await openSpecs(next, vendors) : specs;
        const kept = new Map([...(held ?? [])].filter(([file]) => !files.includes(file)));
        const before = current;
        // What is stored stays, whatever `fresh` said at the start.
        const options = { ...next, fresh: false };
        current = await createApp(options, { ...reopened, ...common, held: kept });
        specs = reopened;
        held = kept;
        // Ends the streams of the app before; their clients connect again.
        before.beginStop();
        return { ...current, close };
      },
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Creates the app on a given state, which others may share. The caller closes the state. */
export async function createApp(
  config: ServeConfig,
  parts: {
    readonly served: readonly Served[];
    readonly notServed?: readonly NotServed[];
    readonly state: State;
    readonly metrics: Metrics;
    readonly log: AppLog;
    readonly wallClock: () => number;
    /** See `createScenarioLoader`. */
    readonly held?: Map<string, string> | undefined;
  },
): Promise<Omit<App, 'close'>> {
  const { served, notServed = [], metrics, wallClock } = parts;
  const { logger, droppedLines } = parts.log;
  const { store, shared } = parts.state;
  const vendors = served.map(({ vendor }) => vendor);
  const written = openLedger();
  written.check(config.settings, config.settingsSource);
  const calibrations = openCalibrations(config.calibrations, written);
  const { ledger, settings } = applyCalibrations(written, calibrations, config.settings);
  const scenarios = openScenarios(ledger, vendors, parts.held);
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
    // What the user sets by hand counts more than what a vendor was seen to do.
    defaults: { ...config, settings: { ...settings, ...config.settings } },
    mayCreate: config.sandboxes === 'open',
    maxSandboxes: config.maxSandboxes,
    canUnload: config.data !== 'memory',
  });
  if (config.fresh && isResumed) await sandboxes.start('default', {});
  const sandbox = await sandboxes.ensure('default');
  const common = {
    ...config,
    calibrations,
    served,
    sandboxes,
    shared,
    journal,
    metrics,
    wallClock,
    cors: config.cors ? createCors(config.corsOrigins) : undefined,
    address: createPublicAddress(config),
    ledger,
    live: await createLive(
      config.upstreams,
      vendors.map(({ name }) => name),
      parts.state.identity,
    ),
    stopping: stopping.signal,
  };
  const pipeline = createPipeline({ ...common, log: createRequestLog(logger) });
  /** Loaded by the first call to it: a quarter of the start, which no vendor's answer needs. */
  let control: Promise<RequestListener> | undefined;
  const loadControl = (): Promise<RequestListener> =>
    (control ??= import('./control/open-control.ts').then(({ openControl }) =>
      openControl({ ...common, notServed, store, scenarios }, logger, pipeline),
    ));
  return {
    listener(incoming, response) {
      // Vendor requests need nothing of Express, whose router and response would cost 3 % of their time.
      if (isVendors(incoming.url)) void pipeline(incoming, response);
      else {
        void loadControl().then(
          (answer) => answer(incoming, response),
          (thrown: unknown) => {
            logger.error({ err: thrown }, 'The control API cannot be loaded');
            response.writeHead(500).end();
          },
        );
      }
    },
    served,
    notServed,
    calibrations,
    scenario,
    sandboxes,
    sandbox,
    isResumed: isResumed && !config.fresh,
    overruled: isResumed && !config.fresh ? describeOverruled(sandbox, config, scenario) : [],
    loadScenario: (name, params) => scenarios.load(name ?? config.scenario, params),
    beginStop: () => stopping.abort(),
  };
}

/** True for a path in origin form outside the control API. Express handles every other form. */
function isVendors(url = ''): boolean {
  return url.startsWith('/') && !url.startsWith(CONTROL_PATH);
}
