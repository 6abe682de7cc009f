/** One sync for all that was written before it began: `fdatasync` takes longer than many writes. */
export type GroupSync<T> = {
  /** What was written and is not known to be on the disk, oldest first. */
  readonly waiting: readonly T[];
  /** Notes that something was written. */
  written(item: T): void;
  /** Resolves when all that was written until now is on the disk; rejects as the sync did. */
  settle(): Promise<void>;
  /** Takes what waits out, after a sync failed. */
  takeWaiting(): readonly T[];
};

export function createGroupSync<T>(sync: () => Promise<void>): GroupSync<T> {
  const waiting: T[] = [];
  let writtenCount = 0;
  let running: Promise<void> | undefined;

  const start = async (): Promise<void> => {
    const covered = waiting.length;
    try {
      await sync();
      waiting.splice(0, covered);
    } finally {
      running = undefined;
    }
  };

  return {
    waiting,
    written: (item) => {
      waiting.push(item);
      writtenCount++;
    },
    settle: async () => {
      const target = writtenCount;
      while (writtenCount - waiting.length < target) {
        await (running ??= start());
      }
    },
    takeWaiting: () => waiting.splice(0),
  };
}
