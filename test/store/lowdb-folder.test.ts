/** Below `--data` only `license-mock` is ours, and in that only what the store wrote. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  addBook,
  bookIds,
  filesOf,
  folderWithBooks,
  openStore,
  sandboxFolder,
  temporaryFolder,
  treeOf,
  writeTree,
} from './temporary.ts';

const always = { limits: { compactAboveBytes: 1 } };

describe('what a user has in the data folder', () => {
  const theirs = {
    'docs/a.txt': 'precious',
    'default/log-1.jsonl': 'a log of mine\n',
    'default/snapshot-1.jsonl.tmp': 'mine',
    '.dropped-docs/b.txt': 'precious',
    'lost+found/c.txt': 'precious',
    'Docs2/log-1.jsonl': '{"format":"license-mock log","version":1,"number":1,"after":0}\n',
    '.lock': 'mine',
  };

  it('stays as it is, whatever sandboxes are called', async () => {
    const data = temporaryFolder();
    writeTree(data, theirs);
    fs.symlinkSync(path.join(data, 'docs'), path.join(data, 'link'));
    const before = treeOf(data);
    const names = ['docs', 'default', 'license-mock', 'link', 'lost', 'docs2'];
    const { store } = await openStore(data, always);
    for (const name of names) {
      await addBook(store, { id: 1 }, name);
      await addBook(store, { id: 2 }, name);
    }
    await store.close();
    const again = await openStore(data);
    expect(await again.store.sandboxes()).toStrictEqual(names.toSorted());
    for (const name of names) expect(await again.store.drop(name)).toBe(true);
    for (const name of ['lost+found', 'Docs2', '.dropped-docs', '..']) {
      await expect(again.store.drop(name)).rejects.toMatchObject({ code: 'bad-sandbox-name' });
    }
    await again.store.close();
    expect(again.messages).toStrictEqual([]);
    expect(fs.readdirSync(path.join(data, 'license-mock')).toSorted()).toStrictEqual([
      '.holder',
      '.lock',
    ]);
    fs.rmSync(path.join(data, 'license-mock'), { recursive: true });
    expect(treeOf(data)).toStrictEqual(before);
  });

  it.each(['', '.', './', '../here'])('stays as it is where the folder is %j', async (data) => {
    const folder = path.join(temporaryFolder(), 'here');
    writeTree(folder, { 'docs/a.txt': 'precious' });
    const back = process.cwd();
    onTestFinished(() => process.chdir(back));
    process.chdir(folder);
    const { store } = await openStore(data);
    await addBook(store, { id: 1 }, 'docs');
    expect(await store.drop('docs')).toBe(true);
    await store.close();
    expect(fs.readFileSync(path.join(folder, 'docs/a.txt'), 'utf8')).toBe('precious');
    expect(fs.readdirSync(folder).toSorted()).toStrictEqual(['docs', 'license-mock']);
  });
});

describe('what a user has put into the folder of a sandbox', () => {
  const theirs = {
    'note.txt': 'precious',
    'log-01.jsonl': 'precious',
    'log-1.jsonl.bak': 'precious',
    'more/log-1.jsonl': 'precious',
  };

  it('stays when the sandbox is removed, and when it is made again', async () => {
    const data = await folderWithBooks({ id: 1 }, { id: 2 });
    writeTree(sandboxFolder(data), theirs);
    const { store } = await openStore(data, always);
    await addBook(store, { id: 3 });
    await expect.poll(() => filesOf(data)).toContain('snapshot-2.jsonl');
    expect(await store.drop('default')).toBe(true);
    expect(treeOf(sandboxFolder(data))).toStrictEqual(theirs);
    await addBook(store, { id: 4 });
    await store.close();
    const again = await openStore(data);
    expect(await bookIds(again.store)).toStrictEqual([4]);
    expect(await again.store.drop('default')).toBe(true);
    expect(treeOf(sandboxFolder(data))).toStrictEqual(theirs);
  });

  it('does not keep files of ours there', async () => {
    const data = await folderWithBooks({ id: 1 });
    writeTree(sandboxFolder(data), { 'snapshot-7.jsonl.incomplete': '', 'log-8.jsonl.tmp': '' });
    const { store } = await openStore(data);
    expect(await store.drop('default')).toBe(true);
    expect(fs.existsSync(sandboxFolder(data))).toBe(false);
  });

  it.each(['log-1.jsonl', 'snapshot-2.jsonl'])('is not taken for a torn %s', async (name) => {
    const data = temporaryFolder();
    const text = 'precious, without a line end';
    writeTree(sandboxFolder(data), { [name]: text });
    await expect(openStore(data)).rejects.toMatchObject({ code: 'damaged-data' });
    expect(treeOf(sandboxFolder(data))).toStrictEqual({ [name]: text });
  });
});

describe('something in the way', () => {
  const precious = { 'theirs/log-1.jsonl': 'precious' };
  const puts: [string, (place: string, theirs: string) => void][] = [
    ['a file', (place) => fs.writeFileSync(place, 'precious')],
    ['a link', (place, theirs) => fs.symlinkSync(theirs, place)],
    ['a link to nothing', (place, theirs) => fs.symlinkSync(`${theirs}-not`, place)],
    ['a folder', (place) => writeTree(place, { 'a.txt': 'precious' })],
  ];
  const [file, link, dangling, folder] = puts;
  const cases = [
    ...[file, link, dangling].map((put) => ['license-mock', put] as const),
    ...[link, dangling, folder].map((put) => ['license-mock/.lock', put] as const),
    ...[link, dangling, folder].map((put) => ['license-mock/.holder', put] as const),
    ...[file, link, dangling].map((put) => ['license-mock/default', put] as const),
    ...[link, dangling, folder].map((put) => ['license-mock/default/log-1.jsonl', put] as const),
    ...[link, dangling, folder].map(
      (put) => ['license-mock/default/snapshot-3.jsonl.tmp', put] as const,
    ),
  ].flatMap(([place, put]) => (put ? [{ place, what: put[0], put: put[1] }] : []));

  it.each(cases)('is told and left: $what as $place', async ({ place, put }) => {
    const data = temporaryFolder();
    writeTree(data, precious);
    const target = path.join(data, place);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    put(target, path.join(data, 'theirs'));
    const before = treeOf(data);
    const using = openStore(data).then(({ store }) => addBook(store, { id: 1 }));
    await expect(using).rejects.toMatchObject({ code: 'data-unusable' });
    await expect(using).rejects.toThrow(`${target} is in the way`);
    expect(treeOf(data)).toMatchObject(before);
  });

  it('of one sandbox hinders no other', async () => {
    const data = temporaryFolder();
    writeTree(data, { 'license-mock/docs': 'precious' });
    const { store } = await openStore(data);
    await addBook(store, { id: 1 });
    await expect(addBook(store, { id: 1 }, 'docs')).rejects.toThrow('is in the way');
    expect(await store.drop('docs')).toBe(false);
    expect(fs.readFileSync(sandboxFolder(data, 'docs'), 'utf8')).toBe('precious');
  });
});
