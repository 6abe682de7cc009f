import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { MockInstance } from 'vitest';
import { books } from './library.ts';
import {
  addBook,
  bookIds,
  filesOf,
  openStore,
  sandboxFolder,
  temporaryFolder,
} from './temporary.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: on purpose, write`), { code });
}

type WriteBytes = (
  handle: number,
  data: Uint8Array,
  from: number,
  length: number,
  position: number,
) => number;

/** The one overload of `fs.writeSync` that the driver uses. */
function spyOnWrite(): MockInstance<WriteBytes> {
  return vi.spyOn(fs, 'writeSync') as unknown as MockInstance<WriteBytes>;
}

/** Lets every write put half of its bytes down and then fail. */
function failWritesWith(code: string): void {
  const write: WriteBytes = fs.writeSync.bind(fs);
  let calls = 0;
  spyOnWrite().mockImplementation((handle, data, from, length, position) => {
    if (calls++ % 2 === 1) throw failure(code);
    return write(handle, data, from, length >> 1, position);
  });
}

describe('a write that fails', () => {
  it.each([
    ['ENOSPC', 'Free space on the disk'],
    ['EROFS', 'Make the file system writable'],
    ['EIO', 'Check the disk'],
    ['EFBIG', 'ulimit -f'],
    ['EWHATEVER', 'Check the folder'],
  ])('with %s is undone, and says what to do', async (code, advice) => {
    const data = temporaryFolder();
    const { store } = await openStore(data);
    await addBook(store, { id: 1, isbn: 'a' });
    const before = fs.readFileSync(path.join(sandboxFolder(data), 'log-1.jsonl'), 'utf8');
    failWritesWith(code);
    const failed = addBook(store, { id: 2, isbn: 'b' });
    await expect(failed).rejects.toMatchObject({ code: 'not-stored', cause: { code } });
    await expect(failed).rejects.toThrow(advice);
    expect(await bookIds(store)).toStrictEqual([1]);
    expect(fs.readFileSync(path.join(sandboxFolder(data), 'log-1.jsonl'), 'utf8')).toBe(before);
    vi.restoreAllMocks();
    await addBook(store, { id: 2, isbn: 'b' });
    await store.close();
    expect(await bookIds((await openStore(data)).store)).toStrictEqual([1, 2]);
  });

  it('is logged when it begins and when it ends, not each time', async () => {
    const { store, messages } = await openStore(temporaryFolder());
    await addBook(store, { id: 1 });
    failWritesWith('ENOSPC');
    for (let id = 2; id < 6; id++) await expect(addBook(store, { id })).rejects.toThrow('ENOSPC');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^error: The change was not stored in .*default: ENOSPC/);
    vi.restoreAllMocks();
    for (let id = 2; id < 6; id++) await addBook(store, { id });
    expect(messages.slice(1)).toStrictEqual([
      expect.stringMatching(/^warn: Changes can be stored in .* again\.$/),
    ]);
  });

  it('is cut off before the next one where it could not be at once', async () => {
    const data = temporaryFolder();
    const { store } = await openStore(data);
    await addBook(store, { id: 1 });
    failWritesWith('EIO');
    vi.spyOn(fs, 'ftruncateSync').mockImplementation(() => {
      throw failure('EIO');
    });
    await expect(addBook(store, { id: 2, title: 'long '.repeat(100) })).rejects.toThrow('EIO');
    await expect(addBook(store, { id: 3 })).rejects.toThrow('EIO');
    vi.restoreAllMocks();
    await addBook(store, { id: 4 });
    await store.close();
    const again = await openStore(data);
    expect(await bookIds(again.store)).toStrictEqual([1, 4]);
    expect(again.messages).toStrictEqual([]);
  });

  it('does not make a sandbox', async () => {
    const data = temporaryFolder();
    const { store } = await openStore(data);
    vi.spyOn(fs.promises, 'writeFile').mockRejectedValue(failure('ENOSPC'));
    await expect(addBook(store, { id: 1 }, 'new')).rejects.toMatchObject({ code: 'not-stored' });
    expect(await store.has('new')).toBe(false);
    expect(fs.existsSync(sandboxFolder(data, 'new'))).toBe(false);
    vi.restoreAllMocks();
    await addBook(store, { id: 1 }, 'new');
    expect(await bookIds(store, 'new')).toStrictEqual([1]);
  });

  it('leaves what was to be replaced or dropped', async () => {
    const data = temporaryFolder();
    const { store } = await openStore(data);
    await addBook(store, { id: 1 });
    vi.spyOn(fs.promises, 'rename').mockRejectedValue(failure('EROFS'));
    const content = { counters: {}, records: { 'library.books': [{ id: 7 }] } };
    await expect(store.replace('default', content)).rejects.toMatchObject({ code: 'not-stored' });
    await expect(store.drop('default')).rejects.toMatchObject({ code: 'not-stored' });
    vi.restoreAllMocks();
    expect(await bookIds(store)).toStrictEqual([1]);
    await addBook(store, { id: 2 });
    await store.close();
    const again = await openStore(data);
    expect(await bookIds(again.store)).toStrictEqual([1, 2]);
    expect(filesOf(data)).toStrictEqual(['log-1.jsonl']);
  });
});

