/** Builds the content of the next world of a sandbox from any source. `build-content.ts` plants the records of a scenario. */
import type { Ledger } from '../ledger/ledger.ts';
import type { ScenarioUse } from '../scenarios/load-scenario.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { SandboxContent, Store } from '../store/store.ts';
import { buildContent, type Builder } from './build-content.ts';
import { newIdentity, setups, type Defaults, type Setup, type StartOptions } from './sandbox.ts';
import { listSnapshots, withSnapshots } from './snapshots.ts';
import { withIdentity } from './with-identity.ts';

export type NextWorld = {
  /** From the scenario that `start` names, or that of the server. */
  fromStart(start: StartOptions): Promise<SandboxContent>;
  /** From a loaded scenario that combines these provider states. The start options of the sandbox stay, and a reset returns to them. */
  fromScenario(
    name: string,
    scenario: Scenario,
    states: readonly ScenarioUse[],
  ): Promise<SandboxContent>;
  /** From an exported state, which defines everything. */
  fromState(name: string, state: Scenario): Promise<SandboxContent>;
  /** From the content of this or another sandbox. */
  fromContent(name: string, content: SandboxContent): Promise<SandboxContent>;
  /** Keeps the current snapshots of the sandbox. */
  keepSnapshots(name: string, content: SandboxContent): Promise<SandboxContent>;
};

export function createNextWorld(
  parts: Builder & {
    readonly store: Store;
    readonly ledger: Ledger;
    readonly loadScenario: (nameOrFile: string, params: StartOptions['params']) => Scenario;
    readonly defaults: Defaults;
  },
): NextWorld {
  const { store, ledger, defaults } = parts;
  const setupOf = async (name: string): Promise<Setup | undefined> =>
    store.peek(name, setups, 'setup');

  /** An existing journal continues. */
  const journalOf = async (name: string): Promise<string> =>
    (await setupOf(name))?.journalId ?? newIdentity();

  const build = async (
    scenario: Scenario,
    start: StartOptions,
    states: readonly ScenarioUse[] = [],
  ): Promise<SandboxContent> => {
    ledger.check(start.settings ?? {}, 'settings');
    return buildContent(parts, {
      scenario,
      start,
      states,
      journalId: newIdentity(),
      seed: start.seed ?? defaults.seed ?? scenario.seed,
      clock: start.clock ?? defaults.clock ?? scenario.clock,
      references: defaults.references ?? scenario.references,
      isImported: false,
    });
  };

  return {
    fromStart: async (start) =>
      build(parts.loadScenario(start.scenario ?? defaults.scenario, start.params), start),
    fromScenario: async (name, scenario, states) =>
      build(scenario, (await setupOf(name))?.start ?? {}, states),
    fromState: async (name, state) =>
      buildContent(parts, {
        scenario: state,
        start: (await setupOf(name))?.start ?? {},
        states: [],
        journalId: await journalOf(name),
        seed: state.seed,
        clock: state.clock,
        references: state.references,
        isImported: true,
      }),
    fromContent: async (name, content) =>
      withIdentity(content, { journalId: await journalOf(name), states: [] }),
    keepSnapshots: async (name, content) =>
      withSnapshots(content, (await store.has(name)) ? await listSnapshots(store, name) : []),
  };
}
