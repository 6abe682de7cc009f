/** A sandbox of one vendor in memory, for tests of its parts without a server: the pipeline's own context and world. */
import type { Context } from '../../src/frameworks/framework.ts';
import type { JsonObject } from '../../src/messages/json.ts';
import { openLedger } from '../../src/parts.ts';
import {
  createContext,
  createNotes,
  createWorld,
  type Notes,
} from '../../src/sandboxes/context.ts';
import type { Sandbox } from '../../src/sandboxes/sandbox.ts';
import { createLowdbStore } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import { realTime } from '../../src/time/clock.ts';
import type { Vendor, World } from '../../src/vendors/vendor.ts';

export const NOW = Date.parse('2026-11-21T09:30:00.250Z');

export type WorldOptions = {
  /** The vendor's section of a scenario, which is planted. */
  readonly section?: JsonObject;
  /** Ledger choices, over the defaults. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly seed?: number;
  /** The sandbox's time. Default: `NOW`. */
  readonly now?: number;
};

const { defaults } = openLedger();

/** A context of the vendor, and what was noted in it. */
export function openContext<Config>(
  vendor: Vendor<Config>,
  options: WorldOptions = {},
): { readonly context: Context<Config>; readonly notes: Notes } {
  const notes = createNotes();
  const { now = NOW } = options;
  const meter = () => ({ used: 1, resetsAt: now });
  const context = createContext(sandboxOf(vendor, options), vendor, { notes, now, meter });
  return { context: context as Context<Config>, notes };
}

export async function openVendorWorld<Config>(vendor: Vendor<Config>, options: WorldOptions = {}) {
  const store = await createLowdbStore({
    data: 'memory',
    durability: 'process',
    collections: vendor.collections,
    log: (_level, message) => {
      throw new Error(message);
    },
  });
  const sandbox = sandboxOf(vendor, options);
  /** Runs `work` in one transaction; what it throws undoes what it wrote. */
  const run = <T>(
    work: (world: World<Config>) => Promise<T>,
    context: Context<Config> = openContext(vendor, options).context,
  ): Promise<T> =>
    store.transact('test', (transaction) =>
      work(createWorld(sandbox, context, transaction) as World<Config>),
    );
  await run((world) => vendor.scenario.plant(options.section ?? {}, world));
  return { store, run };
}

function sandboxOf<Config>(
  vendor: Vendor<Config>,
  { section = {}, settings = {}, seed = 1 }: WorldOptions,
): Sandbox {
  return {
    name: 'test',
    world: { sandbox: 'test', generation: 'test', journalId: 'test' },
    profile: 'wire',
    acceptsAnyToken: false,
    settings: { ...defaults, ...settings },
    setup: {
      id: 'setup',
      generation: 'test',
      journalId: 'test',
      revision: 0,
      ruleCount: 0,
      start: {},
      scenario: 'test',
      states: [],
      seed,
      clock: realTime,
      references: 'open',
      settings,
      configs: { [vendor.name]: vendor.scenario.configure(section) },
    },
  };
}
