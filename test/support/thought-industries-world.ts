/** A sandbox of thought-industries in memory, for tests of its parts without a server. */
import { createContext, createNotes, createWorld, setups } from '../../src/sandboxes/sandbox.ts';
import { createLowdbStore } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import {
  configure,
  type Config,
  type TiWorld,
} from '../../src/vendors/thought-industries/config.ts';
import { thoughtIndustries } from '../../src/vendors/thought-industries/thought-industries.ts';
import type { JsonObject, Warning, World } from '../../src/vendors/vendor.ts';

export type TestWorldOptions = {
  readonly section?: JsonObject;
  readonly settings?: Readonly<Record<string, string>>;
  readonly seed?: number;
  readonly now?: number;
};

export type TestWorld = {
  /** Runs `work` in one transaction; what it throws undoes what it wrote. */
  run<T>(work: (world: TiWorld) => Promise<T>): Promise<T>;
  readonly warnings: readonly Warning[];
  readonly ledger: ReadonlySet<string>;
};

const DEFAULTS = {
  'TI-ENVELOPE': 'wrapped',
  'TI-CREATE-STATUS': '200',
  'TI-ERRORS': 'rest',
  'TI-RATE-LIMIT': 'off',
  'TI-CLIENT-LICENSES': '20',
};

export const NOW = Date.parse('2026-11-21T09:30:00.000Z');

/** The section is planted; `references` in it is the scenario's. */
export async function openTestWorld(options: TestWorldOptions = {}): Promise<TestWorld> {
  const { section = {}, seed = 1, now = NOW } = options;
  const store = await createLowdbStore({
    data: 'memory',
    durability: 'process',
    collections: [setups, ...thoughtIndustries.collections],
    log: () => {},
  });
  const config: Config = configure(section);
  const notes = createNotes();
  const sandbox = {
    name: 'test',
    setup: {
      id: 'setup' as const,
      generation: 1,
      start: {},
      scenario: 'test',
      seed,
      clock: { mode: 'frozen' as const, at: now },
      settings: {},
      configs: { [thoughtIndustries.name]: config },
    },
    profile: 'wire' as const,
    settings: { ...DEFAULTS, ...options.settings },
    meters: new Map(),
    requests: 0,
  };
  const context = createContext(sandbox, thoughtIndustries, notes, now);
  const run: TestWorld['run'] = (work) =>
    store.transact('test', (transaction) =>
      work(createWorld(sandbox, context, transaction) as World<Config>),
    );
  await run((world) => thoughtIndustries.scenario.plant(section, world));
  return { run, warnings: notes.warnings, ledger: notes.ledger };
}
