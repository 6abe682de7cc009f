import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createLowdbStore } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import type { Store } from '../../src/store/store.ts';
import { books, libraryCollections } from './library.ts';
import { storeSuite } from './suite.ts';
import { addBook, folderWithBooks, openStore } from './temporary.ts';

for (const durability of ['process', 'disk'] as const) {
  // Once as it comes, once compacting after nearly every commit.
  for (const compactAboveBytes of [undefined, 1]) {
    const compacts = compactAboveBytes === undefined ? '' : ', compacting all the time';
    storeSuite(`lowdb in files, durability ${durability}${compacts}`, async () => {
      const data = fs.mkdtempSync(path.join(os.tmpdir(), 'license-mock-store-'));
      const open = (): Promise<Store> =>
        createLowdbStore({
          data,
          durability,
          collections: libraryCollections,
          log: (_level, message) => {
            throw new Error(message);
          },
          limits: compactAboveBytes === undefined ? {} : { compactAboveBytes },
        });
      return {
        store: await open(),
        reopen: open,
        cleanUp: () => fs.promises.rm(data, { recursive: true }),
      };
    });
  }
}

it('peeks at once at what is in memory, and by a promise at what is not', async () => {
  const { store } = await openStore(await folderWithBooks({ id: 1 }));
  expect(store.peek('default', books, 1)).toStrictEqual({ id: 1 });
  await store.unload('default');
  const read = store.peek('default', books, 1);
  expect(read).toBeInstanceOf(Promise);
  expect(await read).toStrictEqual({ id: 1 });
  await addBook(store, { id: 2 });
  expect(store.peek('default', books, 2)).toStrictEqual({ id: 2 });
});
