/** Jobs of one name, one after the other; those of different names run at the same time. */

export type Turns = {
  /** Runs `job` after all that were asked for before it, whatever became of them. */
  take<T>(name: string, job: () => Promise<T>): Promise<T>;
  /** Resolves when all that were asked for are done, never rejects; undefined where none is under way. */
  pending(name: string): Promise<void> | undefined;
};

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    pending: (name) => last.get(name),
    take(name, job) {
      const result = (last.get(name) ?? Promise.resolve()).then(job);
      const done = result.then(
        () => {},
        () => {},
      );
      last.set(name, done);
      void done.then(() => {
        if (last.get(name) === done) last.delete(name);
      });
      return result;
    },
  };
}
