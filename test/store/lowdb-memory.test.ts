import { createLowdbStore } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import { libraryCollections } from './library.ts';
import { storeSuite } from './suite.ts';

storeSuite('lowdb in memory', async () => ({
  store: await createLowdbStore({
    data: 'memory',
    durability: 'process',
    collections: libraryCollections,
    log: (_level, message) => {
      throw new Error(message);
    },
  }),
  cleanUp: async () => {},
}));
