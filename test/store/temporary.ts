/** Folders and stores that are gone when the test is over. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createLowdbStore } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import type { LowdbStoreOptions } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import type { Store } from '../../src/store/store.ts';
import { books, libraryCollections } from './library.ts';
import type { Book } from './library.ts';

export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'license-mock-store-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type OpenedStore = { readonly store: Store; readonly messages: readonly string[] };

/** A store of the library, and what it logged, each message after its level. */
export async function openStore(
  data: string,
  options: Partial<LowdbStoreOptions> = {},
): Promise<OpenedStore> {
  const messages: string[] = [];
  const store = await createLowdbStore({
    data,
    durability: 'process',
    collections: libraryCollections,
    log: (level, message) => messages.push(`${level}: ${message}`),
    ...options,
  });
  onTestFinished(() => store.close());
  return { store, messages };
}

export function addBook(store: Store, book: Book, sandbox = 'default'): Promise<void> {
  return store.transact(sandbox, (transaction) => transaction.in(books).insert(book));
}

export function bookIds(store: Store, sandbox = 'default'): Promise<number[]> {
  return store.transact(sandbox, async (transaction) =>
    (await transaction.in(books).find()).map(({ id }) => id),
  );
}

/** A data folder in which sandbox `default` has a commit for each book, and no process. */
export async function folderWithBooks(...list: Book[]): Promise<string> {
  const data = temporaryFolder();
  const { store } = await openStore(data);
  for (const book of list) await addBook(store, book);
  await store.close();
  return data;
}

/** Where a sandbox's files are. */
export function sandboxFolder(data: string, sandbox = 'default'): string {
  return path.join(data, 'license-mock', sandbox);
}

/** The names of the files in a sandbox's folder, sorted. */
export function filesOf(data: string, sandbox = 'default'): string[] {
  const folder = sandboxFolder(data, sandbox);
  return fs.existsSync(folder) ? fs.readdirSync(folder).toSorted() : [];
}

/** Writes files by their paths below a folder. */
export function writeTree(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

/** The files below a folder by their paths, with their text; of a link, where it leads. */
export function treeOf(folder: string): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file);
    if (entry.isSymbolicLink()) tree[name] = `-> ${fs.readlinkSync(file)}`;
    else if (entry.isFile()) tree[name] = fs.readFileSync(file, 'utf8');
  }
  return tree;
}
