/** Removes entries beyond the bounds: not with each new entry, but when this replica has added some. */
import type { Send } from '../../database/database.ts';
import type { Bounds } from '../bounded-entries.ts';
import { PRUNE, PRUNE_ALL } from './journal-statements.ts';

export type Pruning = {
  added(sandbox: string, bytes: number): void;
};

/** Which part of a bound is added between two removals. */
const PART = 1 / 8;

export function createPruning(send: Send, bounds: Bounds): Pruning {
  const { maxEntries, maxBytesPerSandbox, maxBytes } = bounds;
  const since = new Map<string, { entries: number; bytes: number }>();
  let allBytes = 0;

  // If it fails, the next one removes more.
  const run = (text: string, values: readonly unknown[]): void =>
    void send(text, values).catch(() => {});

  return {
    added(sandbox, bytes) {
      const counted = since.get(sandbox) ?? { entries: 0, bytes: 0 };
      counted.entries += 1;
      counted.bytes += bytes;
      since.set(sandbox, counted);
      if (counted.entries > maxEntries * PART || counted.bytes > maxBytesPerSandbox * PART) {
        since.delete(sandbox);
        run(PRUNE, [sandbox, maxEntries, maxBytesPerSandbox]);
      }
      allBytes += bytes;
      if (allBytes <= maxBytes * PART) return;
      allBytes = 0;
      since.clear();
      run(PRUNE_ALL, [maxBytes]);
    },
  };
}
