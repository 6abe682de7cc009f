/** Finds, loads, creates, starts over and removes sandboxes. */
import { MockError } from '../errors.ts';
import type { Ledger, Settings } from '../ledger/ledger.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { SandboxContent, Store } from '../store/store.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { buildContent } from './build-content.ts';
import { setups, type Sandbox, type Setup, type StartOptions } from './sandbox.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** What the server was started with; it applies to every sandbox. */
export type Defaults = {
  /** A name or a file. */
  readonly scenario: string;
  readonly seed: number | undefined;
  readonly clock: string | undefined;
  readonly references: 'open' | 'closed' | undefined;
  readonly profile: 'wire' | 'strict' | undefined;
  /** `--set`: over a scenario's own settings. */
  readonly settings: Settings;
};

export type Sandboxes = {
  /** The sandbox of this name, created from the server's scenario where it is not there yet. */
  enter(name: string): Promise<Sandbox>;
  /** Throws `MockError` `no-such-sandbox` where it is not there. */
  find(name: string): Promise<Sandbox>;
  /** Names, sorted. */
  names(): Promise<readonly string[]>;
  /** Creates it or starts it over, at one moment. */
  start(name: string, options: StartOptions): Promise<Sandbox>;
  /** Starts it over with a scenario that is at hand; a later reset starts it with `options` again. */
  startWith(name: string, scenario: Scenario, options: StartOptions): Promise<Sandbox>;
  /** Changes the stored setup. */
  change(name: string, change: (setup: Setup) => Setup): Promise<Sandbox>;
  /** Puts a content that has a setup in the place of all it held. */
  restore(name: string, content: SandboxContent): Promise<Sandbox>;
  /** False where it was not there. */
  remove(name: string): Promise<boolean>;
};

export type RegistryParts = {
  readonly store: Store;
  readonly scratch: Store;
  readonly vendors: readonly Vendor[];
  readonly ledger: Ledger;
  readonly loadScenario: (nameOrFile: string, params: StartOptions['params']) => Scenario;
  readonly defaults: Defaults;
  readonly wallClock: () => number;
  /** How many are held at once. */
  readonly maxSandboxes: number;
  /** True: idle ones beyond the maximum can be unloaded and read again; false: one more is refused. */
  readonly canUnload: boolean;
};

export function createSandboxes(parts: RegistryParts): Sandboxes {
  const { store, ledger, defaults } = parts;
  /** In the order of last use. */
  const held = new Map<string, Promise<Sandbox>>();

  const open = (name: string, setup: Setup): Sandbox => ({
    name,
    setup,
    profile: setup.start.profile ?? defaults.profile ?? setup.profile ?? 'wire',
    settings: {
      ...ledger.defaults,
      ...setup.settings,
      ...defaults.settings,
      ...setup.start.settings,
    },
    meters: new Map(),
    requests: 0,
  });

  /** Takes the sandbox into memory; what fails is not kept. */
  const hold = (name: string, opening: Promise<Sandbox>): Promise<Sandbox> => {
    held.delete(name);
    held.set(name, opening);
    opening.catch(() => {
      if (held.get(name) === opening) held.delete(name);
    });
    if (held.size > parts.maxSandboxes && parts.canUnload) unloadOldest();
    return opening;
  };

  /** Makes it the one used last. */
  const touch = (name: string, known: Promise<Sandbox>): Promise<Sandbox> => {
    if (held.size > 1) {
      held.delete(name);
      held.set(name, known);
    }
    return known;
  };

  const unloadOldest = (): void => {
    const [oldest] = held.keys();
    if (oldest === undefined) return;
    held.delete(oldest);
    void store.unload(oldest);
  };

  const load = async (name: string): Promise<Sandbox> => {
    const setup = await store.transact(name, (transaction) => transaction.in(setups).get('setup'));
    if (setup) return open(name, setup);
    throw new MockError(
      'damaged-data',
      `The sandbox ${name} has records but no setup. Remove its folder, or put back its files.`,
    );
  };

  /** Generations only need to differ from the one before; counting on from it survives a restart. */
  const nextGeneration = async (name: string): Promise<number> => {
    if (!(await store.has(name))) return 1;
    const setup = await store.transact(name, (transaction) => transaction.in(setups).get('setup'));
    return (setup?.generation ?? 0) + 1;
  };

  const put = async (name: string, content: SandboxContent): Promise<Sandbox> => {
    await store.replace(name, content);
    return load(name);
  };

  const build = async (
    name: string,
    scenario: Scenario,
    start: StartOptions,
  ): Promise<SandboxContent> => {
    ledger.check(start.settings ?? {}, 'settings');
    return buildContent(
      { ...parts, open },
      {
        scenario,
        start,
        generation: await nextGeneration(name),
        seed: start.seed ?? defaults.seed ?? scenario.seed,
        clock: start.clock ?? defaults.clock ?? scenario.clock,
        references: defaults.references ?? scenario.references,
      },
    );
  };

  const scenarioOf = (start: StartOptions): Scenario =>
    parts.loadScenario(start.scenario ?? defaults.scenario, start.params);

  const checkRoom = async (name: string): Promise<void> => {
    if (parts.canUnload || held.has(name) || held.size < parts.maxSandboxes) return;
    throw new MockError(
      'too-many-sandboxes',
      `There are ${held.size} sandboxes already, the most that --max-sandboxes allows with --data memory. Remove some, raise it, or name a data folder.`,
    );
  };

  const startWith: Sandboxes['startWith'] = async (name, scenario, start) => {
    checkName(name);
    await checkRoom(name);
    const content = await build(name, scenario, start);
    return hold(name, put(name, content));
  };

  const find: Sandboxes['find'] = async (name) => {
    checkName(name);
    const known = held.get(name);
    if (known) return touch(name, known);
    if (await store.has(name)) return held.get(name) ?? hold(name, load(name));
    throw new MockError(
      'no-such-sandbox',
      `There is no sandbox "${name}". PUT /_mock/sandboxes/${name} creates it.`,
    );
  };

  return {
    find,
    startWith,
    async enter(name) {
      const known = held.get(name);
      if (known) return touch(name, known);
      checkName(name);
      await checkRoom(name);
      const begin = async () =>
        (await store.has(name)) ? load(name) : put(name, await build(name, scenarioOf({}), {}));
      return held.get(name) ?? hold(name, begin());
    },
    names: () => store.sandboxes(),
    start: async (name, options) => startWith(name, scenarioOf(options), options),
    async change(name, change) {
      const sandbox = await find(name);
      sandbox.setup = await store.transact(name, async (transaction) => {
        const records = transaction.in(setups);
        const setup = change((await records.get('setup')) ?? sandbox.setup);
        await records.update(setup);
        return setup;
      });
      return sandbox;
    },
    async restore(name, content) {
      checkName(name);
      const generation = await nextGeneration(name);
      const [setup] = content.records[setups.name] ?? [];
      const renewed = { ...content.records, [setups.name]: [{ ...setup, generation }] };
      return hold(name, put(name, { ...content, records: renewed }));
    },
    async remove(name) {
      checkName(name);
      held.delete(name);
      return store.drop(name);
    },
  };
}

function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw new MockError(
    'bad-sandbox-name',
    `"${name.slice(0, 80)}" is no name for a sandbox. Use 1 to 64 of a-z, 0-9 and -, not starting with -.`,
  );
}
