/** A sandbox of alice in memory, for tests of its parts without a server. */
import { fakerFor } from '../../src/faker/faker.ts';
import { createLowdbStore } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import { alice } from '../../src/vendors/alice/alice.ts';
import type { AliceConfig } from '../../src/vendors/alice/scenario.ts';
import type { JsonObject } from '../../src/messages/json.ts';
import type { World } from '../../src/vendors/vendor.ts';

export const NOW = Date.parse('2026-11-21T09:30:00.000Z');

type AliceWorld = {
  /** Runs `work` in one transaction. */
  run<T>(work: (world: World<AliceConfig>) => Promise<T>): Promise<T>;
};

/** With the section planted. */
export async function openAliceWorld(section: JsonObject = {}): Promise<AliceWorld> {
  const { collections, scenario } = alice;
  const store = await createLowdbStore({
    data: 'memory',
    durability: 'process',
    collections,
    log: () => {},
  });
  const config = scenario.configure(section) as AliceConfig;
  const run: AliceWorld['run'] = (work) =>
    store.transact('test', (transaction) =>
      work({
        now: NOW,
        profile: 'wire',
        config,
        choose: (row) => ({ 'ALICE-RESULT': 'wire' })[row] ?? '200',
        note: () => {},
        warn: () => {},
        meter: () => ({ used: 0, resetsAt: NOW }),
        in: transaction.in,
        seed: 1,
        faker: (recordId) => fakerFor(1, recordId),
      }),
    );
  await run((world) => scenario.plant(section, world));
  return { run };
}
