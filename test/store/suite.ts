/** What every driver of the store must hold to. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collection, Condition, Query, Store, Transaction } from '../../src/store/store.ts';
import { books, readers } from './library.ts';
import type { Book, Reader } from './library.ts';
import { twice } from './twice.ts';

/** `open` gives an empty store; `reopen`, where state outlives a store, what a new process would see. */
export type StoreUnderTest = {
  readonly store: Store;
  readonly reopen?: () => Promise<Store>;
  readonly cleanUp: () => Promise<void>;
  /** Whether calls made at the same time may reach different processes, and so may come in any order. */
  readonly isShared?: true;
};

/** Runs the suite twice: on the driver as it is, and with every work run twice. */
export function storeSuite(driver: string, open: () => Promise<StoreUnderTest>): void {
  suiteOf(driver, open, (store) => store);
  suiteOf(`${driver}, every work run twice`, open, twice);
}

function suiteOf(
  mode: string,
  open: () => Promise<StoreUnderTest>,
  wrap: (store: Store) => Store,
): void {
  describe(`store suite: ${mode}`, () => {
    let underTest: StoreUnderTest;
    let store: Store;

    beforeEach(async () => {
      underTest = await open();
      store = wrap(underTest.store);
    });

    afterEach(async () => {
      await store.close();
      await underTest.cleanUp();
    });

    const addTo = (sandbox: string, ...list: Book[]): Promise<void> =>
      store.transact(sandbox, async (transaction) => {
        for (const book of list) await transaction.in(books).insert(book);
      });
    const add = (...list: Book[]): Promise<void> => addTo('default', ...list);
    const get = (id: number, sandbox = 'default'): Promise<Readonly<Book> | undefined> =>
      store.transact(sandbox, (transaction) => transaction.in(books).get(id));
    const nextId = (sandbox = 'default'): Promise<number> =>
      store.transact(sandbox, (transaction) => transaction.in(books).nextId());
    const find = async (query?: Query<Book>): Promise<number[]> =>
      store.transact('default', async (transaction) =>
        (await transaction.in(books).find(query)).map(({ id }) => id),
      );
    const count = (where?: readonly Condition<Book>[]): Promise<number> =>
      store.transact('default', (transaction) => transaction.in(books).count(where));

    describe('records', () => {
      it('gives back what was inserted', async () => {
        const book = { id: 1, title: 'Emma', metadata: { tags: ['a', null, 1.5, { deep: true }] } };
        await add(book);
        expect(await get(1)).toStrictEqual(book);
        expect(await get(2)).toBeUndefined();
      });

      it('hands out frozen records and keeps none of the caller’s objects', async () => {
        const metadata = { tags: ['a'] };
        const book: Book = { id: 1, title: 'Emma', metadata };
        await add(book);
        book.title = 'changed';
        metadata.tags.push('changed');
        const stored = await get(1);
        expect(stored).toStrictEqual({ id: 1, title: 'Emma', metadata: { tags: ['a'] } });
        expect(Object.isFrozen(stored)).toBe(true);
        expect(Object.isFrozen(stored?.metadata?.['tags'])).toBe(true);
      });

      it('keeps property names that mean something to JavaScript', async () => {
        const metadata = JSON.parse('{"__proto__":{"a":1},"constructor":"c","toString":null}');
        await add({ id: 1, metadata });
        const stored = await get(1);
        expect(JSON.stringify(stored?.metadata)).toBe(JSON.stringify(metadata));
        expect(Object.getPrototypeOf(stored?.metadata)).toBe(Object.prototype);
        const where = [{ field: 'metadata', at: 'constructor', equals: 'c' }] as const;
        expect(await find({ where })).toStrictEqual([1]);
        expect(await find({ where: [{ field: 'metadata', at: 'valueOf', equals: '' }] })).toEqual(
          [],
        );
      });

      it('keeps text of every kind', async () => {
        const title = 'a\0b\n"\\\u2028 \ud83d\ude00 \ud800 é '.repeat(1000);
        await add({ id: 1, title, isbn: title });
        expect((await get(1))?.title).toBe(title);
        expect(await find({ where: [{ field: 'isbn', equals: title }] })).toStrictEqual([1]);
      });

      it('leaves out what is undefined', async () => {
        await store.transact('default', (transaction) =>
          transaction.in(readers).insert({ name: 'jane', note: undefined } as unknown as Reader),
        );
        const stored = await store.transact('default', (transaction) =>
          transaction.in(readers).get('jane'),
        );
        expect(stored).toStrictEqual({ name: 'jane' });
      });

      it('keeps what is nested deeply, or refuses it and goes on', async () => {
        const nested = (depth: number): Record<string, unknown> =>
          JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
        await add({ id: 1, metadata: nested(500) });
        await expect(add({ id: 2, metadata: nested(1_000_000) })).rejects.toThrow(RangeError);
        await store.unload('default');
        expect(JSON.stringify((await get(1))?.metadata)).toBe(JSON.stringify(nested(500)));
        expect(await count()).toBe(1);
      });

      it.each([new Date(), 1n, () => 1, Symbol('x'), new Map()])(
        'refuses what JSON has no word for: %s',
        async (value) => {
          await expect(add({ id: 1, metadata: { value } })).rejects.toThrow(TypeError);
          expect(await count()).toBe(0);
        },
      );

      it('refuses a key that is taken', async () => {
        await add({ id: 1, title: 'Emma' });
        await expect(add({ id: 1 })).rejects.toMatchObject({ code: 'duplicate-key' });
        expect((await get(1))?.title).toBe('Emma');
      });

      it('tells a number from its text in a key', async () => {
        await add({ id: 1 });
        const found = await store.transact('default', (transaction) =>
          transaction.in(books).get('1'),
        );
        expect(found).toBeUndefined();
      });

      it('refuses a unique value that is taken, on insert and on update', async () => {
        await add({ id: 1, isbn: 'a' }, { id: 2, isbn: 'b' });
        await expect(add({ id: 3, isbn: 'a' })).rejects.toMatchObject({ code: 'duplicate-key' });
        const update = store.transact('default', (transaction) =>
          transaction.in(books).update({ id: 2, isbn: 'a' }),
        );
        await expect(update).rejects.toMatchObject({ code: 'duplicate-key' });
        expect((await get(2))?.isbn).toBe('b');
      });

      it('lets any number of records lack a unique value', async () => {
        await add({ id: 1, isbn: null }, { id: 2, isbn: null }, { id: 3 }, { id: 4 });
        expect(await find({ where: [{ field: 'isbn', equals: null }] })).toStrictEqual([
          1, 2, 3, 4,
        ]);
      });

      it('frees a unique value when its record goes or changes', async () => {
        await add({ id: 1, isbn: 'a' }, { id: 2, isbn: 'b' });
        await store.transact('default', async (transaction) => {
          await transaction.in(books).update({ id: 1, isbn: 'c' });
          await transaction.in(books).remove(2);
        });
        await add({ id: 3, isbn: 'a' }, { id: 4, isbn: 'b' });
        expect(await find({ where: [{ field: 'isbn', equals: 'a' }] })).toStrictEqual([3]);
      });

      it('replaces a whole record on update', async () => {
        await add({ id: 1, title: 'Emma', shelf: 'a' });
        await store.transact('default', (transaction) =>
          transaction.in(books).update({ id: 1, shelf: 'b' }),
        );
        expect(await get(1)).toStrictEqual({ id: 1, shelf: 'b' });
        expect(await find({ where: [{ field: 'shelf', equals: 'a' }] })).toStrictEqual([]);
        expect(await find({ where: [{ field: 'shelf', equals: 'b' }] })).toStrictEqual([1]);
      });

      it('keeps a record that an update does not change, and tells it from one in another order', async () => {
        await store.transact('default', async (transaction) => {
          const inBooks = transaction.in(books);
          await inBooks.insert({ id: 1, title: 'Emma', metadata: { notes: [{ page: 1 }, {}] } });
          const before = await inBooks.get(1);
          await inBooks.update({ id: 1, title: 'Emma', metadata: { notes: [{ page: 1 }, {}] } });
          expect(await inBooks.get(1)).toBe(before);
          await inBooks.update({ title: 'Emma', id: 1, metadata: { notes: [{ page: 1 }, {}] } });
          expect(Object.keys((await inBooks.get(1)) ?? {})).toEqual(['title', 'id', 'metadata']);
          await inBooks.update({ title: 'Emma', id: 1, metadata: { notes: [{ page: 1 }] } });
          expect(await inBooks.get(1)).toEqual({
            title: 'Emma',
            id: 1,
            metadata: { notes: [{ page: 1 }] },
          });
        });
      });

      it('refuses to update what is not there, and tells whether it removed', async () => {
        await add({ id: 1 });
        await store.transact('default', async (transaction) => {
          const inBooks = transaction.in(books);
          await expect(inBooks.update({ id: 2 })).rejects.toMatchObject({ code: 'no-such-record' });
          expect(await inBooks.remove(2)).toBe(false);
          expect(await inBooks.remove(1)).toBe(true);
          expect(await inBooks.get(1)).toBeUndefined();
        });
        expect(await count()).toBe(0);
      });
    });

    describe('queries', () => {
      const shelfA = { field: 'shelf', equals: 'a' } as const;

      beforeEach(() =>
        add(
          { id: 5, title: 'emma', shelf: 'a', pages: 10, lent: true },
          { id: 1, title: 'Émile', shelf: 'b', pages: null, lent: false },
          { id: 3, title: 'EMMA II', shelf: 'a', pages: 7 },
          { id: 4, title: '\u{1F600}', shelf: null, pages: 10, isbn: 'x' },
          { id: 2, title: '\uFF21', pages: 100, metadata: { tag: 'x', n: 1, on: true, no: null } },
        ),
      );

      const cases: [string, Query<Book> | undefined, number[]][] = [
        ['all, by key', undefined, [1, 2, 3, 4, 5]],
        [
          'all, by key, descending',
          { sort: { field: 'id', direction: 'descending' } },
          [5, 4, 3, 2, 1],
        ],
        ['a page', { offset: 1, limit: 2 }, [2, 3]],
        [
          'a page, descending',
          { sort: { field: 'id', direction: 'descending' }, offset: 1, limit: 2 },
          [4, 3],
        ],
        ['a page past the end', { offset: 5, limit: 2 }, []],
        ['an empty page', { limit: 0 }, []],
        ['by key', { where: [{ field: 'id', equals: 3 }] }, [3]],
        ['by a key of another type', { where: [{ field: 'id', equals: '3' }] }, []],
        ['by index', { where: [shelfA] }, [3, 5]],
        [
          'by index, descending',
          { where: [shelfA], sort: { field: 'id', direction: 'descending' } },
          [5, 3],
        ],
        ['by index, a page', { where: [shelfA], offset: 1, limit: 5 }, [5]],
        ['by index, absent or null', { where: [{ field: 'shelf', equals: null }] }, [2, 4]],
        ['by unique index', { where: [{ field: 'isbn', equals: 'x' }] }, [4]],
        [
          'by unique index, past its one record',
          { where: [{ field: 'isbn', equals: 'x' }], offset: 1 },
          [],
        ],
        ['by a field without index', { where: [{ field: 'pages', equals: 10 }] }, [4, 5]],
        ['by truth', { where: [{ field: 'lent', equals: false }] }, [1]],
        ['by index and field', { where: [{ field: 'pages', equals: 10 }, shelfA] }, [5]],
        [
          'by an object',
          { where: [{ field: 'metadata', equals: { n: 1, tag: 'x', on: true, no: null } }] },
          [2],
        ],
        ['by part of a text', { where: [{ field: 'title', contains: 'mma' }] }, [3, 5]],
        ['by part of a text in another case', { where: [{ field: 'title', contains: 'éM' }] }, [1]],
        [
          'above a number, null counts as above',
          { where: [{ field: 'pages', above: 10 }] },
          [1, 2],
        ],
        ['above a text', { where: [{ field: 'title', above: 'emma' }] }, [1, 2, 4]],
        [
          'not above, nor on a shelf',
          { where: [{ not: [{ field: 'pages', above: 10 }] }, { not: [shelfA] }] },
          [4],
        ],
        [
          'not both of two',
          { where: [{ not: [shelfA, { field: 'pages', equals: 10 }] }] },
          [1, 2, 3, 4],
        ],
        ['by part of what is no text', { where: [{ field: 'pages', contains: '1' }] }, []],
        ['by a value inside', { where: [{ field: 'metadata', at: 'tag', equals: 'x' }] }, [2]],
        ['by a number inside', { where: [{ field: 'metadata', at: 'n', equals: '1' }] }, [2]],
        ['by a truth inside', { where: [{ field: 'metadata', at: 'on', equals: 'true' }] }, [2]],
        ['by null inside', { where: [{ field: 'metadata', at: 'no', equals: 'null' }] }, []],
        [
          'by text, by code point',
          { sort: { field: 'title', direction: 'ascending' } },
          [3, 5, 1, 2, 4],
        ],
        [
          'nulls last, ties by key',
          { sort: { field: 'pages', direction: 'ascending' } },
          [3, 4, 5, 2, 1],
        ],
        [
          'nulls first, ties by key, descending',
          { sort: { field: 'pages', direction: 'descending' } },
          [1, 2, 5, 4, 3],
        ],
        [
          'a page of a sort',
          { sort: { field: 'pages', direction: 'descending' }, offset: 1, limit: 2 },
          [2, 5],
        ],
        ['truths', { sort: { field: 'lent', direction: 'ascending' } }, [1, 5, 2, 3, 4]],
        [
          'an index and a sort',
          { where: [shelfA], sort: { field: 'pages', direction: 'ascending' } },
          [3, 5],
        ],
      ];

      it.each(cases)('finds %s', async (_name, query, ids) => {
        expect(await find(query)).toStrictEqual(ids);
        const all = await find({ where: query?.where ?? [] });
        expect(await count(query?.where)).toBe(all.length);
      });

      it('sees within a transaction what it did before', async () => {
        await store.transact('default', async (transaction) => {
          const inBooks = transaction.in(books);
          await inBooks.insert({ id: 6, shelf: 'a' });
          await inBooks.update({ id: 5, shelf: 'b' });
          await inBooks.remove(3);
          expect((await inBooks.find({ where: [shelfA] })).map(({ id }) => id)).toStrictEqual([6]);
        });
      });

      it('gives lists that later changes leave alone', async () => {
        const before = await store.transact('default', (transaction) =>
          transaction.in(books).find(),
        );
        await add({ id: 7 });
        expect(before).toHaveLength(5);
      });
    });

    describe('counters', () => {
      it('count from 1, apart per collection and sandbox', async () => {
        expect([await nextId(), await nextId()]).toStrictEqual([1, 2]);
        expect(await nextId('other')).toBe(1);
        const reader = await store.transact('default', (transaction) =>
          transaction.in(readers).nextId(),
        );
        expect(reader).toBe(1);
      });

      it('never give a key that was chosen by hand before', async () => {
        await add({ id: 40 }, { id: 7 });
        expect(await nextId()).toBe(41);
      });

      it('never give a removed record’s key again', async () => {
        await add({ id: await nextId() });
        await store.transact('default', (transaction) => transaction.in(books).remove(1));
        expect(await nextId()).toBe(2);
      });
    });

    describe('transactions', () => {
      it('give what work gives', async () => {
        expect(await store.transact('default', async () => 'value')).toBe('value');
      });

      it('store nothing when work throws', async () => {
        await add({ id: 1, isbn: 'a', shelf: 'a' }, { id: 2, isbn: 'b' });
        const before = await store.export('default');
        const failing = store.transact('default', async (transaction) => {
          const inBooks = transaction.in(books);
          await inBooks.update({ id: 1, isbn: 'c', shelf: 'z' });
          await inBooks.update({ id: 2, isbn: 'a' });
          await inBooks.insert({ id: 3, isbn: 'b' });
          await inBooks.remove(1);
          await inBooks.insert({ id: 1, isbn: 'd' });
          await inBooks.nextId();
          await transaction.in(readers).insert({ name: 'jane' });
          throw new Error('on purpose');
        });
        await expect(failing).rejects.toThrow('on purpose');
        expect(await store.export('default')).toStrictEqual(before);
        expect(await find({ where: [{ field: 'isbn', equals: 'a' }] })).toStrictEqual([1]);
        expect(await find({ where: [{ field: 'isbn', equals: 'b' }] })).toStrictEqual([2]);
        expect(await find({ where: [{ field: 'shelf', equals: 'z' }] })).toStrictEqual([]);
      });

      it('may swap unique values, which then are as unique as before', async () => {
        await add({ id: 1, isbn: 'a' }, { id: 2, isbn: 'b' });
        const swap = async (transaction: Transaction): Promise<void> => {
          const [one, two] = await transaction.in(books).find();
          await transaction.in(books).update({ id: 1 });
          await transaction.in(books).update({ id: 2, isbn: one?.isbn ?? null });
          await transaction.in(books).update({ id: 1, isbn: two?.isbn ?? null });
        };
        await store.transact('default', swap);
        const failing = store.transact('default', async (transaction) => {
          await swap(transaction);
          throw new Error('on purpose');
        });
        await expect(failing).rejects.toThrow('on purpose');
        await store.transact('default', async (transaction) => {
          await transaction.in(books).update({ id: 1, isbn: 'b', title: 'Emma' });
          await transaction.in(books).update({ id: 2, isbn: 'a', title: 'Emma' });
        });
        await store.unload('default');
        expect(await find({ where: [{ field: 'isbn', equals: 'a' }] })).toStrictEqual([2]);
        await expect(add({ id: 3, isbn: 'b' })).rejects.toMatchObject({ code: 'duplicate-key' });
      });

      it('run alone in their sandbox', async () => {
        await add({ id: 1, pages: 0 });
        await Promise.all(
          Array.from({ length: 50 }, () =>
            store.transact('default', async (transaction) => {
              const book = await transaction.in(books).get(1);
              await new Promise((resolve) => setImmediate(resolve));
              await transaction.in(books).update({ id: 1, pages: (book?.pages ?? 0) + 1 });
            }),
          ),
        );
        expect((await get(1))?.pages).toBe(50);
      });

      it('let just one of many take a unique value', async () => {
        const results = await Promise.allSettled(
          Array.from({ length: 20 }, () =>
            store.transact('default', async (transaction) => {
              const inBooks = transaction.in(books);
              await inBooks.insert({ id: await inBooks.nextId(), isbn: 'a' });
            }),
          ),
        );
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(await count()).toBe(1);
      });

      it('do not wait for another sandbox', async () => {
        const gate = Promise.withResolvers<void>();
        const slow = store.transact('slow', () => gate.promise);
        await add({ id: 1 });
        gate.resolve();
        await slow;
        expect(await count()).toBe(1);
      });

      it('are over when work has ended', async () => {
        const late = await store.transact('default', async (transaction) => {
          const inBooks = transaction.in(books);
          return () => inBooks.insert({ id: 1 });
        });
        await expect(late()).rejects.toThrow('library.books');
        expect(await count()).toBe(0);
      });

      it('refuse a collection that was not declared', async () => {
        const unknown: Collection<Book> = { ...books, name: 'library.unknown' };
        const work = store.transact('default', async (transaction) => {
          await transaction.in(unknown).nextId();
        });
        await expect(work).rejects.toThrow('library.unknown');
      });
    });

    describe('peek', () => {
      const peek = async (id: number, sandbox = 'default'): Promise<Readonly<Book> | undefined> =>
        store.peek(sandbox, books, id);

      it('gives what was last committed, frozen', async () => {
        await add({ id: 1, title: 'Emma', metadata: { tags: ['a'] } });
        const book = await peek(1);
        expect(book).toStrictEqual({ id: 1, title: 'Emma', metadata: { tags: ['a'] } });
        expect(Object.isFrozen(book?.metadata?.['tags'])).toBe(true);
      });

      it('gives undefined where record or sandbox is not there', async () => {
        expect(await peek(1)).toBeUndefined();
        await add({ id: 1 });
        expect([await peek(2), await peek(1, 'other'), await peek(1, '-no name')]).toStrictEqual([
          undefined,
          undefined,
          undefined,
        ]);
        expect(await store.sandboxes()).toStrictEqual(['default']);
      });

      it('sees nothing of a running transaction, and all of it once it is committed', async () => {
        await add({ id: 1, title: 'old' }, { id: 2, title: 'old' });
        const peekAll = (): Promise<unknown> => Promise.all([1, 2, 3].map((id) => peek(id)));
        await store.transact('default', async (transaction) => {
          const inBooks = transaction.in(books);
          await inBooks.update({ id: 1, title: 'new' });
          await inBooks.update({ id: 1, title: 'newer' });
          await inBooks.remove(2);
          await inBooks.insert({ id: 3, title: 'new' });
          expect(await peekAll()).toStrictEqual([
            { id: 1, title: 'old' },
            { id: 2, title: 'old' },
            undefined,
          ]);
        });
        expect(await peekAll()).toStrictEqual([
          { id: 1, title: 'newer' },
          undefined,
          { id: 3, title: 'new' },
        ]);
      });

      it('sees nothing of the transaction that makes its sandbox', async () => {
        await store.transact('new', async (transaction) => {
          await transaction.in(books).insert({ id: 1 });
          expect(await peek(1, 'new')).toBeUndefined();
        });
        expect(await peek(1, 'new')).toStrictEqual({ id: 1 });
      });

      it('sees nothing of a transaction that failed', async () => {
        await add({ id: 1, title: 'old' });
        const failing = store.transact('default', async (transaction) => {
          await transaction.in(books).update({ id: 1, title: 'new' });
          throw new Error('on purpose');
        });
        await expect(failing).rejects.toThrow('on purpose');
        expect(await peek(1)).toStrictEqual({ id: 1, title: 'old' });
      });

      it('sees what replaced its sandbox, and nothing where it was dropped', async () => {
        await add({ id: 1 });
        const content = { counters: {}, records: { 'library.books': [{ id: 1, title: 'next' }] } };
        await store.replace('default', content);
        expect(await peek(1)).toStrictEqual({ id: 1, title: 'next' });
        await store.drop('default');
        expect(await peek(1)).toBeUndefined();
      });

      it('reads its sandbox again after it was unloaded', async () => {
        await add({ id: 1, title: 'Emma' });
        await store.unload('default');
        expect(await peek(1)).toStrictEqual({ id: 1, title: 'Emma' });
        expect(await peek(2)).toBeUndefined();
      });
    });

    it('gives one record of every sandbox, loaded or where it need not be', async () => {
      const everywhere = () => store.peekEverywhere(books, 1);
      expect(await everywhere()).toStrictEqual([]);
      await add({ id: 1, title: 'Emma' });
      await addTo('b', { id: 1, title: 'Persuasion' });
      await addTo('a', { id: 2 });
      expect(await everywhere()).toStrictEqual([
        { sandbox: 'a', record: undefined },
        { sandbox: 'b', record: { id: 1, title: 'Persuasion' } },
        { sandbox: 'default', record: { id: 1, title: 'Emma' } },
      ]);
      await store.unload('b');
      const [, unloaded] = await everywhere();
      expect(unloaded?.sandbox).toBe('b');
      expect([undefined, 'Persuasion']).toContain(unloaded?.record?.title);
    });

    describe('sandboxes', () => {
      it('are there from their first change on, and keep apart', async () => {
        expect(await get(1, 'b')).toBeUndefined();
        expect(await store.sandboxes()).toStrictEqual([]);
        await store.transact('b', (transaction) => transaction.in(books).insert({ id: 1 }));
        await store.transact('a', (transaction) => transaction.in(books).nextId());
        expect(await store.sandboxes()).toStrictEqual(['a', 'b']);
        expect([await store.has('a'), await store.has('c')]).toStrictEqual([true, false]);
        expect(await get(1, 'a')).toBeUndefined();
      });

      it('are not made by a change that failed or came to nothing', async () => {
        await expect(add({ id: 1 }, { id: 1 })).rejects.toMatchObject({ code: 'duplicate-key' });
        await store.transact('default', async (transaction) => {
          await transaction.in(readers).insert({ name: 'jane' });
          await transaction.in(readers).remove('jane');
        });
        expect(await store.has('default')).toBe(false);
      });

      it.each(['a', '0', 'lock', 'memory', 'log-1', 'a--', 'a'.repeat(64)])(
        'may have the name %j',
        async (name) => {
          await store.transact(name, (transaction) => transaction.in(books).insert({ id: 1 }));
          expect(await store.sandboxes()).toStrictEqual([name]);
        },
      );

      it.each(['', '-a', 'A', 'a/b', '..', 'a'.repeat(65), 'ä'])(
        'refuse the name %j',
        async (name) => {
          await expect(get(1, name)).rejects.toMatchObject({ code: 'bad-sandbox-name' });
          expect(await store.has(name)).toBe(false);
        },
      );

      it('can be exported and put elsewhere', async () => {
        await add({ id: 2, isbn: 'a', metadata: { a: [1] } }, { id: 1, shelf: 'a' });
        await store.transact('default', (transaction) => transaction.in(books).nextId());
        const content = await store.export('default');
        expect(content).toStrictEqual({
          counters: { 'library.books': 3 },
          records: {
            'library.books': [
              { id: 1, shelf: 'a' },
              { id: 2, isbn: 'a', metadata: { a: [1] } },
            ],
          },
        });
        await store.transact('copy', (transaction) =>
          transaction.in(readers).insert({ name: 'x' }),
        );
        await store.replace('copy', content);
        expect(await store.export('copy')).toStrictEqual(content);
        await expect(
          store.transact('copy', (transaction) =>
            transaction.in(books).insert({ id: 9, isbn: 'a' }),
          ),
        ).rejects.toMatchObject({ code: 'duplicate-key' });
      });

      it('stay as they are when new content is refused', async () => {
        await add({ id: 1, isbn: 'a' });
        const before = await store.export('default');
        const bad = { counters: {}, records: { 'library.books': [{ id: 1 }, { id: 1 }] } };
        await expect(store.replace('default', bad)).rejects.toMatchObject({
          code: 'duplicate-key',
        });
        const unknown = { counters: {}, records: { unknown: [] } };
        await expect(store.replace('default', unknown)).rejects.toMatchObject({
          code: 'damaged-data',
        });
        expect(await store.export('default')).toStrictEqual(before);
      });

      it('can be replaced by nothing and still are there', async () => {
        await add({ id: 1 });
        await store.replace('default', { counters: {}, records: {} });
        expect(await store.has('default')).toBe(true);
        expect(await count()).toBe(0);
        await add({ id: 1 });
        expect(await count()).toBe(1);
      });

      it('can be dropped', async () => {
        await add({ id: 1 });
        expect(await store.drop('default')).toBe(true);
        expect(await store.drop('default')).toBe(false);
        expect(await store.has('default')).toBe(false);
        await expect(store.export('default')).rejects.toMatchObject({ code: 'no-such-sandbox' });
        expect(await count()).toBe(0);
        const id = await store.transact('default', (transaction) => transaction.in(books).nextId());
        expect(id).toBe(1);
      });

      it('are as before after being unloaded', async () => {
        await add({ id: 1, shelf: 'a' }, { id: 2, shelf: 'a' });
        await store.unload('default');
        await store.unload('unknown');
        expect(await count([{ field: 'shelf', equals: 'a' }])).toBe(2);
        await add({ id: 3 });
        expect(await find()).toStrictEqual([1, 2, 3]);
      });

      it('keep their order when all is asked for at once of one process', async () => {
        if (underTest.isShared) return;
        const all = [
          add({ id: 1 }),
          store.drop('default'),
          add({ id: 2 }),
          store.unload('default'),
          add({ id: 3 }),
        ];
        await Promise.all(all);
        expect(await find()).toStrictEqual([2, 3]);
      });
    });

    describe('the end', () => {
      it('waits for what is under way and refuses what comes after', async () => {
        const pending = add({ id: 1 });
        await store.close();
        await pending;
        await expect(add({ id: 2 })).rejects.toThrow('closed');
      });

      it('leaves everything to the next process, where state outlives the store', async () => {
        if (!underTest.reopen) return;
        await add({ id: 1, isbn: 'a' }, { id: 2, title: 'Emma' });
        await store.transact('other', (transaction) => transaction.in(books).nextId());
        const before = await store.export('default');
        await store.close();
        store = wrap(await underTest.reopen());
        expect(await store.sandboxes()).toStrictEqual(['default', 'other']);
        expect(await store.export('default')).toStrictEqual(before);
        const id = await store.transact('other', (transaction) => transaction.in(books).nextId());
        expect(id).toBe(2);
      });
    });
  });
}
