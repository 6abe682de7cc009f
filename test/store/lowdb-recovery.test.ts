import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Book } from './library.ts';
import {
  addBook,
  bookIds,
  filesOf,
  folderWithBooks,
  openStore,
  sandboxFolder,
} from './temporary.ts';

const threeBooks: Book[] = [{ id: 1, isbn: 'a' }, { id: 2, isbn: 'b' }, { id: 3 }];

function logOf(data: string, sandbox = 'default'): string {
  return path.join(sandboxFolder(data, sandbox), 'log-1.jsonl');
}

function rewriteLine(file: string, line: number, change: (text: string) => string): void {
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  lines[line - 1] = change(lines[line - 1] ?? '');
  fs.writeFileSync(file, lines.join('\n'));
}

/** As a compaction leaves it: a snapshot of all, and an empty log. */
async function compactedFolder(): Promise<string> {
  const data = await folderWithBooks(...threeBooks);
  const { store } = await openStore(data, { limits: { compactAboveBytes: 1 } });
  await expect.poll(() => filesOf(data)).toStrictEqual(['log-2.jsonl', 'snapshot-2.jsonl']);
  await store.close();
  return data;
}

describe('the files', () => {
  it('are text that a person can read', async () => {
    const data = await folderWithBooks({ id: 1, title: 'Emma' });
    expect(fs.readFileSync(logOf(data), 'utf8').split('\n')).toStrictEqual([
      '{"format":"license-mock log","version":1,"number":1,"after":0}',
      '{"seq":1,"counters":{"library.books":1},"insert":[["library.books",{"id":1,"title":"Emma"}]]}',
      '',
    ]);
  });

  it('are text that a person can read, also a snapshot', async () => {
    const data = await compactedFolder();
    const snapshot = fs.readFileSync(path.join(sandboxFolder(data), 'snapshot-2.jsonl'), 'utf8');
    expect(snapshot.split('\n')).toStrictEqual([
      '{"format":"license-mock snapshot","version":1,"number":2,"seq":3,"counters":{"library.books":3}}',
      '["library.books",{"id":1,"isbn":"a"}]',
      '["library.books",{"id":2,"isbn":"b"}]',
      '["library.books",{"id":3}]',
      '{"end":true,"records":3}',
      '',
    ]);
  });

  it('do not change when nothing does', async () => {
    const data = await folderWithBooks(...threeBooks);
    const before = fs.readFileSync(logOf(data), 'utf8');
    const { store, messages } = await openStore(data);
    await bookIds(store);
    await expect(addBook(store, { id: 1 })).rejects.toMatchObject({ code: 'duplicate-key' });
    await store.close();
    expect(fs.readFileSync(logOf(data), 'utf8')).toBe(before);
    expect(messages).toStrictEqual([]);
  });

  it('may lie in a folder with other things', async () => {
    const data = await folderWithBooks({ id: 1 });
    fs.mkdirSync(sandboxFolder(data, 'src'));
    fs.writeFileSync(sandboxFolder(data, 'readme'), '');
    fs.writeFileSync(path.join(sandboxFolder(data), '.note'), '');
    const { store, messages } = await openStore(data);
    expect(await store.sandboxes()).toStrictEqual(['default']);
    expect(messages).toStrictEqual([]);
  });
});

describe('a torn last line', () => {
  const tails = ['{"seq":4,"ins', '{"seq":4}', '\0\0\0', '\u{1F600}'.slice(0, 1)];

  it.each(tails)('is dropped with a warning: %j', async (tail) => {
    const data = await folderWithBooks(...threeBooks);
    const before = fs.readFileSync(logOf(data), 'utf8');
    fs.appendFileSync(logOf(data), tail);
    const { store, messages } = await openStore(data);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^warn: .*log-1\.jsonl:5: the last line is incomplete/);
    expect(fs.readFileSync(logOf(data), 'utf8')).toBe(before);
    await addBook(store, { id: 4 });
    await store.close();
    const again = await openStore(data);
    expect(await bookIds(again.store)).toStrictEqual([1, 2, 3, 4]);
    expect(again.messages).toStrictEqual([]);
  });

  it('is no damage where it is all there is', async () => {
    const data = await folderWithBooks(...threeBooks);
    fs.writeFileSync(logOf(data), '{"format":"lice');
    const { store, messages } = await openStore(data);
    expect(messages[0]).toMatch(/log-1\.jsonl contains no complete line/);
    expect(await bookIds(store)).toStrictEqual([]);
    await addBook(store, { id: 9 });
    await store.close();
    expect(await bookIds((await openStore(data)).store)).toStrictEqual([9]);
  });
});

