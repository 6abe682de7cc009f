/** What a sandbox is to hold when another world takes the place of its own. */
import type { Ledger } from '../ledger/ledger.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { SandboxContent, Store } from '../store/store.ts';
import { buildContent, type Builder } from './build-content.ts';
import { setups, type Defaults, type Setup, type StartOptions } from './sandbox.ts';
import { listSnapshots, withSnapshots } from './snapshots.ts';

export type ContentMaker = {
  /** From the scenario that `start` names, else the server's. */
  fromStart(name: string, start: StartOptions): Promise<SandboxContent>;
  /** From a scenario at hand; what the sandbox was started with stays, and a reset goes back to it. */
  fromScenario(name: string, scenario: Scenario): Promise<SandboxContent>;
  /** From an exported state, which says all. */
  fromState(name: string, state: Scenario): Promise<SandboxContent>;
  /** From what this or another sandbox held. */
  fromContent(name: string, content: SandboxContent): Promise<SandboxContent>;
  /** With the snapshots that the sandbox has now. */
  keepSnapshots(name: string, content: SandboxContent): Promise<SandboxContent>;
};

export function createContentMaker(
  parts: Builder & {
    readonly store: Store;
    readonly ledger: Ledger;
    readonly loadScenario: (nameOrFile: string, params: StartOptions['params']) => Scenario;
    readonly defaults: Defaults;
  },
): ContentMaker {
  const { store, ledger, defaults } = parts;
  let lastGeneration = 0;

  const setupOf = async (name: string): Promise<Setup | undefined> =>
    (await store.has(name))
      ? store.transact(name, (transaction) => transaction.in(setups).get('setup'))
      : undefined;

  /** Generations differ within a process, and from what was stored before it. */
  const nextGeneration = async (name: string): Promise<number> => {
    const stored = (await setupOf(name))?.generation ?? 0;
    lastGeneration = Math.max(lastGeneration, stored) + 1;
    return lastGeneration;
  };

  const build = async (
    name: string,
    scenario: Scenario,
    start: StartOptions,
  ): Promise<SandboxContent> => {
    ledger.check(start.settings ?? {}, 'settings');
    return buildContent(parts, {
      scenario,
      start,
      generation: await nextGeneration(name),
      seed: start.seed ?? defaults.seed ?? scenario.seed,
      clock: start.clock ?? defaults.clock ?? scenario.clock,
      references: defaults.references ?? scenario.references,
      isImported: false,
    });
  };

  return {
    fromStart: async (name, start) =>
      build(name, parts.loadScenario(start.scenario ?? defaults.scenario, start.params), start),
    fromScenario: async (name, scenario) =>
      build(name, scenario, (await setupOf(name))?.start ?? {}),
    fromState: async (name, state) =>
      buildContent(parts, {
        scenario: state,
        start: (await setupOf(name))?.start ?? {},
        generation: await nextGeneration(name),
        seed: state.seed,
        clock: state.clock,
        references: state.references,
        isImported: true,
      }),
    async fromContent(name, { counters, records }) {
      const [setup] = records[setups.name] ?? [];
      const renewed = { ...setup, generation: await nextGeneration(name) };
      return { counters, records: { ...records, [setups.name]: [renewed] } };
    },
    keepSnapshots: async (name, content) =>
      withSnapshots(content, (await store.has(name)) ? await listSnapshots(store, name) : []),
  };
}
