import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { books } from './library.ts';
import {
  addBook,
  bookIds,
  filesOf,
  openStore,
  sandboxFolder,
  temporaryFolder,
} from './temporary.ts';

const always = { limits: { compactAboveBytes: 1 } };

function lines(...values: unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

function snapshot(number: number, seq: number, ids: number[]): string {
  const counters = { 'library.books': seq };
  return lines(
    { format: 'license-mock snapshot', version: 1, number, seq, counters },
    ...ids.map((id) => ['library.books', { id }]),
    { end: true, records: ids.length },
  );
}

function log(number: number, after: number, ...ids: number[]): string {
  return lines(
    { format: 'license-mock log', version: 1, number, after },
    ...ids.map((id) => ({
      seq: id,
      counters: { 'library.books': id },
      insert: [['library.books', { id }]],
    })),
  );
}

const half = (text: string): string => text.slice(0, text.length / 2);

const log1 = log(1, 0, 1, 2, 3);
const snapshot2 = snapshot(2, 3, [1, 2, 3]);
const log2 = log(2, 3, 4);
const snapshot3 = snapshot(3, 4, [1, 2, 3, 4]);
const log3 = log(3, 4, 5);

describe('a process that ended', () => {
  const cases: [string, Record<string, string>, number[]][] = [
    ['before a compaction', { 'snapshot-2': snapshot2, 'log-2': log2 }, [1, 2, 3, 4]],
    [
      'while it began a log',
      { 'snapshot-2': snapshot2, 'log-2': log2, 'log-3.tmp': half(log3) },
      [1, 2, 3, 4],
    ],
    [
      'when it had begun a log',
      { 'snapshot-2': snapshot2, 'log-2': log2, 'log-3': log(3, 4) },
      [1, 2, 3, 4],
    ],
    [
      'while it wrote a snapshot',
      { 'snapshot-2': snapshot2, 'log-2': log2, 'log-3': log3, 'snapshot-3.tmp': half(snapshot3) },
      [1, 2, 3, 4, 5],
    ],
    [
      'when it had written a snapshot',
      { 'snapshot-2': snapshot2, 'log-2': log2, 'log-3': log3, 'snapshot-3': snapshot3 },
      [1, 2, 3, 4, 5],
    ],
    [
      'while it removed old files',
      { 'snapshot-2': snapshot2, 'log-3': log3, 'snapshot-3': snapshot3 },
      [1, 2, 3, 4, 5],
    ],
    ['after a compaction', { 'log-3': log3, 'snapshot-3': snapshot3 }, [1, 2, 3, 4, 5]],
    [
      'after two compactions that were not finished',
      { 'log-1': log1, 'log-2': log2, 'log-3': log3 },
      [1, 2, 3, 4, 5],
    ],
    [
      'while it replaced all',
      { 'snapshot-2': snapshot2, 'log-2': log2, 'snapshot-3.tmp': half(snapshot(3, 5, [8, 9])) },
      [1, 2, 3, 4],
    ],
    [
      'when it had replaced all',
      { 'snapshot-2': snapshot2, 'log-2': log2, 'snapshot-3': snapshot(3, 5, [8, 9]) },
      [8, 9],
    ],
  ];

  it.each(cases)('%s left a sandbox that is whole', async (_name, files, ids) => {
    const data = folderOf(files);
    const first = await openStore(data);
    expect(await bookIds(first.store)).toStrictEqual(ids);
    expect(filesOf(data).filter((name) => name.endsWith('.tmp'))).toStrictEqual([]);
    await addBook(first.store, { id: 10, title: 'long enough for a compaction '.repeat(100) });
    await first.store.close();

    const second = await openStore(data, always);
    expect(await bookIds(second.store)).toStrictEqual([...ids, 10]);
    await expect.poll(() => filesOf(data)).toHaveLength(2);
    await addBook(second.store, { id: 11 });
    await second.store.close();

    const third = await openStore(data);
    expect(await bookIds(third.store)).toStrictEqual([...ids, 10, 11]);
    expect([first, second, third].flatMap(({ messages }) => messages)).toStrictEqual([]);
  });

  const powerCuts: [string, Record<string, string>, number[]][] = [
    ['the first', { 'log-1': log1, 'snapshot-2': half(snapshot2), 'log-2': log2 }, [1, 2, 3, 4]],
    [
      'a later',
      { 'snapshot-2': snapshot2, 'log-2': log2, 'snapshot-3': half(snapshot3), 'log-3': log3 },
      [1, 2, 3, 4, 5],
    ],
    ['an empty', { 'log-1': log1, 'snapshot-2': '', 'log-2': log2 }, [1, 2, 3, 4]],
  ];

  it.each(powerCuts)('by a power cut left %s snapshot half', async (_name, files, ids) => {
    const data = folderOf(files);
    const { store, messages } = await openStore(data);
    expect(await bookIds(store)).toStrictEqual(ids);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^warn: .*snapshot-\d\.jsonl is incomplete/);
    await store.close();
    const again = await openStore(data);
    expect(await bookIds(again.store)).toStrictEqual(ids);
    expect(again.messages).toStrictEqual([]);
  });

  it.each([
    ['at first', { 'log-3.dropped': log3, 'log-2': log2, 'snapshot-2': snapshot2 }],
    ['in the end', { 'log-3.dropped': log3 }],
  ])('while it dropped a sandbox, %s, left nothing of it', async (_name, files) => {
    const data = folderOf(files);
    const { store } = await openStore(data);
    expect(await store.sandboxes()).toStrictEqual([]);
    expect(fs.existsSync(sandboxFolder(data))).toBe(false);
    await addBook(store, { id: 7 });
    await store.close();
    expect(await bookIds((await openStore(data)).store)).toStrictEqual([7]);
  });
});

