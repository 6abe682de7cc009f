/** Opens the parts of the mock: ledger, scenarios, specs with their vendors, state. */
import path from 'node:path';
import type { ServeConfig } from './config/serve-config.ts';
import { readVersion } from './config/read-version.ts';
import type { VerifyParts } from './contracts/verify.ts';
import type { ReplicaOptions } from './database/replicas.ts';
import { MockError } from './errors.ts';
import { findRoute, serve, type Served } from './http/find-route.ts';
import { findShadowed } from './http/find-shadowed.ts';
import { isJsonObject } from './messages/json.ts';
import { parseYaml } from './yaml/yaml-document.ts';
import { loadCalibration, type Calibration } from './ledger/calibration.ts';
import { loadLedger, type Ledger } from './ledger/ledger.ts';
import { PACKAGE_FOLDER } from './package-folder.ts';
import type { Spec } from './openapi/spec.ts';
import { loadSpecs, type NotServed } from './openapi/load-specs.ts';
import { loadPrism } from './openapi/prism.ts';
import { buildContent } from './sandboxes/build-content.ts';
import { newIdentity, openSandbox } from './sandboxes/sandbox.ts';
import { agreedOptions } from './sandboxes/agreed-options.ts';
import { openScratch } from './open-state.ts';
import { findUnknownReferences } from './scenarios/check-references.ts';
import {
  createScenarioLoader,
  describePath,
  type ScenarioLoader,
} from './scenarios/load-scenario.ts';
import { createForeignVendor } from './vendors/foreign/foreign.ts';
import { vendors as ownVendors } from './vendors/index.ts';
import type { Vendor } from './vendors/vendor.ts';

export function scenarioFolders(): readonly string[] {
  return [path.resolve('scenarios'), path.join(PACKAGE_FOLDER, 'scenarios')];
}

export function openLedger(): Ledger {
  return loadLedger(path.join(PACKAGE_FOLDER, 'specs', 'ledger.yaml'));
}

/** Throws `MockError` `broken-calibration` if a file is none, or `bad-option` if two are of one vendor. */
export function openCalibrations(files: readonly string[], ledger: Ledger): readonly Calibration[] {
  const calibrations = files.map((file) => loadCalibration(file, ledger));
  const vendors = calibrations.map(({ vendor }) => vendor);
  const twice = vendors.find((vendor, index) => vendors.indexOf(vendor) < index);
  if (twice === undefined) return calibrations;
  throw new MockError('bad-option', `Two of the files of --calibration are of ${twice}. Name one.`);
}

/** `held`: see `createScenarioLoader`. */
export function openScenarios(
  ledger: Ledger,
  vendors: readonly Vendor[],
  held?: Map<string, string>,
): ScenarioLoader {
  return createScenarioLoader({
    folders: scenarioFolders(),
    vendors,
    checkSettings: ledger.check,
    held,
  });
}

/** What the servers on one database compare. Throws `MockError` for a wrong scenario or calibration. */
export function describeReplica(config: ServeConfig, served: readonly Served[]): ReplicaOptions {
  const ledger = openLedger();
  const scenarios = openScenarios(
    ledger,
    served.map(({ vendor }) => vendor),
  );
  return {
    program: readVersion(),
    agreed: agreedOptions({
      config,
      calibrations: openCalibrations(config.calibrations, ledger),
      scenario: scenarios.load(config.scenario),
      scenarios: Object.fromEntries(scenarios.names().map((name) => [name, scenarios.text(name)])),
      specs: served.map(({ spec }) => spec),
    }),
  };
}

/** Rejects with `MockError` `broken-scenario` or `bad-option` if no sandbox can be built from the text. */
export async function checkScenario(text: string, origin: string): Promise<void> {
  const ledger = openLedger();
  const scenario = openScenarios(ledger, ownVendors).parse(text, origin);
  checkReferences(text, origin);
  await buildContent(
    {
      vendors: ownVendors,
      scratch: await openScratch(ownVendors),
      wallClock: Date.now,
      open: (name, setup) =>
        openSandbox(name, setup, {
          defaults: ledger.defaults,
          server: { profile: undefined, settings: {}, acceptAnyToken: false },
        }),
    },
    {
      scenario,
      start: {},
      states: [],
      journalId: newIdentity(),
      seed: scenario.seed,
      clock: scenario.clock,
      references: scenario.references,
      isImported: false,
    },
  );
}

