/** START HERE: builds every part, hands each what it needs, and mounts them. */
import path from 'node:path';
import express, { type Express } from 'express';
import type { ServeConfig } from './config.ts';
import { createCallLog } from './control/call-log.ts';
import { CONTROL_PATH, createControl } from './control/control.ts';
import { MockError } from './errors.ts';
import type { VerifyParts } from './contracts/verify.ts';
import { findRoute, serve, type Served } from './http/find-route.ts';
import { createPipeline } from './http/pipeline.ts';
import { createRequestLog } from './http/request-log.ts';
import { createJournal, JOURNAL_DEFAULTS } from './journal/journal.ts';
import { REDACTED_NAMES } from './journal/secret-names.ts';
import { loadLedger, type Ledger } from './ledger/ledger.ts';
import { loadSpec, loadSpecs, type Spec } from './openapi/load-spec.ts';
import { overrides } from './overrides/override.ts';
import { buildContent } from './sandboxes/build-content.ts';
import { createSandboxes, type Sandboxes } from './sandboxes/registry.ts';
import { openSandbox, setups, type Sandbox } from './sandboxes/sandbox.ts';
import { snapshots } from './sandboxes/snapshots.ts';
import { createScenarioLoader, type ScenarioLoader } from './scenarios/load-scenario.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Collection, Store } from './store/store.ts';
import { createLowdbStore } from './store/drivers/lowdb/lowdb-store.ts';
import { createGenericVendor } from './vendors/generic/generic.ts';
import type { Log } from './log/log.ts';
import { createMetrics } from './metrics/metrics.ts';
import { vendors as ownVendors } from './vendors/index.ts';
import type { Vendor } from './vendors/vendor.ts';

