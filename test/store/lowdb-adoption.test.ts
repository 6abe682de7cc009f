/** Version 0.1 kept sandboxes directly in the data folder. */
import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  addBook,
  bookIds,
  folderWithBooks,
  openStore,
  sandboxFolder,
  temporaryFolder,
  treeOf,
  writeTree,
} from './temporary.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

function log(number: number, after: number, ...ids: number[]): string {
  const commits = ids.map(
    (id) =>
      `{"seq":${id},"counters":{"library.books":${id}},"insert":[["library.books",{"id":${id}}]]}\n`,
  );
  const header = `{"format":"license-mock log","version":1,"number":${number},"after":${after}}\n`;
  return header + commits.join('');
}

const snapshot2 =
  '{"format":"license-mock snapshot","version":1,"number":2,"seq":2,"counters":{"library.books":2}}\n' +
  '["library.books",{"id":1}]\n["library.books",{"id":2}]\n{"end":true,"records":2}\n';

const lock = { '.lock': '', '.lock-holder': 'process 1 on rig\n' };

/** A folder as version 0.1 leaves it, also when it is killed: what each sandbox has, and its ids. */
const old = {
  ...lock,
  'default/log-1.jsonl': log(1, 0, 1, 2, 3),
  'compacted/snapshot-2.jsonl': snapshot2,
  'compacted/log-2.jsonl': log(2, 2, 3, 4),
  'killed/log-1.jsonl': `${log(1, 0, 1)}{"seq":2,"ins`,
  'killed/log-2.jsonl.tmp': '{"format":"lice',
  'power-cut/log-1.jsonl': log(1, 0, 1, 2),
  'power-cut/snapshot-2.jsonl': '\0'.repeat(500),
  'power-cut/snapshot-4.jsonl.incomplete': '',
  'license-mock/log-1.jsonl': log(1, 0, 1, 2),
};
const oldIds = {
  compacted: [1, 2, 3, 4],
  default: [1, 2, 3],
  killed: [1],
  'license-mock': [1, 2],
  'power-cut': [1, 2],
};

const theirs = {
  'docs/a.txt': 'precious',
  'lost+found/b.txt': 'precious',
  'logs/log-1.jsonl': 'a log of mine\n',
  'snapshots/snapshot-1.jsonl': '{"format":"license-mock snapshot","version":2,"number":1}\n',
  'empty/.gitkeep': '',
  readme: 'precious',
  'Upper/log-1.jsonl': log(1, 0, 1),
};

function folderOf(...trees: Readonly<Record<string, string>>[]): string {
  const data = temporaryFolder();
  for (const tree of trees) writeTree(data, tree);
  return data;
}

async function expectAdopted(data: string): Promise<void> {
  const { store } = await openStore(data);
  expect(await store.sandboxes()).toStrictEqual(Object.keys(oldIds));
  for (const [name, ids] of Object.entries(oldIds)) {
    expect(await bookIds(store, name)).toStrictEqual(ids);
    await addBook(store, { id: 10 }, name);
  }
  await store.close();
  const again = await openStore(data);
  for (const [name, ids] of Object.entries(oldIds)) {
    expect(await bookIds(again.store, name)).toStrictEqual([...ids, 10]);
  }
  await again.store.close();
  expect(again.messages).toStrictEqual([]);
  fs.rmSync(path.join(data, 'license-mock'), { recursive: true });
}

