/**
 * This replica's changes of journals, one statement at a time: so their numbers grow in the order in which others see
 * them, and no follower skips one that commits late. What waits meanwhile goes together. Two statements at a time would
 * each carry less, and both sides would pay for more of them (decision 13).
 */
import { setTimeout as sleep } from 'node:timers/promises';

export type Lane<T> = {
  /** Resolves when the item was carried. Rejects if that failed for too long. */
  add(item: T): Promise<void>;
};

/** Items that go together. */
const MAX_ITEMS = 500;
/** How long a failing database is tried again. The requests wait for it. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 100;

type Waiting<T> = {
  readonly item: T;
  readonly since: number;
  readonly done: PromiseWithResolvers<void>;
};

/** `carry` may be called again with the same items, even if they were carried. */
export function createLane<T>(carry: (items: readonly T[]) => Promise<void>): Lane<T> {
  const waiting: Waiting<T>[] = [];
  let isCarrying = false;

  const tryUntilLate = async (batch: readonly Waiting<T>[]): Promise<void> => {
    const until = Math.min(...batch.map(({ since }) => since)) + PATIENCE_MS;
    for (;;) {
      try {
        return await carry(batch.map(({ item }) => item));
      } catch (error) {
        if (performance.now() > until) throw error;
        await sleep(PAUSE_MS);
      }
    }
  };

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_ITEMS);
      try {
        await tryUntilLate(batch);
        for (const { done } of batch) done.resolve();
      } catch (error) {
        for (const { done } of batch) done.reject(error);
      }
    }
    isCarrying = false;
  };

  return {
    add(item) {
      const done = Promise.withResolvers<void>();
      waiting.push({ item, since: performance.now(), done });
      if (!isCarrying) {
        isCarrying = true;
        // Requests that are answered in one round of the event loop go together.
        setImmediate(() => void drain());
      }
      return done.promise;
    },
  };
}
