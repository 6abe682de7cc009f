/** Finds, creates, restarts, changes and removes sandboxes, and runs work in one world of a sandbox. */
import { MockError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { overrides } from '../overrides/override.ts';
import type { ScenarioUse } from '../scenarios/load-scenario.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { andThen, type Awaitable } from '../shared/awaitable.ts';
import type { Head, Shared, Windows } from '../shared/shared.ts';
import type { SandboxContent, Store, Transaction } from '../store/store.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { createHeldSandboxes } from './held-sandboxes.ts';
import { createNextWorld } from './next-world.ts';
import {
  openSandbox,
  setups,
  type Defaults,
  type Sandbox,
  type Setup,
  type StartOptions,
} from './sandbox.ts';
import { isUpToDate, upgradeSetup } from './upgrade-setup.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Another world has replaced this one. The request is then processed again in the new world, from its first step. */
export class StartedOver extends Error {}

/** `isNew`: the sandbox did not exist before. */
type Started = { readonly sandbox: Sandbox; readonly isNew: boolean };

/** A sandbox that received a request. */
export type Entered = {
  readonly sandbox: Sandbox;
  /** The number of the request in the journal, starting at 1. */
  readonly request: number;
  /** Call this when the request is answered, so that the sandbox can be unloaded. */
  readonly leave: () => void;
};

/** Methods that look for a sandbox throw `MockError` `no-such-sandbox` if it does not exist. */
export type Sandboxes = {
  /** Counts a request. A missing sandbox is created from the server's scenario. */
  enter(name: string): Awaitable<Entered>;
  /** Like `enter`, but creates nothing, because the sandbox existed a moment ago. */
  enterAgain(name: string): Awaitable<Entered>;
  find(name: string): Awaitable<Sandbox>;
  /** Like `find`, but creates a missing sandbox. */
  ensure(name: string): Promise<Sandbox>;
  /** Sorted by name. `setup` is undefined if the sandbox is not in memory. */
  list(): Promise<readonly { readonly name: string; readonly setup: Setup | undefined }[]>;
  /** Atomically creates or restarts a sandbox. Nothing of its previous content remains. */
  start(name: string, options: StartOptions): Promise<Started>;
  /** Restarts it with its last start options. Keeps its snapshots. */
  reset(name: string): Promise<Sandbox>;
  /**
   * Restarts or creates a sandbox in a provider state that `add` adds. If it has had no request since it was created
   * from provider states, these apply too. A later reset returns to its start options. Keeps its snapshots.
   */
  enterState<T extends { readonly scenario: Scenario; readonly states: readonly ScenarioUse[] }>(
    name: string,
    add: (before: readonly ScenarioUse[]) => T,
  ): Promise<T>;
  /** Replaces its state with an exported one. A later reset returns to its start options. Keeps its snapshots. */
  adopt(name: string, state: Scenario): Promise<Started>;
  /** Replaces its state with the one that `find` returns. Keeps its snapshots. */
  restore(
    name: string,
    find: () => Promise<{ readonly content: SandboxContent; readonly meters: Windows }>,
  ): Promise<Sandbox>;
  /** Changes the stored setup. */
  change(name: string, change: (setup: Setup) => Setup): Promise<Sandbox>;
  /** Changes the overrides. `change` runs in a transaction. */
  changeOverrides<T>(name: string, change: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Throws `StartedOver` if another world has replaced this one. */
  check(sandbox: Sandbox): Awaitable<void>;
  /** One transaction in this world of the sandbox. Throws `StartedOver` like `check`. */
  transact<T>(sandbox: Sandbox, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** One transaction in the current world of the sandbox. */
  transactNow<T>(
    name: string,
    work: (sandbox: Sandbox, transaction: Transaction) => Promise<T>,
  ): Promise<T>;
  /** Runs `work` exclusively: no other call restarts the sandbox, changes its setup or removes it meanwhile. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** False if it did not exist. */
  remove(name: string): Promise<boolean>;
};

export type SandboxesParts = {
  readonly store: Store;
  readonly shared: Shared;
  readonly scratch: Store;
  readonly vendors: readonly Vendor[];
  readonly ledger: Ledger;
  readonly loadScenario: (nameOrFile: string, params: StartOptions['params']) => Scenario;
  readonly defaults: Defaults;
  readonly wallClock: () => number;
  /** Maximum number of sandboxes in memory. */
  readonly maxSandboxes: number;
  /** True: idle sandboxes beyond the maximum are unloaded and can be reloaded. False: further sandboxes are refused. */
  readonly canUnload: boolean;
};

export function createSandboxes(parts: SandboxesParts): Sandboxes {
  const { store, shared, ledger, defaults } = parts;
  const held = createHeldSandboxes({
    maxSandboxes: parts.maxSandboxes,
    unload: parts.canUnload ? (name) => void store.unload(name) : undefined,
  });
  const open = (name: string, setup: Setup): Sandbox =>
    openSandbox(name, setup, { defaults: ledger.defaults, server: defaults });
  const nextWorld = createNextWorld({ ...parts, open });

  /** The current state of the sandbox whose `head` was just read. */
  const openCurrent = (name: string, head: Head): Awaitable<Sandbox> =>
    held.use(name, head) ??
    andThen(currentSetup(name), (setup) => {
      if (!setup) throw missing(name);
      const sandbox = open(name, setup);
      held.hold(sandbox);
      return sandbox;
    });

  const currentSetup = (name: string): Awaitable<Setup | undefined> =>
    andThen(store.peek(name, setups, 'setup'), (setup) =>
      setup && !isUpToDate(setup) ? upgradeSetup(store, name) : setup,
    );

  const enterBy = (name: string, otherwise: () => Awaitable<Entered>): Awaitable<Entered> =>
    andThen(shared.enter(name), (head) =>
      head
        ? andThen(openCurrent(name, head), (sandbox) => ({
            sandbox,
            request: head.request,
            leave: held.keepBusy(name),
          }))
        : otherwise(),
    );

  const enterAgain = (name: string): Awaitable<Entered> =>
    enterBy(name, () => {
      throw missing(name);
    });

  const find = (name: string): Awaitable<Sandbox> =>
    andThen(shared.head(name), (head) => {
      if (head) return openCurrent(name, head);
      checkSandboxName(name);
      throw missing(name);
    });

  const alone: Sandboxes['alone'] = (name, work) => {
    checkSandboxName(name);
    return shared.alone(name, work);
  };

  const checkRoom = async (name: string): Promise<void> => {
    // The sandbox `default` always exists, even if it was removed and others use its place.
    if (parts.canUnload || name === 'default' || (await store.has(name))) return;
    const { length } = await store.sandboxes();
    if (length >= parts.maxSandboxes) throw tooMany(length);
  };

  /** Replaces the current world. The caller must hold the sandbox's turn. */
  const put = async (name: string, content: SandboxContent): Promise<Started> => {
    const isNew = !(await store.has(name));
    await store.replace(name, content);
    return { sandbox: await find(name), isNew };
  };

  const putKeepingSnapshots = async (name: string, content: SandboxContent): Promise<Started> =>
    put(name, await nextWorld.keepSnapshots(name, content));

  const create = (name: string): Promise<void> =>
    alone(name, async () => {
      if (await shared.head(name)) return;
      if (await store.has(name)) throw damaged(name);
      await checkRoom(name);
      await put(name, await nextWorld.fromStart({}));
    });

  const ensure = async (name: string): Promise<Sandbox> => {
    if (!(await shared.head(name))) await create(name);
    return find(name);
  };

  const changeIn = <T>(
    name: string,
    change: (setup: Setup, transaction: Transaction) => Promise<{ setup: Setup; result: T }>,
  ): Promise<T> =>
    alone(name, async () => {
      await find(name);
      return store.transact(name, async (transaction) => {
        const setup = await transaction.in(setups).get('setup');
        if (!setup) throw missing(name);
        const changed = await change(setup, transaction);
        await transaction.in(setups).update({ ...changed.setup, revision: setup.revision + 1 });
        return changed.result;
      });
    });

  const transact: Sandboxes['transact'] = (sandbox, work) =>
    store.transact(sandbox.name, async (transaction) => {
      checkWorld(sandbox, await transaction.in(setups).get('setup'));
      return work(transaction);
    });

  return {
    enterAgain,
    find,
    ensure,
    alone,
    transact,
    enter: (name) => enterBy(name, () => create(name).then(() => enterAgain(name))),
    async list() {
      const names = await store.sandboxes();
      return Promise.all(
        names.map(async (name) => ({
          name,
          setup: held.has(name) ? await store.peek(name, setups, 'setup') : undefined,
        })),
      );
    },
    start: (name, options) =>
      alone(name, async () => {
        await checkRoom(name);
        return put(name, await nextWorld.fromStart(options));
      }),
    reset: (name) =>
      alone(name, async () => {
        const { setup } = await find(name);
        return (await putKeepingSnapshots(name, await nextWorld.fromStart(setup.start))).sandbox;
      }),
    enterState: (name, add) =>
      alone(name, async () => {
        await checkRoom(name);
        const before = await store.peek(name, setups, 'setup');
        const isUnasked = (await shared.requests(name)) === 0;
        const added = add(before && isUnasked ? before.states : []);
        await putKeepingSnapshots(
          name,
          await nextWorld.fromScenario(name, added.scenario, added.states),
        );
        return added;
      }),
    adopt: (name, state) =>
      alone(name, async () => {
        await checkRoom(name);
        return putKeepingSnapshots(name, await nextWorld.fromState(name, state));
      }),
    restore: (name, findState) =>
      alone(name, async () => {
        const { content, meters } = await findState();
        const { sandbox } = await putKeepingSnapshots(
          name,
          await nextWorld.fromContent(name, content),
        );
        await shared.setWindows(name, meters);
        return sandbox;
      }),
    async change(name, change) {
      await changeIn(name, async (setup) => ({ setup: change(setup), result: undefined }));
      return find(name);
    },
    changeOverrides: (name, change) =>
      changeIn(name, async (setup, transaction) => {
        const result = await change(transaction);
        const ruleCount = await transaction.in(overrides).count();
        return { setup: { ...setup, ruleCount }, result };
      }),
    check: (sandbox) => andThen(shared.head(sandbox.name), (head) => checkWorld(sandbox, head)),
    async transactNow(name, work) {
      for (;;) {
        const sandbox = await find(name);
        try {
          return await transact(sandbox, (transaction) => work(sandbox, transaction));
        } catch (thrown) {
          if (!(thrown instanceof StartedOver)) throw thrown;
        }
      }
    },
    remove: (name) =>
      alone(name, async () => {
        held.letGo(name);
        const wasThere = await store.drop(name);
        await shared.forget(name);
        return wasThere;
      }),
  };
}

/** The only check whether a sandbox was restarted while work ran in it. */
function checkWorld({ setup }: Sandbox, current: Head | undefined): void {
  if (current?.generation !== setup.generation) throw new StartedOver();
}

/** Throws `MockError` `bad-sandbox-name`. */
export function checkSandboxName(name: string): void {
  if (NAME.test(name)) return;
  throw new MockError(
    'bad-sandbox-name',
    `"${name.slice(0, 80)}" is not a valid sandbox name. Use 1 to 64 of a-z, 0-9 and -, and do not start with -.`,
  );
}

function missing(name: string): MockError {
  return new MockError(
    'no-such-sandbox',
    `Sandbox "${name}" does not exist. Create it with PUT /_mock/sandboxes/${name}, or by sending it a request.`,
  );
}

function damaged(name: string): MockError {
  return new MockError(
    'damaged-data',
    `The sandbox ${name} has records but no settings. Remove its folder, or restore its files.`,
  );
}

function tooMany(count: number): MockError {
  return new MockError(
    'too-many-sandboxes',
    `There are ${count} sandboxes, which is the limit of --max-sandboxes with --data memory. Remove some, raise the limit, or use a data folder.`,
  );
}
