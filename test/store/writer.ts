/**
 * A process that holds a data folder: says `ready`, then, with a number of writers given, adds books
 * concurrently and prints each id once it is stored. It goes on until it is killed.
 *
 *     node test/store/writer.ts <folder> <durability> <writers>
 */
import fs from 'node:fs';
import { setInterval } from 'node:timers';
import { createLowdbStore } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import { messageOf } from '../../src/errors.ts';
import { books, libraryCollections } from './library.ts';

const [, , data = '', durability = 'process', writers = '0'] = process.argv;

function print(line: string): void {
  fs.writeSync(1, `${line}\n`);
}

async function run(): Promise<void> {
  const store = await createLowdbStore({
    data,
    durability: durability === 'disk' ? 'disk' : 'process',
    collections: libraryCollections,
    log: (level, message) => print(`${level}: ${message}`),
    // Small, so that processes are also killed while they compact.
    limits: { compactAboveBytes: 20_000 },
  });
  print('ready');
  const write = async (): Promise<void> => {
    for (;;) {
      const id = await store.transact('default', async (transaction) => {
        const inBooks = transaction.in(books);
        const next = await inBooks.nextId();
        // Two records that belong together: a reader of half a change would see one of them.
        await inBooks.insert({ id: next, isbn: `isbn-${next}`, title: 'x'.repeat(next % 700) });
        await inBooks.insert({ id: next + 1, shelf: `of ${next}` });
        return next;
      });
      print(String(id));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  for (let at = 0; at < Number(writers); at++) void write();
  setInterval(() => {}, 1000);
}

try {
  await run();
} catch (error) {
  print(messageOf(error));
  process.exitCode = 1;
}