describe('a write that goes out in pieces', () => {
  it('is whole in the end', async () => {
    const data = temporaryFolder();
    const { store } = await openStore(data);
    await addBook(store, { id: 1 });
    const write: WriteBytes = fs.writeSync.bind(fs);
    spyOnWrite().mockImplementation((handle, bytes, from, length, position) =>
      write(handle, bytes, from, Math.min(length, 7), position),
    );
    await addBook(store, { id: 2, title: 'é'.repeat(100) });
    await store.close();
    expect(await bookIds((await openStore(data)).store)).toStrictEqual([1, 2]);
  });
});

describe('durability disk', () => {
  it('answers nobody, writer or reader, before the disk has it', async () => {
    const { store } = await openStore(temporaryFolder(), { durability: 'disk' });
    await addBook(store, { id: 1 });
    const syncs: ((error: NodeJS.ErrnoException | null) => void)[] = [];
    vi.spyOn(fs, 'fdatasync').mockImplementation((_handle, done) => syncs.push(done));
    const answered: string[] = [];
    const first = addBook(store, { id: 2 }).then(() => answered.push('write'));
    const read = bookIds(store).then((ids) => answered.push(`read ${ids.join()}`));
    const others = [3, 4, 5].map((id) => addBook(store, { id }));
    await vi.waitFor(() => expect(syncs).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).toStrictEqual([]);
    syncs[0]?.(null);
    await Promise.all([first, read]);
    expect(answered.toSorted()).toStrictEqual(['read 1,2', 'write']);
    await vi.waitFor(() => expect(syncs).toHaveLength(2));
    syncs[1]?.(null);
    await Promise.all(others);
    expect(syncs).toHaveLength(2);
  });

  it('takes back what a failed sync leaves in doubt, and no more changes', async () => {
    const data = temporaryFolder();
    const { store, messages } = await openStore(data, { durability: 'disk' });
    await addBook(store, { id: 1, isbn: 'a' });
    vi.spyOn(fs, 'fdatasync').mockImplementation((_handle, done) => done(failure('EIO')));
    const failed = [2, 3, 4].map((id) => addBook(store, { id }));
    for (const each of await Promise.allSettled(failed)) {
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'not-stored' } });
    }
    vi.restoreAllMocks();
    expect(await bookIds(store)).toStrictEqual([1]);
    await expect(addBook(store, { id: 5 })).rejects.toThrow('restart');
    expect(await bookIds(store)).toStrictEqual([1]);
    expect(messages).toStrictEqual([expect.stringMatching(/^error: The disk did not confirm/)]);
    await store.close();
    const again = await openStore(data, { durability: 'disk' });
    expect(await bookIds(again.store)).toStrictEqual([1]);
    const id = await again.store.transact('default', (transaction) =>
      transaction.in(books).nextId(),
    );
    expect(id).toBe(2);
  });

  it('takes changes again after the sandbox is reset', async () => {
    const { store } = await openStore(temporaryFolder(), { durability: 'disk' });
    await addBook(store, { id: 1 });
    vi.spyOn(fs, 'fdatasync').mockImplementation((_handle, done) => done(failure('EIO')));
    await expect(addBook(store, { id: 2 })).rejects.toMatchObject({ code: 'not-stored' });
    vi.restoreAllMocks();
    await store.replace('default', { counters: {}, records: {} });
    await addBook(store, { id: 3 });
    expect(await bookIds(store)).toStrictEqual([3]);
  });
});

