/** The journals of all sandboxes as rows, bounded as in memory. `news.ts` tells their followers. */
import type { Database } from '../../database/database.ts';
import type { Bounds } from '../bounded-entries.ts';
import type { SharedJournal, StoredEntry, WorldId } from '../shared.ts';
import {
  APPEND,
  CHANGE,
  CLEAR,
  DROPPED,
  FIND,
  LIST,
  SIZE,
  SKIP,
  toEntry,
  valuesOf,
  type Line,
} from './journal-statements.ts';
import { createLane } from './lane.ts';
import { createPruning } from './pruning.ts';

type Written = Line & { readonly kind: 'append' | 'change' };
type Item = Written | { readonly kind: 'skip'; readonly world: WorldId };

export type JournalParts = {
  readonly database: Database;
  readonly bounds: Bounds;
  /** The number of this process among those that use the schema. */
  readonly replica: number;
  /** Called when entries were added or changed. */
  readonly written: () => void;
};

export function createPostgresJournal(parts: JournalParts): Omit<SharedJournal, 'follow'> {
  const { bounds, replica, written } = parts;
  const { send } = parts.database;
  const { maxEntries, maxBytesPerSandbox } = bounds;
  const largestBytes = Math.min(bounds.maxBytes, maxBytesPerSandbox);
  const pruning = createPruning(send, bounds);
  let lastNumber = 0;
  const lane = createLane<Item>(async (items) => {
    const lines = items.filter((item): item is Written => item.kind !== 'skip');
    const appended = lines.filter(({ kind }) => kind === 'append');
    const changed = lines.filter(({ kind }) => kind === 'change');
    const skipped = items.filter((item) => item.kind === 'skip');
    if (appended.length > 0) await send(APPEND, valuesOf(replica, appended));
    if (changed.length > 0) await send(CHANGE, valuesOf(replica, changed));
    if (skipped.length > 0) {
      await send(SKIP, countByJournal(skipped.map(({ world }) => world)));
    }
    if (lines.length > 0) written();
  });
  const write = (kind: Written['kind'], world: WorldId, entry: StoredEntry): Promise<void> => {
    lastNumber += 1;
    return lane.add({ kind, world, entry, number: lastNumber });
  };
  const skip = (world: WorldId): Promise<void> => lane.add({ kind: 'skip', world });

  return {
    async append(world, entry) {
      // It would displace every other entry and then itself.
      if (entry.bytes > largestBytes) return skip(world);
      await write('append', world, entry);
      pruning.added(world.sandbox, entry.bytes);
    },
    skip,
    async change(world, id, change) {
      const [row] = await send(FIND, [world.sandbox, world.journalId, id]);
      const changed = row && change(toEntry(row));
      if (changed && changed.bytes <= largestBytes) await write('change', world, changed);
    },
    async list(sandbox) {
      const rows = await send(LIST, [sandbox, maxEntries]);
      let bytes = 0;
      return rows.map(toEntry).filter((entry) => (bytes += entry.bytes) <= maxBytesPerSandbox);
    },
    async dropped(sandbox) {
      const [row] = await send(DROPPED, [sandbox, maxEntries, maxBytesPerSandbox]);
      return Number(row?.['dropped'] ?? 0);
    },
    async clear(sandbox) {
      await send(CLEAR, [sandbox]);
    },
    async size() {
      const [row] = await send(SIZE);
      return {
        entries: Number(row?.['entries']),
        bytes: Number(row?.['bytes']),
        sandboxes: Number(row?.['sandboxes']),
      };
    },
  };
}

/** The values of `SKIP`. Each journal once, because a statement changes a row once. */
function countByJournal(worlds: readonly WorldId[]): readonly unknown[] {
  const counts = new Map<string, { world: WorldId; count: number }>();
  for (const world of worlds) {
    const id = `${world.sandbox} ${world.journalId}`;
    const counted = counts.get(id);
    if (counted) counted.count += 1;
    else counts.set(id, { world, count: 1 });
  }
  const list = [...counts.values()];
  return [
    list.map(({ world }) => world.sandbox),
    list.map(({ world }) => world.journalId),
    list.map(({ count }) => count),
  ];
}
