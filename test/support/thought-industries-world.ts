/** A sandbox of thought-industries in memory, for tests of its parts without a server. */
import { openLedger } from '../../src/parts.ts';
import { fakerFor } from '../../src/faker/faker.ts';
import { createLowdbStore } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import type { TiWorld } from '../../src/vendors/thought-industries/credentials.ts';
import { thoughtIndustries } from '../../src/vendors/thought-industries/thought-industries.ts';
import type { JsonObject } from '../../src/messages/json.ts';

type TestWorldOptions = {
  /** Planted; `references` in it is the scenario's. */
  readonly section?: JsonObject;
  readonly seed?: number;
  readonly now?: number;
};

type TestWorld = {
  /** Runs `work` in one transaction; what it throws undoes what it wrote. */
  run<T>(work: (world: TiWorld) => Promise<T>): Promise<T>;
};

const { defaults } = openLedger();

export const NOW = Date.parse('2026-11-21T09:30:00.000Z');

export async function openTestWorld(options: TestWorldOptions = {}): Promise<TestWorld> {
  const { section = {}, seed = 1, now = NOW } = options;
  const { collections, scenario } = thoughtIndustries;
  const store = await createLowdbStore({
    data: 'memory',
    durability: 'process',
    collections,
    log: () => {},
  });
  const run: TestWorld['run'] = (work) =>
    store.transact('test', (transaction) =>
      work({
        now,
        profile: 'wire',
        config: scenario.configure(section),
        choose: (row) => {
          const choice = defaults[row];
          if (choice === undefined) throw new Error(`The ledger has no choice of ${row}.`);
          return choice;
        },
        note: () => {},
        warn: () => {},
        meter: () => ({ used: 0, resetsAt: now }),
        in: transaction.in,
        seed,
        faker: (recordId) => fakerFor(seed, recordId),
      }),
    );
  await run((world) => scenario.plant(section, world));
  return { run };
}
