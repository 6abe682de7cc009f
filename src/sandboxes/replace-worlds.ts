/** Puts another world in the place of the current one: a new start, a reset, a provider state, an import, a snapshot. */
import { MockError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ScenarioUse } from '../scenarios/load-scenario.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Shared, Windows } from '../shared/shared.ts';
import type { SandboxContent, Store } from '../store/store.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { CurrentWorlds } from './current-worlds.ts';
import { createNextWorld } from './next-world.ts';
import { openSandbox, setups, type Defaults, type Sandbox, type StartOptions } from './sandbox.ts';

/** `isNew`: the sandbox did not exist before. */
type Started = { readonly sandbox: Sandbox; readonly isNew: boolean };

/** Each in the sandbox's turn. Methods that look for a sandbox throw `MockError` `no-such-sandbox` if it does not exist. */
export type WorldReplacement = {
  /** Creates a missing sandbox from the server's scenario. */
  create(name: string): Promise<void>;
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
  /** False if it did not exist. */
  remove(name: string): Promise<boolean>;
};

export type ReplacementParts = {
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

export function createWorldReplacement(
  parts: ReplacementParts,
  { find, alone, letGo }: Pick<CurrentWorlds, 'find' | 'alone' | 'letGo'>,
): WorldReplacement {
  const { store, shared, ledger, defaults } = parts;
  const nextWorld = createNextWorld({
    ...parts,
    open: (name, setup) =>
      openSandbox(name, setup, { defaults: ledger.defaults, server: defaults }),
  });

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

  return {
    create: (name) =>
      alone(name, async () => {
        if (await shared.head(name)) return;
        if (await store.has(name)) throw damaged(name);
        await checkRoom(name);
        await put(name, await nextWorld.fromStart({}));
      }),
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
    remove: (name) =>
      alone(name, async () => {
        letGo(name);
        const wasThere = await store.drop(name);
        await shared.forget(name);
        return wasThere;
      }),
  };
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