describe('a folder of version 0.1', () => {
  it('is taken over with all its sandboxes and its lock, and with nothing else', async () => {
    const data = folderOf(old, theirs);
    await expectAdopted(data);
    expect(treeOf(data)).toStrictEqual(theirs);
  });

  it('is taken over where the disk was full when it was last opened', async () => {
    const data = folderOf(old, { '.lock-holder': '' });
    await expectAdopted(data);
    expect(treeOf(data)).toStrictEqual({});
  });

  it('says what was moved', async () => {
    const data = folderOf(lock, { 'default/log-1.jsonl': log(1, 0, 1) });
    const { messages } = await openStore(data);
    expect(messages).toStrictEqual([
      `warn: ${path.join(data, 'default')}, a sandbox of version 0.1, was moved to ${sandboxFolder(data)}.`,
    ]);
  });

  it.each([1, 2, 3, 4, 5, 6])('is whole at the next start where move %i failed', async (last) => {
    const data = folderOf(old, theirs);
    const rename = fs.promises.rename.bind(fs.promises);
    let calls = 0;
    vi.spyOn(fs.promises, 'rename').mockImplementation(async (from, to) => {
      if (++calls >= last) throw Object.assign(new Error('EIO: on purpose'), { code: 'EIO' });
      await rename(from, to);
    });
    await expect(openStore(data)).rejects.toMatchObject({ code: 'data-unusable' });
    expect(calls).toBe(last);
    vi.restoreAllMocks();
    await expectAdopted(data);
    expect(treeOf(data)).toStrictEqual(theirs);
  });

  it('is whole at the next start where only the removal of the old lock was missing', async () => {
    const data = await folderWithBooks({ id: 1 });
    writeTree(data, lock);
    const { store, messages } = await openStore(data);
    expect(await bookIds(store)).toStrictEqual([1]);
    expect(messages).toStrictEqual([]);
    expect(fs.readdirSync(data)).toStrictEqual(['license-mock']);
  });

  it('is left alone while version 0.1 is running', async () => {
    const data = folderOf(old, theirs);
    const running = new DatabaseSync(path.join(data, '.lock'));
    onTestFinished(() => {
      if (running.isOpen) running.close();
    });
    running.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    const before = treeOf(data);
    await expect(openStore(data)).rejects.toMatchObject({ code: 'data-in-use' });
    await expect(openStore(data)).rejects.toThrow('in use by process 1 on rig');
    expect(treeOf(data)).toStrictEqual(before);
    running.close();
    await expectAdopted(data);
  });

  it('is refused where a sandbox of the same name is there already', async () => {
    const data = await folderWithBooks({ id: 9 });
    writeTree(data, {
      ...lock,
      'default/log-1.jsonl': log(1, 0, 1),
      'b/log-1.jsonl': log(1, 0, 1),
    });
    const before = treeOf(data);
    await expect(openStore(data)).rejects.toMatchObject({ code: 'data-unusable' });
    await expect(openStore(data)).rejects.toThrow(`${sandboxFolder(data)} already exists`);
    expect({ ...treeOf(data), '.lock-holder': lock['.lock-holder'] }).toStrictEqual(before);
    fs.renameSync(path.join(data, 'default'), path.join(data, 'other'));
    const { store } = await openStore(data);
    expect(await store.sandboxes()).toStrictEqual(['b', 'default', 'other']);
    expect(await bookIds(store)).toStrictEqual([9]);
  });
});

describe('what is not certainly of version 0.1', () => {
  const sandbox = { 'box/log-1.jsonl': log(1, 0, 1) };
  const others: [string, Record<string, string>][] = [
    ['without its lock', sandbox],
    ['with the lock of something else', { ...sandbox, ...lock, '.lock': 'pid 1' }],
    ['with the holder of something else', { ...sandbox, ...lock, '.lock-holder': 'mine\n' }],
  ];

  it.each(others)('stays where it is: a folder %s', async (_name, tree) => {
    const data = folderOf(tree);
    const { store, messages } = await openStore(data);
    expect(await store.sandboxes()).toStrictEqual([]);
    expect(messages).toStrictEqual([]);
    expect(treeOf(data)).toMatchObject(tree);
  });

  const mixed: [string, Record<string, string>][] = [
    ['a note', { 'box/note.txt': 'precious' }],
    ['a folder', { 'box/more/a.txt': 'precious' }],
    ['a log of another program', { 'box/log-2.jsonl': 'precious' }],
    ['a log that was renamed', { 'box/log-2.jsonl': log(1, 0, 1) }],
    ['a copy', { 'box/log-1.jsonl.bak': log(1, 0, 1) }],
  ];

  it.each(mixed)('stays where it is, with a warning: a sandbox with %s', async (_name, tree) => {
    const data = folderOf(lock, sandbox, tree);
    const { store, messages } = await openStore(data);
    expect(await store.sandboxes()).toStrictEqual([]);
    expect(messages).toStrictEqual([
      expect.stringMatching(/^warn: .*box was not moved: it also contains .*"box"/),
    ]);
    await addBook(store, { id: 5 }, 'box');
    expect(await store.drop('box')).toBe(true);
    expect(treeOf(data)).toMatchObject({ ...sandbox, ...tree });
  });

  it('stays where it is, with a warning: a link', async () => {
    const data = folderOf(lock);
    const elsewhere = folderOf(sandbox);
    fs.symlinkSync(path.join(elsewhere, 'box'), path.join(data, 'box'));
    const { messages } = await openStore(data);
    expect(messages).toStrictEqual([expect.stringContaining('it is a link')]);
    expect(fs.readlinkSync(path.join(data, 'box'))).toBe(path.join(elsewhere, 'box'));
    expect(treeOf(elsewhere)).toStrictEqual(sandbox);
  });

  it('stays where it is: the folder of this version, given as the data folder', async () => {
    const data = await folderWithBooks({ id: 1 });
    await (await openStore(path.join(data, 'license-mock'))).store.close();
    const { store } = await openStore(data);
    expect(await bookIds(store)).toStrictEqual([1]);
  });
});
