/** Finds, loads and creates sandboxes. */
import { MockError } from '../errors.ts';
import type { Ledger, Settings } from '../ledger/ledger.ts';
import { parseMoment } from '../runtime/moment.ts';
import { realTime, timeOf, type Clock } from '../runtime/clock.ts';
import { configureVendors, plantRecords } from '../scenarios/apply-scenario.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Store } from '../store/store.ts';
import type { Vendor } from '../vendors/vendor.ts';
import {
  createContext,
  createNotes,
  createWorld,
  setups,
  type Sandbox,
  type Setup,
} from './sandbox.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** What the server was started with; it applies to every sandbox. */
export type Defaults = {
  readonly scenario: Scenario;
  readonly seed: number | undefined;
  readonly clock: string | undefined;
  readonly references: 'open' | 'closed' | undefined;
  readonly profile: 'wire' | 'strict' | undefined;
  /** `--set`: over a scenario's own settings. */
  readonly settings: Settings;
};

export type Sandboxes = {
  /**
   * The sandbox of this name, created from the server's scenario where it is not there yet.
   * Throws `MockError` `bad-sandbox-name`.
   */
  enter(name: string): Promise<Sandbox>;
};

export function createSandboxes(parts: {
  readonly store: Store;
  readonly vendors: readonly Vendor[];
  readonly ledger: Ledger;
  readonly defaults: Defaults;
  readonly wallClock: () => number;
}): Sandboxes {
  const { store, vendors, ledger, defaults, wallClock } = parts;
  const entered = new Map<string, Promise<Sandbox>>();

  const open = (name: string, setup: Setup): Sandbox => ({
    name,
    setup,
    profile: defaults.profile ?? setup.profile ?? 'wire',
    settings: { ...ledger.defaults, ...setup.settings, ...defaults.settings },
    meters: new Map(),
    requests: 0,
  });

  const load = async (name: string): Promise<Sandbox> => {
    const setup = await store.transact(name, (transaction) => transaction.in(setups).get('setup'));
    if (!setup) {
      throw new MockError(
        'damaged-data',
        `The sandbox ${name} has records but no setup. Remove its folder, or put back its files.`,
      );
    }
    return open(name, setup);
  };

  const create = async (name: string): Promise<Sandbox> => {
    const setup = setUp(defaults, vendors, wallClock());
    const sandbox = open(name, setup);
    const now = timeOf(setup.clock, wallClock());
    await store.transact(name, async (transaction) => {
      await transaction.in(setups).insert(setup);
      await plantRecords(defaults.scenario, vendors, referencesOf(defaults), (vendor) =>
        createWorld(sandbox, createContext(sandbox, vendor, createNotes(), now), transaction),
      );
    });
    return sandbox;
  };

  return {
    async enter(name) {
      const known = entered.get(name);
      if (known) return known;
      if (!NAME.test(name)) {
        throw new MockError(
          'bad-sandbox-name',
          `"${name.slice(0, 80)}" is no name for a sandbox. Use 1 to 64 of a-z, 0-9 and -, not starting with -.`,
        );
      }
      const entering = store.has(name).then((stored) => (stored ? load(name) : create(name)));
      entered.set(name, entering);
      entering.catch(() => entered.delete(name));
      return entering;
    },
  };
}

function referencesOf(defaults: Defaults): 'open' | 'closed' {
  return defaults.references ?? defaults.scenario.references;
}

function setUp(defaults: Defaults, vendors: readonly Vendor[], wallMs: number): Setup {
  const { scenario } = defaults;
  return {
    id: 'setup',
    scenario: scenario.name,
    seed: defaults.seed ?? scenario.seed,
    clock: clockOf(defaults.clock ?? scenario.clock, wallMs),
    ...(scenario.profile && { profile: scenario.profile }),
    settings: scenario.settings,
    configs: configureVendors(scenario, vendors, referencesOf(defaults)),
  };
}

/** `now` runs with real time; anything else is frozen at that instant. */
function clockOf(text: string, wallMs: number): Clock {
  if (text === 'now') return realTime;
  const at = parseMoment(text, wallMs);
  if (at === undefined) {
    throw new MockError(
      'bad-option',
      `The clock cannot be set to "${text}". Write now, or an ISO 8601 instant such as 2026-01-01T00:00:00Z.`,
    );
  }
  return { mode: 'frozen', at };
}