describe('compaction', () => {
  it('keeps what is committed while it runs', async () => {
    const data = temporaryFolder();
    const { store } = await openStore(data, { limits: { compactAboveBytes: 100_000 } });
    await addManyBooks(store, 1, 3000);
    const adding = Array.from({ length: 300 }, (_, at) => addBook(store, { id: 10_000 + at }));
    await Promise.all(adding);
    await store.transact('default', (transaction) => transaction.in(books).remove(1500));
    await expect.poll(() => filesOf(data)).toStrictEqual(['log-2.jsonl', 'snapshot-2.jsonl']);
    const ids = await bookIds(store);
    await store.close();
    expect(ids).toHaveLength(3299);
    expect(await bookIds((await openStore(data)).store)).toStrictEqual(ids);
  });

  it('happens again and again', async () => {
    const data = temporaryFolder();
    const { store, messages } = await openStore(data, always);
    for (let id = 1; id <= 200; id++) await addBook(store, { id: id % 2 === 0 ? 1000 - id : id });
    const ids = await bookIds(store);
    await store.close();
    expect(filesOf(data).length).toBeLessThan(5);
    expect(await bookIds((await openStore(data)).store)).toStrictEqual(ids);
    expect(messages).toStrictEqual([]);
  });

  const endings: [string, (store: Store) => Promise<unknown>, number | undefined][] = [
    ['close', (store) => store.close(), 3000],
    ['unload', (store) => store.unload('default'), 3000],
    ['drop', (store) => store.drop('default'), undefined],
    ['replace', (store) => store.replace('default', { counters: {}, records: {} }), 0],
  ];

  it.each(endings)('gives way to %s', async (_name, end, count) => {
    const data = temporaryFolder();
    const { store } = await openStore(data, always);
    await addManyBooks(store, 1, 3000);
    await bookIds(store);
    await end(store);
    await store.close();
    expect(filesOf(data).filter((name) => name.endsWith('.tmp'))).toStrictEqual([]);
    const again = await openStore(data);
    expect(await again.store.has('default')).toBe(count !== undefined);
    expect(await bookIds(again.store)).toHaveLength(count ?? 0);
  });

  it('that fails harms nothing and is tried again later', async () => {
    const data = temporaryFolder();
    const { store, messages } = await openStore(data, { limits: { compactAboveBytes: 1000 } });
    const open = vi.spyOn(fs.promises, 'open').mockRejectedValue(new Error('ENOSPC: no space'));
    for (let id = 1; id <= 15; id++) await addBook(store, { id });
    await expect.poll(() => messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^warn: .*default could not be compacted: ENOSPC/);
    open.mockRestore();
    for (let id = 16; id <= 40; id++) await addBook(store, { id });
    await expect.poll(() => filesOf(data)).toHaveLength(2);
    const ids = await bookIds(store);
    expect(ids).toHaveLength(40);
    await store.close();
    expect(await bookIds((await openStore(data)).store)).toStrictEqual(ids);
  });
});

/** A data folder whose sandbox `default` has these files. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const data = temporaryFolder();
  fs.mkdirSync(sandboxFolder(data), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const [stem = '', unfinished] = name.split('.');
    const file = `${stem}.jsonl${unfinished ? `.${unfinished}` : ''}`;
    fs.writeFileSync(path.join(sandboxFolder(data), file), text);
  }
  return data;
}

function addManyBooks(store: Store, from: number, count: number): Promise<void> {
  return store.transact('default', async (transaction) => {
    for (let at = 0; at < count; at++) {
      await transaction.in(books).insert({ id: from + at, title: `Book ${at} `.repeat(10) });
    }
  });
}
