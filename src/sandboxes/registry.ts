/** Finds, loads, creates, starts over and removes sandboxes. */
import { MockError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { overrides } from '../overrides/override.ts';
import { createTurns } from '../shared/turns.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { SandboxContent, Store, Transaction } from '../store/store.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { createHeldSandboxes } from './held-sandboxes.ts';
import { createContentMaker } from './make-content.ts';
import {
  openSandbox,
  setups,
  StartedOver,
  type Defaults,
  type Meters,
  type Sandbox,
  type Setup,
  type StartOptions,
} from './sandbox.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** `isNew`: the sandbox was not there before. */
type Started = { readonly sandbox: Sandbox; readonly isNew: boolean };

/** Where one is looked for and is not there, `MockError` `no-such-sandbox` is thrown. */
export type Sandboxes = {
  /** The sandbox of this name, created from the server's scenario where it is not there yet. */
  enter(name: string): Promise<Sandbox>;
  find(name: string): Promise<Sandbox>;
  /** Sorted by name; `sandbox` is undefined where it is not in memory. */
  list(): Promise<readonly { readonly name: string; readonly sandbox: Sandbox | undefined }[]>;
  /** Creates it or starts it over, at one moment; nothing that it had is left. */
  start(name: string, options: StartOptions): Promise<Started>;
  /** Starts it over as it was last started; its snapshots stay. */
  reset(name: string): Promise<Sandbox>;
  /** Starts it over, or creates it, with a scenario at hand; a later reset goes back to what it was started with. Its snapshots stay. */
  startWith(name: string, scenario: Scenario): Promise<Sandbox>;
  /** Puts an exported state in the place of its own; a later reset goes back as after `startWith`. Its snapshots stay. */
  adopt(name: string, state: Scenario): Promise<Started>;
  /** Puts the state that `find` gives in the place of its own. Its snapshots stay. */
  restore(
    name: string,
    find: () => Promise<{ readonly content: SandboxContent; readonly meters: Meters }>,
  ): Promise<Sandbox>;
  /** Changes the stored setup. */
  change(name: string, change: (setup: Setup) => Setup): Promise<Sandbox>;
  /** One transaction in the sandbox as it then is. */
  transact<T>(
    name: string,
    work: (sandbox: Sandbox, transaction: Transaction) => Promise<T>,
  ): Promise<T>;
  /** Runs `work` while nobody else starts the sandbox over, changes its setup or removes it. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
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
  /** Told when a sandbox was started over or removed: what it was asked before is of another world. */
  readonly onNewWorld: (name: string) => void;
  /** Told when an idle sandbox is unloaded. */
  readonly onUnload: (name: string) => void;
};

export function createSandboxes(parts: RegistryParts): Sandboxes {
  const { store, ledger, defaults, onNewWorld } = parts;
  /** Whatever puts one world in the place of another does so in the sandbox's turn. */
  const turns = createTurns();
  const held = createHeldSandboxes({
    maxSandboxes: parts.maxSandboxes,
    unload: parts.canUnload ? (name) => unload(name) : undefined,
  });
  const open = (name: string, setup: Setup): Sandbox =>
    openSandbox(name, setup, { defaults: ledger.defaults, server: defaults });
  const make = createContentMaker({ ...parts, open });

  const unload = (name: string): void => {
    // Its requests are counted from one again: what the journal has of it would be taken for theirs.
    parts.onUnload(name);
    void store.unload(name);
  };

  const load = async (name: string): Promise<Sandbox> => {
    if (!(await store.has(name))) throw missing(name);
    const { setup, ruleCount } = await store.transact(name, async (transaction) => ({
      setup: await transaction.in(setups).get('setup'),
      ruleCount: await transaction.in(overrides).count(),
    }));
    if (setup) return { ...open(name, setup), ruleCount };
    throw new MockError(
      'damaged-data',
      `The sandbox ${name} has records but no setup. Remove its folder, or put back its files.`,
    );
  };

  /** The one in memory, or what `begin` gives; waits while somebody starts it over. */
  const look = async (name: string, begin: () => Promise<Sandbox>): Promise<Sandbox> => {
    for (;;) {
      const known = held.use(name);
      if (known) return known;
      const pending = turns.pending(name);
      if (!pending) return held.hold(name, turns.take(name, begin));
      await pending;
    }
  };

  /** The sandbox in its own turn. */
  const present = (name: string): Promise<Sandbox> => held.use(name) ?? held.hold(name, load(name));

  /** A new world, of which nothing was asked yet. */
  const begin = async (name: string, content: SandboxContent): Promise<Sandbox> => {
    const former = held.peek(name);
    await store.replace(name, content);
    if (former) former.fate = 'over';
    onNewWorld(name);
    return load(name);
  };

  /** Puts another state under a journal that goes on: requests are counted on. */
  const goOn = async (name: string, content: SandboxContent): Promise<Sandbox> => {
    const former = held.peek(name);
    await store.replace(name, content);
    if (former) former.fate = 'replaced';
    const sandbox = await load(name);
    sandbox.requests = former?.requests ?? 0;
    return sandbox;
  };

  const alone: Sandboxes['alone'] = (name, work) => {
    checkSandboxName(name);
    return turns.take(name, work);
  };

  const find: Sandboxes['find'] = async (name) => {
    const known = held.use(name);
    if (known) return known;
    checkSandboxName(name);
    if (await store.has(name)) return look(name, () => load(name));
    throw missing(name);
  };

  return {
    find,
    alone,
    async enter(name) {
      const known = held.use(name);
      if (known) return known;
      checkSandboxName(name);
      held.checkRoom(name);
      return look(name, async () =>
        (await store.has(name)) ? load(name) : begin(name, await make.fromStart(name, {})),
      );
    },
    async list() {
      const loaded = await held.all();
      return (await store.sandboxes()).map((name) => ({ name, sandbox: loaded.get(name) }));
    },
    start: (name, options) =>
      alone(name, async () => {
        held.checkRoom(name);
        const isNew = !(await store.has(name));
        const content = await make.fromStart(name, options);
        return { sandbox: await held.hold(name, begin(name, content)), isNew };
      }),
    reset: (name) =>
      alone(name, async () => {
        const { setup } = await present(name);
        const content = await make.fromStart(name, setup.start);
        return held.hold(name, begin(name, await make.keepSnapshots(name, content)));
      }),
    startWith: (name, scenario) =>
      alone(name, async () => {
        held.checkRoom(name);
        const content = await make.fromScenario(name, scenario);
        return held.hold(name, begin(name, await make.keepSnapshots(name, content)));
      }),
    adopt: (name, state) =>
      alone(name, async () => {
        held.checkRoom(name);
        const isNew = !(await store.has(name));
        const content = await make.fromState(name, state);
        const kept = await make.keepSnapshots(name, content);
        return { sandbox: await held.hold(name, goOn(name, kept)), isNew };
      }),
    restore: (name, findState) =>
      alone(name, async () => {
        const { content, meters } = await findState();
        const renewed = await make.fromContent(name, content);
        const sandbox = await held.hold(name, goOn(name, await make.keepSnapshots(name, renewed)));
        for (const [key, window] of Object.entries(meters)) sandbox.meters.set(key, { ...window });
        return sandbox;
      }),
    change: (name, change) =>
      alone(name, async () => {
        const sandbox = await present(name);
        sandbox.setup = await store.transact(name, async (transaction) => {
          const records = transaction.in(setups);
          const setup = change((await records.get('setup')) ?? sandbox.setup);
          await records.update(setup);
          return setup;
        });
        return sandbox;
      }),
    async transact(name, work) {
      for (;;) {
        const sandbox = await find(name);
        try {
          return await store.transact(name, async (transaction) => {
            const setup = await transaction.in(setups).get('setup');
            if (setup?.generation !== sandbox.setup.generation) throw new StartedOver();
            return work(sandbox, transaction);
          });
        } catch (thrown) {
          if (!(thrown instanceof StartedOver)) throw thrown;
        }
      }
    },
    remove: (name) =>
      alone(name, async () => {
        const former = held.peek(name);
        if (former) former.fate = 'removed';
        held.letGo(name);
        const wasThere = await store.drop(name);
        onNewWorld(name);
        return wasThere;
      }),
  };
}

/** Throws `MockError` `bad-sandbox-name`. */
export function checkSandboxName(name: string): void {
  if (NAME.test(name)) return;
  throw new MockError(
    'bad-sandbox-name',
    `"${name.slice(0, 80)}" is no name for a sandbox. Use 1 to 64 of a-z, 0-9 and -, not starting with -.`,
  );
}

function missing(name: string): MockError {
  return new MockError(
    'no-such-sandbox',
    `There is no sandbox "${name}". PUT /_mock/sandboxes/${name} creates it, and so does its first request.`,
  );
}