describe('damage', () => {
  const cases: [string, number, (text: string) => string, RegExp][] = [
    ['a broken line', 3, (text) => text.slice(0, 20), /JSON/],
    ['an empty line', 3, () => '', /JSON/],
    ['a value of another kind', 3, () => '[]', /not a JSON object/],
    ['a lost line', 3, (text) => text.replace('"seq":2', '"seq":3'), /seq 3 instead of 2/],
    ['a record twice', 3, (text) => text.replace('"id":2', '"id":1'), /inserts library\.books 1/],
    [
      'a unique value twice',
      4,
      (text) => text.replace('"id":3', '"id":3,"isbn":"a"'),
      /1 and 3 share the isbn "a"/,
    ],
    [
      'an update of nothing',
      3,
      (text) => text.replace('insert', 'update'),
      /updates library\.books 2/,
    ],
    [
      'a removal of nothing',
      3,
      () => '{"seq":2,"remove":[["library.books",7]]}',
      /removes library\.books 7/,
    ],
    ['a removal of no key', 3, () => '{"seq":2,"remove":[["library.books",{}]]}', /not a key/],
    [
      'an unknown collection',
      3,
      (text) => text.replace('[["library.books', '[["other'),
      /names "other"/,
    ],
    [
      'an unknown counter',
      3,
      (text) => text.replace('{"library.books":', '{"other":'),
      /names "other"/,
    ],
    [
      'a counter that is no number',
      3,
      (text) => text.replace(':2}', ':"2"}'),
      /not a whole number/,
    ],
    ['a record without key', 3, (text) => text.replace('"id":2', '"key":2'), /key "id"/],
    ['no record', 3, () => '{"seq":2,"insert":[["library.books",2]]}', /no record/],
    ['no pair', 3, () => '{"seq":2,"insert":["library.books"]}', /not a pair/],
    ['no list', 3, () => '{"seq":2,"insert":{}}', /where a list is required/],
    [
      'a list in an indexed field',
      3,
      (text) => text.replace('"b"', '["b"]'),
      /indexed field "isbn"/,
    ],
    ['another header', 1, () => '{"format":"other"}', /not the header of a license-mock log/],
    [
      'a format of the future',
      1,
      (text) => text.replace('"version":1', '"version":2'),
      /format version 2/,
    ],
    ['another file’s header', 1, (text) => text.replace('"number":1', '"number":7'), /number 7/],
    [
      'a log that goes on from elsewhere',
      1,
      (text) => text.replace('"after":0', '"after":7'),
      /after commit 7/,
    ],
  ];

  it.each(cases)(
    'refuses to start, naming file and line: %s',
    async (_name, line, change, reason) => {
      const data = await folderWithBooks(...threeBooks);
      const original = fs.readFileSync(logOf(data), 'utf8');
      rewriteLine(logOf(data), line, change);
      const opening = openStore(data);
      await expect(opening).rejects.toMatchObject({ code: 'damaged-data' });
      await expect(opening).rejects.toThrow(reason);
      await expect(opening).rejects.toThrow(`${logOf(data)}:${line}: `);
      fs.writeFileSync(logOf(data), original);
      expect(await bookIds((await openStore(data)).store)).toStrictEqual([1, 2, 3]);
    },
  );

  it('refuses to start on bytes that are no text', async () => {
    const data = await folderWithBooks(...threeBooks);
    const bytes = fs.readFileSync(logOf(data));
    bytes[bytes.indexOf('"b"') + 1] = 0xff;
    fs.writeFileSync(logOf(data), bytes);
    await expect(openStore(data)).rejects.toThrow(`${logOf(data)}:3: `);
  });

  it('in any sandbox refuses to start', async () => {
    const data = await folderWithBooks(...threeBooks);
    fs.cpSync(sandboxFolder(data), sandboxFolder(data, 'other'), { recursive: true });
    rewriteLine(logOf(data, 'other'), 2, () => '{}');
    await expect(openStore(data)).rejects.toThrow(`${logOf(data, 'other')}:2: `);
  });

  it('shows at first use where there is too much to check at start', async () => {
    const data = await folderWithBooks(...threeBooks);
    fs.cpSync(sandboxFolder(data), sandboxFolder(data, 'other'), { recursive: true });
    rewriteLine(logOf(data, 'other'), 2, () => '{}');
    const { store } = await openStore(data, { limits: { checkBytes: 10 } });
    expect(await bookIds(store)).toStrictEqual([1, 2, 3]);
    await expect(bookIds(store, 'other')).rejects.toMatchObject({ code: 'damaged-data' });
    await expect(addBook(store, { id: 7 }, 'other')).rejects.toMatchObject({
      code: 'damaged-data',
    });
    expect(await store.drop('other')).toBe(true);
    await addBook(store, { id: 7 }, 'other');
    expect(await bookIds(store, 'other')).toStrictEqual([7]);
  });

  const snapshotCases: [string, number, (text: string) => string, RegExp][] = [
    ['a broken line', 3, (text) => text.slice(0, 5), /JSON/],
    ['a record twice', 3, (text) => text.replace('"id":2', '"id":1'), /inserts library\.books 1/],
    [
      'another number of records',
      5,
      (text) => text.replace('3', '4'),
      /has 3 records, but its last line says 4/,
    ],
    ['a line too many', 6, () => '["library.books",{"id":8}]\n', /follows the last line/],
    ['another header', 1, () => '{"format":"other"}', /not the header of a license-mock snapshot/],
  ];

  it.each(snapshotCases)(
    'of a snapshot refuses to start: %s',
    async (_name, line, change, reason) => {
      const data = await compactedFolder();
      const file = path.join(sandboxFolder(data), 'snapshot-2.jsonl');
      rewriteLine(file, line, change);
      const opening = openStore(data);
      await expect(opening).rejects.toMatchObject({ code: 'damaged-data' });
      await expect(opening).rejects.toThrow(reason);
      await expect(opening).rejects.toThrow(`${file}:${line}: `);
    },
  );

  it('of a snapshot refuses to start: a unique value twice', async () => {
    const data = await compactedFolder();
    const file = path.join(sandboxFolder(data), 'snapshot-2.jsonl');
    rewriteLine(file, 3, (text) => text.replace('"b"', '"a"'));
    await expect(openStore(data)).rejects.toThrow(/snapshot-2\.jsonl:5: .* share the isbn "a"/);
  });

  it.each(['["library.books",{"id":3}]\n', '{"end":tr', ''])(
    'of a snapshot refuses to start: it ends with %j',
    async (end) => {
      const data = await compactedFolder();
      const file = path.join(sandboxFolder(data), 'snapshot-2.jsonl');
      const lines = fs.readFileSync(file, 'utf8').split('\n').slice(0, 3);
      fs.writeFileSync(file, `${lines.join('\n')}\n${end}`);
      const opening = openStore(data);
      await expect(opening).rejects.toMatchObject({ code: 'damaged-data' });
      await expect(opening).rejects.toThrow(/snapshot-2\.jsonl:\d: .* ends before its last line/);
    },
  );

  it('is a lost file in the middle', async () => {
    const data = await compactedFolder();
    fs.rmSync(path.join(sandboxFolder(data), 'snapshot-2.jsonl'));
    await expect(openStore(data)).rejects.toThrow(/log-2\.jsonl:1: continues after commit 3/);
  });

  it('is a torn line in a log that others follow', async () => {
    const data = await folderWithBooks(...threeBooks);
    fs.appendFileSync(logOf(data), '{"se');
    const next = path.join(sandboxFolder(data), 'log-2.jsonl');
    fs.writeFileSync(next, '{"format":"license-mock log","version":1,"number":2,"after":3}\n');
    await expect(openStore(data)).rejects.toThrow(/log-1\.jsonl:5: .* in the middle of a line/);
  });
});
