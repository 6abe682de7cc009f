/** Opens the state of the mock: its records, and what its processes share. Only this file knows the drivers. */
import path from 'node:path';
import { isDatabase } from './config/data-location.ts';
import type { ServeConfig } from './config/serve-config.ts';
import type { ReplicaOptions } from './database/replicas.ts';
import { JOURNAL_DEFAULTS } from './journal/journal.ts';
import type { Metrics } from './metrics/metrics.ts';
import { overrides } from './overrides/override.ts';
import { newIdentity, setups } from './sandboxes/sandbox.ts';
import { snapshots } from './sandboxes/snapshots.ts';
import { createMemoryShared } from './shared/memory-shared.ts';
import type { Shared } from './shared/shared.ts';
import { createLowdbStore } from './store/drivers/lowdb/lowdb-store.ts';
import type { Collection, Store } from './store/store.ts';
import type { Vendor } from './vendors/vendor.ts';

export type State = {
  readonly store: Store;
  readonly shared: Shared;
  /** The same in all processes that share this state. */
  readonly identity: string;
};

type StateConfig = Pick<ServeConfig, 'data' | 'dataSchema' | 'durability' | 'journalSize'>;

type StateParts = {
  readonly vendors: readonly Vendor[];
  readonly metrics: Metrics;
  readonly log: (level: 'warn' | 'error', message: string) => void;
  /** Whether a database's tables are made where they are not there. Default: they are. */
  readonly makesTables?: boolean;
  /** Called for a database. Default: nothing is compared. */
  readonly replica?: () => ReplicaOptions;
};

/** Closing the store closes all. Rejects with `MockError` if the data folder or the database cannot be used. */
export async function openState(config: StateConfig, parts: StateParts): Promise<State> {
  return isDatabase(config.data) ? openSharedState(config, parts) : openOwnState(config, parts);
}

/** A store in which sandboxes are built before they replace the current ones. */
export function openScratch(vendors: readonly Vendor[]): Promise<Store> {
  return createLowdbStore({
    data: 'memory',
    durability: 'process',
    collections: collectionsOf(vendors),
    log: () => {},
  });
}

function collectionsOf(vendors: readonly Vendor[]): readonly Collection<never>[] {
  return [setups, snapshots, overrides, ...vendors.flatMap((vendor) => vendor.collections)];
}

/** In memory or in a folder, for one process. */
async function openOwnState(config: StateConfig, parts: StateParts): Promise<State> {
  const store = await createLowdbStore({
    data: config.data === 'memory' ? 'memory' : path.resolve(config.data),
    durability: config.durability,
    collections: collectionsOf(parts.vendors),
    log: parts.log,
    count: parts.metrics.stored,
  });
  const shared = createMemoryShared({
    ...JOURNAL_DEFAULTS,
    maxEntries: config.journalSize,
    head: (sandbox) => store.peek(sandbox, setups, 'setup'),
  });
  return { store, shared, identity: newIdentity() };
}

/** In a database, for several replicas. */
async function openSharedState(config: StateConfig, parts: StateParts): Promise<State> {
  // Loaded here, because most servers have no database.
  const [{ openDatabase }, { joinReplicas }, { createPostgresStore }, { createPostgresShared }] =
    await Promise.all([
      import('./database/database.ts'),
      import('./database/replicas.ts'),
      import('./store/drivers/postgres/postgres-store.ts'),
      import('./shared/postgres/postgres-shared.ts'),
    ]);
  const { metrics, log, makesTables = true } = parts;
  const same = parts.replica?.() ?? { program: '', agreed: {} };
  const { dataSchema: schema } = config;
  const database = openDatabase({
    url: config.data,
    schema,
    log,
    count: metrics.database,
  });
  try {
    const replica = await joinReplicas(database, { schema, makes: makesTables }, same);
    metrics.watchConnections(database.connections);
    const store = createPostgresStore({
      database,
      collections: collectionsOf(parts.vendors),
      journal: { collection: setups.name, key: 'setup', field: 'journalId' },
      count: metrics.stored,
    });
    const shared = createPostgresShared({
      database,
      schema,
      replica: replica.id,
      bounds: { ...JOURNAL_DEFAULTS, maxEntries: config.journalSize },
      head: (sandbox) => store.read(sandbox, setups, 'setup'),
    });
    return {
      shared,
      identity: replica.identity,
      store: {
        ...store,
        async close() {
          await shared.close();
          await replica.leave();
          await store.close();
        },
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
