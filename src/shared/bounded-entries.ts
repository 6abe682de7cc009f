/** Entries by sandbox. Bounded in number and bytes, per sandbox and in total. The oldest entries are dropped first. */
import { createChain, type Chain, type Link } from './chain.ts';
import type { JournalSize, StoredEntry } from './shared.ts';

export type Bounds = {
  /** Per sandbox. 0: nothing is recorded. */
  readonly maxEntries: number;
  readonly maxBytesPerSandbox: number;
  /** In all sandboxes together. */
  readonly maxBytes: number;
};

export type BoundedEntries = {
  /** Takes constant time. */
  add(sandbox: string, entry: StoredEntry): void;
  /** Undefined: there is no entry with this id. Takes longer the older the entry is. */
  change(
    sandbox: string,
    id: string,
    change: (entry: StoredEntry) => StoredEntry,
  ): StoredEntry | undefined;
  /** Counts an unrecorded entry as dropped. */
  skip(sandbox: string): void;
  newestFirst(sandbox: string): readonly StoredEntry[];
  /** How many were dropped since the sandbox was last cleared. */
  dropped(sandbox: string): number;
  clear(sandbox: string): void;
  size(): JournalSize;
};

/** One sandbox's entries. */
type Book = {
  /** Each with its position in the global order. */
  readonly entries: Chain<Link<Held>>;
  bytes: number;
  dropped: number;
};

type Held = { entry: StoredEntry; readonly book: Book };

export function createBoundedEntries(bounds: Bounds): BoundedEntries {
  const { maxEntries, maxBytesPerSandbox } = bounds;
  const largestBytes = Math.min(bounds.maxBytes, maxBytesPerSandbox);
  /** A sandbox without entries remains, because its number of dropped entries counts. */
  const books = new Map<string, Book>();
  /** All entries. The oldest one here is also the oldest one of its sandbox. */
  const all = { entries: createChain<Held>(), bytes: 0 };

  const open = (sandbox: string): Book => {
    const known = books.get(sandbox);
    if (known) return known;
    const book: Book = { entries: createChain(), bytes: 0, dropped: 0 };
    books.set(sandbox, book);
    return book;
  };

  const removeOldest = (book: Book): void => {
    const place = book.entries.removeOldest();
    if (!place) return;
    book.bytes -= place.value.entry.bytes;
    all.bytes -= place.value.entry.bytes;
    all.entries.remove(place);
  };

  const dropOldest = (book: Book): void => {
    removeOldest(book);
    book.dropped += 1;
  };

  const dropBeyondBounds = (book: Book): void => {
    while (book.entries.size() > maxEntries || book.bytes > maxBytesPerSandbox) dropOldest(book);
    while (all.bytes > bounds.maxBytes) dropOldest(all.entries.oldest()?.book ?? book);
  };

  return {
    change(sandbox, id, change) {
      const book = books.get(sandbox);
      const held = book?.entries.findNewest(({ value }) => value.entry.id === id)?.value;
      if (!book || !held) return undefined;
      const changed = change(held.entry);
      // It would displace every other entry and then itself.
      if (changed.bytes > largestBytes) return undefined;
      book.bytes += changed.bytes - held.entry.bytes;
      all.bytes += changed.bytes - held.entry.bytes;
      held.entry = changed;
      dropBeyondBounds(book);
      return changed;
    },
    add(sandbox, entry) {
      const book = open(sandbox);
      // It would displace every other entry and then itself.
      if (entry.bytes > largestBytes) {
        book.dropped += 1;
        return;
      }
      book.entries.append(all.entries.append({ entry, book }));
      book.bytes += entry.bytes;
      all.bytes += entry.bytes;
      dropBeyondBounds(book);
    },
    skip: (sandbox) => void (open(sandbox).dropped += 1),
    newestFirst: (sandbox) =>
      books
        .get(sandbox)
        ?.entries.newestFirst()
        .map(({ value }) => value.entry) ?? [],
    dropped: (sandbox) => books.get(sandbox)?.dropped ?? 0,
    clear(sandbox) {
      const book = books.get(sandbox);
      if (!book) return;
      while (book.entries.size() > 0) removeOldest(book);
      books.delete(sandbox);
    },
    size: () => ({
      entries: all.entries.size(),
      bytes: all.bytes,
      sandboxes: [...books.values()].filter(({ entries }) => entries.size() > 0).length,
    }),
  };
}