describe('open files', () => {
  it.each(['process', 'disk'] as const)('are limited, durability %s', async (durability) => {
    const data = temporaryFolder();
    const { store } = await openStore(data, { durability, limits: { openFiles: 3 } });
    const sandboxes = Array.from({ length: 12 }, (_, at) => `box-${at}`);
    for (let id = 1; id <= 3; id++) {
      await Promise.all(sandboxes.map((sandbox) => addBook(store, { id }, sandbox)));
    }
    await addBook(store, { id: 4 }, 'box-0');
    expect(openHandles(data)).toBeLessThanOrEqual(3);
    for (const sandbox of sandboxes.slice(1)) {
      expect(await bookIds(store, sandbox)).toStrictEqual([1, 2, 3]);
    }
    await store.close();
    expect(openHandles(data)).toBe(0);
  });
});

/** On Linux the number of this process's open files below a folder; elsewhere nobody knows. */
function openHandles(folder: string): number {
  if (process.platform !== 'linux') return 0;
  return fs
    .readdirSync('/proc/self/fd')
    .map((name) => readLink(`/proc/self/fd/${name}`))
    .filter((target) => target.startsWith(folder) && target.endsWith('.jsonl')).length;
}

/** Empty for a file that was closed meanwhile. */
function readLink(name: string): string {
  try {
    return fs.readlinkSync(name);
  } catch {
    return '';
  }
}

/** True where the command was successful. */
function run(command: string, ...values: string[]): boolean {
  return spawnSync(command, values).status === 0;
}

/** A folder on a file system of 256 KB of its own, or undefined where this user may not mount one. */
function tinyDisk(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const folder = temporaryFolder();
  if (!run('mount', '-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder)) return undefined;
  onTestFinished(() => {
    run('umount', folder);
  });
  return folder;
}

describe('a real disk', () => {
  it('that is full refuses changes and goes on when there is room', async ({ skip }) => {
    const data = tinyDisk() ?? skip('needs the right to mount');
    const { store, messages } = await openStore(data);
    const title = 'x'.repeat(10_000);
    let id = 0;
    const fill = async (): Promise<void> => {
      for (;;) await addBook(store, { id: ++id, title });
    };
    await expect(fill()).rejects.toMatchObject({ code: 'not-stored', cause: { code: 'ENOSPC' } });
    await expect(addBook(store, { id: 9999, title }, 'new')).rejects.toThrow('Free space');
    expect(await bookIds(store)).toHaveLength(id - 1);
    expect(await store.sandboxes()).toStrictEqual(['default']);
    expect(run('mount', '-o', 'remount,size=1m', data)).toBe(true);
    await addBook(store, { id: 9999, title });
    await store.close();
    const again = await openStore(data);
    expect(await bookIds(again.store)).toHaveLength(id);
    expect([messages.length, again.messages.length]).toStrictEqual([3, 0]);
  });

  it('that is read-only is refused at start', async ({ skip }) => {
    const data = tinyDisk() ?? skip('needs the right to mount');
    const { store } = await openStore(data);
    await addBook(store, { id: 1 });
    await store.close();
    expect(run('mount', '-o', 'remount,ro', data)).toBe(true);
    const opening = openStore(data);
    await expect(opening).rejects.toMatchObject({ code: 'data-unusable' });
    await expect(opening).rejects.toThrow('--data memory');
    expect(run('mount', '-o', 'remount,rw', data)).toBe(true);
    expect(await bookIds((await openStore(data)).store)).toStrictEqual([1]);
  });
});

it('refuses a folder that cannot be made, also where the system would look for ever', async () => {
  await expect(openStore('/proc/license-mock/data')).rejects.toMatchObject({
    code: 'data-unusable',
  });
});
