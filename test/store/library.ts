/** The collections that the store's tests work on. */
import type { Collection } from '../../src/store/store.ts';

export type Book = {
  id: number;
  title?: string | null;
  shelf?: string | null;
  isbn?: string | null;
  pages?: number | null;
  lent?: boolean;
  metadata?: Record<string, unknown>;
};

export const books: Collection<Book> = {
  name: 'library.books',
  key: 'id',
  indexes: [
    { field: 'isbn', unique: true },
    { field: 'shelf', unique: false },
  ],
};

export type Reader = { name: string; note?: string };

export const readers: Collection<Reader> = { name: 'library.readers', key: 'name', indexes: [] };

export const libraryCollections: readonly Collection<never>[] = [books, readers];