export type App = {
  /** Mount it, or listen with it. */
  readonly express: Express;
  readonly served: readonly Served[];
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

/** Where our own specs and scenarios are: beside the code, in a clone and in a package. */
const ROOT = path.join(import.meta.dirname, '..');

export function scenarioFolders(): readonly string[] {
  return [path.resolve('scenarios'), path.join(ROOT, 'scenarios')];
}

export function openLedger(): Ledger {
  return loadLedger(path.join(ROOT, 'specs', 'ledger.yaml'));
}

export function openScenarios(ledger: Ledger, vendors: readonly Vendor[]): ScenarioLoader {
  return createScenarioLoader({
    folders: scenarioFolders(),
    vendors,
    checkSettings: ledger.check,
  });
}

/** Throws `MockError` `broken-scenario` or `bad-option` where the file's text cannot become a sandbox. */
export async function checkScenario(text: string, origin: string): Promise<void> {
  const ledger = openLedger();
  const scenario = openScenarios(ledger, ownVendors).parse(text, origin);
  await buildContent(
    {
      vendors: ownVendors,
      scratch: await openScratch(ownVendors),
      wallClock: Date.now,
      open: (name, setup) =>
        openSandbox(name, setup, {
          defaults: ledger.defaults,
          server: { profile: undefined, settings: {} },
        }),
    },
    {
      scenario,
      start: {},
      generation: 1,
      seed: scenario.seed,
      clock: scenario.clock,
      references: scenario.references,
      isImported: false,
    },
  );
}

/** Where sandboxes are built before they are put in their place. */
function openScratch(vendors: readonly Vendor[]): Promise<Store> {
  return createLowdbStore({
    data: 'memory',
    durability: 'process',
    collections: collectionsOf(vendors),
    log: () => {},
  });
}

function collectionsOf(vendors: readonly Vendor[]): readonly Collection<never>[] {
  return [setups, snapshots, overrides, ...vendors.flatMap((vendor) => vendor.collections)];
}

/** Everything of the mock but the socket. Throws `MockError` where an option, spec, scenario or the data is wrong. */
export async function createApp(
  config: ServeConfig,
  { logger, droppedLines }: Pick<Log, 'logger' | 'droppedLines'>,
  wallClock: () => number = Date.now,
): Promise<App> {
  const ledger = openLedger();
  ledger.check(config.settings, config.settingsSource);
  const scenarios = openScenarios(ledger, ownVendors);
  const scenario = scenarios.load(config.scenario);
  const served = await serveSpecs(config);
  const vendors = served.map(({ vendor }) => vendor);
  const stopping = new AbortController();
  const metrics = createMetrics();
  const store = await createLowdbStore({
    data: config.data === 'memory' ? 'memory' : path.resolve(config.data),
    durability: config.durability,
    collections: collectionsOf(vendors),
    log: (level, message) => logger[level](message),
    count: metrics.stored,
  });
  const journal = createJournal({
    ...JOURNAL_DEFAULTS,
    maxEntries: config.journalSize,
    redactedNames: [...REDACTED_NAMES, ...config.redactedNames],
  });
  metrics.watch({
    sandboxes: async () => (await store.sandboxes()).length,
    journal: () => journal.size(),
    droppedLogLines: droppedLines,
  });
  try {
    const isResumed = await store.has('default');
    const sandboxes = createSandboxes({
      store,
      scratch: await openScratch(vendors),
      vendors,
      ledger,
      wallClock,
      loadScenario: scenarios.load,
      defaults: config,
      maxSandboxes: config.maxSandboxes,
      canUnload: config.data !== 'memory',
      onNewWorld: journal.clear,
      onUnload: journal.drop,
    });
    const sandbox = await sandboxes.enter('default');
    const app = express();
    app.disable('x-powered-by');
    app.enable('case sensitive routing');
    app.use(
      CONTROL_PATH,
      createControl({
        ...config,
        spec: await loadSpec('control', path.join(ROOT, 'specs', 'control.yaml')),
        served,
        sandboxes,
        store,
        ledger,
        scenarios,
        journal,
        metrics,
        wallClock,
        stopping: stopping.signal,
        log: createCallLog(logger),
      }),
    );
    app.use(
      createPipeline({
        ...config,
        served,
        sandboxes,
        store,
        journal,
        metrics,
        wallClock,
        log: createRequestLog(logger),
      }),
    );
    return {
      express: app,
      served,
      scenario,
      sandboxes,
      sandbox,
      isResumed,
      beginStop: () => stopping.abort(),
      close() {
        metrics.close();
        return store.close();
      },
    };
  } catch (thrown) {
    metrics.close();
    await store.close();
    throw thrown;
  }
}

/** What contracts are held against without a server. */
export async function openVerification(): Promise<Pick<VerifyParts, 'served' | 'ledger'>> {
  const served = await serveSpecs({ specs: undefined });
  return {
    ledger: openLedger(),
    served: served.map((each) => ({
      vendor: each.vendor,
      spec: each.spec,
      locate(request) {
        const raw = { ...request, origin: request.baseUrl, isTooLarge: false };
        const { http, found } = findRoute(raw, '', each);
        return found && { http, ...found };
      },
    })),
  };
}

/** Our vendors with their specs, and a generic vendor for every other spec. */
async function serveSpecs(config: Pick<ServeConfig, 'specs'>): Promise<readonly Served[]> {
  const folders = [path.join(ROOT, 'specs'), ...(config.specs === undefined ? [] : [config.specs])];
  const specs = await loadSpecs(folders);
  return specs.map((spec) => {
    const vendor =
      ownVendors.find(({ name }) => name === spec.vendor) ??
      createGenericVendor(
        spec.vendor,
        spec.operations.map(({ operation }) => operation.path),
      );
    checkHandlers(vendor, spec);
    return serve(vendor, spec);
  });
}

function checkHandlers(vendor: Vendor, spec: Spec): void {
  const ids = spec.operations.map(({ operation }) => operation.id);
  const orphan = Object.keys(vendor.handlers).find((id) => !ids.includes(id));
  if (orphan === undefined) return;
  throw new MockError(
    'broken-spec',
    `${spec.file} has no operation "${orphan}", which ${vendor.name} handles. Operations there: ${ids.join(', ')}.`,
  );
}