/** Throws `MockError` `broken-scenario`. */
function checkReferences(text: string, origin: string): void {
  const { value, lineOf } = parseYaml(text);
  const unknown = isJsonObject(value) ? findUnknownReferences(value, ownVendors) : [];
  if (unknown.length === 0) return;
  const lines = unknown.map(
    ({ path: at, message }) => `${origin}:${lineOf(at)} ${describePath(at)}: ${message}`,
  );
  throw new MockError('broken-scenario', lines.join('\n'));
}

/** The parts that verify contracts without a server. `specs` is a folder with specs of other vendors. */
export async function openVerification(
  vendors: readonly Vendor[] = ownVendors,
  specs?: string,
): Promise<Pick<VerifyParts, 'served' | 'ledger'>> {
  const served = await serveSpecs({ specs }, vendors);
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

/** The served specs, and the parts of the user's files that are not served. */
export type ServedSpecs = {
  readonly served: readonly Served[];
  readonly notServed: readonly NotServed[];
};

/**
 * Our vendors with their specs, and Prism for every other OpenAPI file. Rejects with `MockError` `broken-spec` if one
 * of our vendors cannot be served or, with `strictSpecs`, if anything cannot be served.
 */
export async function openSpecs(
  config: Pick<ServeConfig, 'specs'> & Partial<Pick<ServeConfig, 'strictSpecs'>>,
  vendors: readonly Vendor[],
): Promise<ServedSpecs> {
  const own = path.join(PACKAGE_FOLDER, 'specs');
  const { specs, notServed } = await loadSpecs(own, config.specs, (spec) =>
    vendors.every((vendor) => vendor.name !== spec.vendor || !findOrphan(vendor, spec)),
  );
  for (const { name } of vendors)
    checkSpec(name, specs, [own, config.specs ?? []].flat(), notServed);
  const served = specs.map((spec) => {
    const vendor = vendors.find(({ name }) => name === spec.vendor) ?? createForeignVendor(spec);
    checkHandlers(vendor, spec);
    return serve(vendor, spec);
  });
  const all = [...notServed, ...findShadowed(specs)];
  if (config.strictSpecs && all.length > 0) {
    throw new MockError(
      'broken-spec',
      `Under --strict-specs everything must be served. ${all.map(({ reason }) => reason).join(' ')}`,
    );
  }
  // Loaded now, so that the first request does not wait for it.
  if (served.some(({ vendor }) => !vendors.includes(vendor))) await loadPrism();
  return { served, notServed: all };
}

/** The specs of our vendors. They take precedence over the user's files. */
export async function loadOwnSpecs(): Promise<readonly Spec[]> {
  return (await loadSpecs(path.join(PACKAGE_FOLDER, 'specs'))).specs;
}

export async function serveSpecs(
  ...given: Parameters<typeof openSpecs>
): Promise<readonly Served[]> {
  return (await openSpecs(...given)).served;
}

function checkSpec(
  name: string,
  specs: readonly Spec[],
  folders: readonly string[],
  notServed: readonly NotServed[],
): void {
  if (specs.some(({ vendor }) => vendor === name)) return;
  const broken = notServed.find(({ file }) => path.parse(file).name === name);
  if (broken) throw new MockError('broken-spec', broken.reason);
  throw new MockError(
    'broken-spec',
    `The vendor ${name} has no spec. Add ${name}.yaml to ${folders.join(' or ')}.`,
  );
}

/** An operation that the vendor handles and the spec lacks. */
function findOrphan(vendor: Vendor, { operations }: Spec): string | undefined {
  const ids = new Set(operations.map(({ operation }) => operation.id));
  return Object.keys(vendor.handlers).find((id) => !ids.has(id));
}

function checkHandlers(vendor: Vendor, spec: Spec): void {
  const orphan = findOrphan(vendor, spec);
  if (orphan === undefined) return;
  const ids = spec.operations.map(({ operation }) => operation.id);
  throw new MockError(
    'broken-spec',
    `${spec.file} has no operation "${orphan}", which ${vendor.name} handles. Operations in the file: ${ids.join(', ')}.`,
  );
}
