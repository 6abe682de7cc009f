/** The shared state of a sandbox for a single process: in memory, lost when the process ends. */
import { andThen, type Awaitable } from './awaitable.ts';
import { createBoundedEntries, type Bounds } from './bounded-entries.ts';
import { createFollowers } from './followers.ts';
import type { Head, Shared, WorldId } from './shared.ts';
import { createTurns } from './turns.ts';
import { openWindows, type OpenWindows } from './windows.ts';

/** The state of one sandbox. Each part lives as long as its world or its journal. */
type Kept = {
  generation: string;
  windows: OpenWindows;
  journalId: string;
  requests: number;
};

/** `head` reads the stored head of a sandbox. Undefined: the sandbox does not exist. */
export function createMemoryShared(
  parts: Bounds & { readonly head: (sandbox: string) => Awaitable<Head | undefined> },
): Shared {
  const { head } = parts;
  const turns = createTurns();
  const sandboxes = new Map<string, Kept>();
  const entries = createBoundedEntries(parts);
  const followers = createFollowers();

  /** The state of a sandbox, after dropping everything of earlier worlds and journals. */
  const keptOf = (sandbox: string, { generation, journalId }: Omit<WorldId, 'sandbox'>): Kept => {
    let kept = sandboxes.get(sandbox);
    if (!kept) {
      kept = { generation, windows: openWindows(), journalId, requests: 0 };
      sandboxes.set(sandbox, kept);
    }
    if (kept.generation !== generation) {
      kept.generation = generation;
      kept.windows = openWindows();
    }
    if (kept.journalId !== journalId) {
      kept.journalId = journalId;
      kept.requests = 0;
      entries.clear(sandbox);
    }
    return kept;
  };

  const withCurrent = <T>(sandbox: string, missing: T, use: (kept: Kept) => T): Awaitable<T> =>
    andThen(head(sandbox), (current) => (current ? use(keptOf(sandbox, current)) : missing));

  return {
    head,
    alone: turns.take,
    enter: (sandbox) =>
      andThen(head(sandbox), (current) => {
        if (!current) return undefined;
        const kept = keptOf(sandbox, current);
        kept.requests += 1;
        return { ...current, request: kept.requests };
      }),
    requests: (sandbox) => withCurrent(sandbox, 0, (kept) => kept.requests),
    count: (world, key, window) =>
      andThen(head(world.sandbox), (current) => {
        // An old world counts separately, because its request will be processed again in the new one.
        const isOver = current?.generation !== world.generation;
        const windows = isOver ? openWindows() : keptOf(world.sandbox, current).windows;
        return windows.count(key, window);
      }),
    windows: (sandbox) => withCurrent(sandbox, {}, (kept) => kept.windows.all()),
    setWindows: (sandbox, windows) =>
      withCurrent(sandbox, undefined, (kept) => {
        kept.windows = openWindows(windows);
      }),
    forget(sandbox) {
      sandboxes.delete(sandbox);
      entries.clear(sandbox);
      followers.endAll(sandbox);
    },
    journal: {
      append: (world, entry) =>
        andThen(head(world.sandbox), (current) => {
          if (current?.journalId !== world.journalId) return;
          keptOf(world.sandbox, current);
          entries.add(world.sandbox, entry);
          followers.publish(world.sandbox, entry, 'added');
        }),
      change: (world, id, change) =>
        andThen(head(world.sandbox), (current) => {
          if (current?.journalId !== world.journalId) return;
          keptOf(world.sandbox, current);
          const changed = entries.change(world.sandbox, id, change);
          if (changed) followers.publish(world.sandbox, changed, 'changed');
        }),
      skip: (world) =>
        andThen(head(world.sandbox), (current) => {
          if (current?.journalId !== world.journalId) return;
          keptOf(world.sandbox, current);
          entries.skip(world.sandbox);
        }),
      list: (sandbox) => withCurrent(sandbox, [], () => entries.newestFirst(sandbox)),
      dropped: (sandbox) => withCurrent(sandbox, 0, () => entries.dropped(sandbox)),
      clear: (sandbox) => entries.clear(sandbox),
      follow: followers.add,
      size: entries.size,
    },
  };
}
