/** Finds the current world of a sandbox, and runs work in it. `replace-worlds.ts` puts another world in its place. */
import { MockError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { overrides } from '../overrides/override.ts';
import { andThen, type Awaitable } from '../shared/awaitable.ts';
import type { Head, Shared } from '../shared/shared.ts';
import type { Store, Transaction } from '../store/store.ts';
import { realTime } from '../time/clock.ts';
import { createHeldSandboxes } from './held-sandboxes.ts';
import { openSandbox, setups, type Defaults, type Sandbox, type Setup } from './sandbox.ts';
import { isUpToDate, upgradeSetup } from './upgrade-setup.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Another world has replaced this one. The request is then processed again in the new world, from its first step. */
export class StartedOver extends Error {}

/** A sandbox that received a request. */
export type Entered = {
  readonly sandbox: Sandbox;
  /** The number of the request in the journal, starting at 1. */
  readonly request: number;
  /** Call this when the request is answered, so that the sandbox can be unloaded. */
  readonly leave: () => void;
};

/** Methods that look for a sandbox throw `MockError` `no-such-sandbox` if it does not exist. */
export type CurrentWorlds = {
  /** Counts a request. Undefined: there is no such sandbox. */
  enterIfThere(name: string): Awaitable<Entered | undefined>;
  find(name: string): Awaitable<Sandbox>;
  /** Sorted by name. `setup` is undefined if the sandbox would have to be loaded from its file. */
  list(): Promise<readonly { readonly name: string; readonly setup: Setup | undefined }[]>;
  /** Changes the stored setup. */
  change(name: string, change: (setup: Setup) => Setup): Promise<Sandbox>;
  /** Changes the overrides. `change` runs in a transaction. */
  changeOverrides<T>(name: string, change: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Throws `StartedOver` if another world has replaced this one. */
  check(sandbox: Sandbox): Awaitable<void>;
  /** One transaction in this world of the sandbox, which was just found. Throws `StartedOver` like `check`. */
  transact<T>(
    sandbox: Sandbox,
    work: (transaction: Transaction) => Promise<T>,
    effect?: 'read' | 'write',
  ): Promise<T>;
  /** One transaction in the current world of the sandbox. */
  transactNow<T>(
    name: string,
    work: (sandbox: Sandbox, transaction: Transaction) => Promise<T>,
  ): Promise<T>;
  /** Runs `work` exclusively: no other call restarts the sandbox, changes its setup or removes it meanwhile. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** The sandbox for an answer while its state cannot be read: as last used, else as an empty one would be. */
  lastSeen(name: string): Sandbox;
  /** Forgets what this process holds of the sandbox. */
  letGo(name: string): void;
};

export type CurrentParts = {
  readonly store: Store;
  readonly shared: Shared;
  readonly ledger: Ledger;
  readonly defaults: Defaults;
  /** Maximum number of sandboxes in memory. */
  readonly maxSandboxes: number;
  /** True: idle sandboxes beyond the maximum are unloaded and can be reloaded. False: further sandboxes are refused. */
  readonly canUnload: boolean;
};

/** The setup of a sandbox whose own is not known. */
const UNREAD: Setup = {
  id: 'setup',
  generation: '',
  journalId: '',
  revision: 0,
  ruleCount: 0,
  start: {},
  scenario: '',
  states: [],
  seed: 0,
  clock: realTime,
  references: 'open',
  settings: {},
  configs: {},
};

export function createCurrentWorlds(parts: CurrentParts): CurrentWorlds {
  const { store, shared, ledger, defaults } = parts;
  const held = createHeldSandboxes({
    maxSandboxes: parts.maxSandboxes,
    unload: parts.canUnload ? (name) => void store.unload(name) : undefined,
  });

  const open = (name: string, setup: Setup): Sandbox =>
    openSandbox(name, setup, { defaults: ledger.defaults, server: defaults });

  /** The current state of the sandbox whose `head` was just read. */
  const openCurrent = (name: string, head: Head): Awaitable<Sandbox> =>
    held.use(name, head) ??
    andThen(currentSetup(name), (setup) => {
      if (!setup) throw missingSandbox(name);
      const sandbox = open(name, setup);
      held.hold(sandbox);
      return sandbox;
    });

  const currentSetup = (name: string): Awaitable<Setup | undefined> =>
    andThen(store.peek(name, setups, 'setup'), (setup) =>
      setup && !isUpToDate(setup) ? upgradeSetup(store, name) : setup,
    );

  const find = (name: string): Awaitable<Sandbox> =>
    andThen(shared.head(name), (head) => {
      if (head) return openCurrent(name, head);
      checkSandboxName(name);
      throw missingSandbox(name);
    });

  const alone: CurrentWorlds['alone'] = (name, work) => {
    checkSandboxName(name);
    return shared.alone(name, work);
  };

  const changeIn = <T>(
    name: string,
    change: (setup: Setup, transaction: Transaction) => Promise<{ setup: Setup; result: T }>,
  ): Promise<T> =>
    alone(name, async () => {
      await find(name);
      return store.transact(name, async (transaction) => {
        const setup = await transaction.in(setups).get('setup');
        if (!setup) throw missingSandbox(name);
        const changed = await change(setup, transaction);
        await transaction.in(setups).update({ ...changed.setup, revision: setup.revision + 1 });
        return changed.result;
      });
    });

  const transact: CurrentWorlds['transact'] = (sandbox, work, effect = 'write') =>
    store.transact(
      sandbox.name,
      async (transaction) => {
        checkWorld(sandbox, await transaction.in(setups).get('setup'));
        return work(transaction);
      },
      { isFresh: true, effect },
    );

  return {
    find,
    alone,
    transact,
    letGo: held.letGo,
    lastSeen: (name) => held.lastSeen(name) ?? open(name, UNREAD),
    enterIfThere: (name) =>
      andThen(
        shared.enter(name),
        (head) =>
          head &&
          andThen(openCurrent(name, head), (sandbox) => ({
            sandbox,
            request: head.request,
            leave: held.keepBusy(name),
          })),
      ),
    async list() {
      const all = await store.peekEverywhere(setups, 'setup');
      return all.map(({ sandbox, record }) => ({ name: sandbox, setup: record }));
    },
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

export function missingSandbox(name: string): MockError {
  return new MockError(
    'no-such-sandbox',
    `Sandbox "${name}" does not exist. Create it with PUT /_mock/sandboxes/${name}, or by sending it a request (unless --sandboxes is named).`,
  );
}
