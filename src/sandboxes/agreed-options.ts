/** What the replicas of one database must have alike, so that a client need not know which of them answers. */
import { createHash } from 'node:crypto';
import type { ServeConfig } from '../config/serve-config.ts';
import type { Calibration } from '../ledger/calibration.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { fingerprintOf } from './stored-state.ts';

type AgreedConfig = Pick<
  ServeConfig,
  | 'settings'
  | 'profile'
  | 'seed'
  | 'clock'
  | 'references'
  | 'acceptAnyToken'
  | 'sandboxes'
  | 'journalSize'
  | 'redactedNames'
  | 'bodyLimitBytes'
  | 'baseUrl'
  | 'upstreams'
>;

/**
 * By name, for people: an option, or which files. A value is short text that differs where answers would; nothing in it
 * is secret. The control token is not in it, so that it can be changed one replica at a time.
 */
export function agreedOptions({
  config,
  calibrations,
  scenario,
  scenarios,
  specs,
}: {
  readonly config: AgreedConfig;
  readonly calibrations: readonly Calibration[];
  /** The one that sandboxes start with. */
  readonly scenario: Scenario;
  /** The text of each scenario, by name. */
  readonly scenarios: Readonly<Record<string, string>>;
  /** All that are served. */
  readonly specs: readonly { readonly vendor: string; readonly document: unknown }[];
}): Readonly<Record<string, string>> {
  const { settings, upstreams } = config;
  return {
    '--set': Object.entries(settings)
      .map(([id, choice]) => `${id}=${choice}`)
      .toSorted()
      .join(','),
    '--profile': config.profile ?? '',
    '--seed': String(config.seed ?? ''),
    '--clock': config.clock ?? '',
    '--references': config.references ?? '',
    '--accept-any-token': String(config.acceptAnyToken),
    '--sandboxes': config.sandboxes,
    '--journal-size': String(config.journalSize),
    '--redact': config.redactedNames.toSorted().join(','),
    '--body-limit': String(config.bodyLimitBytes),
    '--base-url': config.baseUrl ?? '',
    // Without their headers, which are secret.
    '--upstream': upstreams
      .map(({ vendor, url, mode }) => `${vendor}=${url} ${mode}`)
      .toSorted()
      .join(','),
    '--calibration': calibrations.length === 0 ? '' : hash(calibrations),
    '--scenario': `${scenario.name} ${fingerprintOf(scenario)}`,
    'the scenario files': hash(Object.entries(scenarios).toSorted(byName)),
    'the vendors served': specs
      .map(({ vendor }) => vendor)
      .toSorted()
      .join(','),
    'the OpenAPI files': hash(
      specs.map(({ vendor, document }) => [vendor, document] as const).toSorted(byName),
    ),
  };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : Number(a > b);
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
}
