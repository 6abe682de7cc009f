/** The store suite on PostgreSQL: on one store, and on two that take turns, as where a client reaches two replicas. */
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/database.ts';
import { prepareTables } from '../../src/database/tables.ts';
import { textArray } from '../../src/database/text-array.ts';
import { createPostgresStore } from '../../src/store/drivers/postgres/postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { dropSchema, freshDatabase, sql, type TestDatabase } from '../support/postgres.ts';
import { books, libraryCollections } from './library.ts';
import { storeSuite } from './suite.ts';

async function openOn({ url, schema }: TestDatabase): Promise<Store> {
  const database = openDatabase({
    url,
    schema,
    log: (_level, message) => {
      throw new Error(message);
    },
    count: () => {},
  });
  await prepareTables(database, { schema }, async () => {});
  return createPostgresStore({
    database,
    collections: libraryCollections,
    journal: { collection: 'library.readers', key: 'journal', field: 'note' },
  });
}

/** Each call goes to the next of the stores. */
function inTurn(stores: readonly Store[]): Store {
  let calls = 0;
  const next = (): Store => {
    const store = stores[calls++ % stores.length];
    if (!store) throw new Error('There is no store.');
    return store;
  };
  return {
    transact: (...given) => next().transact(...given),
    peek: (...given) => next().peek(...given),
    peekEverywhere: (...given) => next().peekEverywhere(...given),
    has: (...given) => next().has(...given),
    sandboxes: () => next().sandboxes(),
    export: (...given) => next().export(...given),
    replace: (...given) => next().replace(...given),
    drop: (...given) => next().drop(...given),
    unload: (...given) => next().unload(...given),
    findWriteFault: () => next().findWriteFault(),
    async close() {
      for (const store of stores) await store.close();
    },
  };
}

/** All tests of a suite work in one schema: to make its tables costs more than a test. */
async function emptied(store: Store): Promise<Store> {
  for (const name of await store.sandboxes()) await store.drop(name);
  return store;
}

const first = await freshDatabase();
storeSuite('PostgreSQL', async () => {
  return {
    store: await emptied(await openOn(first)),
    reopen: () => openOn(first),
    cleanUp: async () => {},
  };
});

const second = await freshDatabase();
storeSuite('two stores on one PostgreSQL', async () => {
  return {
    store: await emptied(inTurn(await Promise.all([openOn(second), openOn(second)]))),
    reopen: () => openOn(second),
    cleanUp: async () => {},
    isShared: true,
  };
});

const third = await freshDatabase();
it('follows a database that went back, as one that is restored does', async () => {
  const store = await openOn(third);
  const add = async (id: number) =>
    store.transact('a', async (transaction) => transaction.in(books).insert({ id }));
  const ids = async () =>
    store.transact('a', async (transaction) =>
      (await transaction.in(books).find({})).map(({ id }) => id),
    );
  await add(1);
  await add(2);
  await sql(
    third.url,
    `update ${third.schema}.sandboxes set version = 1;
     delete from ${third.schema}.records where version > 1`,
  );
  expect(await ids()).toEqual([1]);
  await add(3);
  expect(await ids()).toEqual([1, 3]);
  await store.close();
});

it('sends texts as they are', async () => {
  const database = openDatabase({ url: third.url, schema: third.schema, log() {}, count() {} });
  for (const texts of [[], [''], ['NULL', '"\\{},', 'é', '😀'.repeat(1_000)]]) {
    const [row] = await database.send('SELECT $1::text[] AS texts', [textArray(texts)]);
    expect(row?.['texts']).toEqual(texts);
  }
  await database.close();
});

afterAll(async () => {
  for (const each of [first, second, third]) await dropSchema(each);
});
