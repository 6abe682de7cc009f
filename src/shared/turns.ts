/** Runs jobs with the same name one after the other; jobs with different names run concurrently. */

export type Turns = {
  /** Runs `job` after all earlier jobs have ended, even if they failed. */
  take<T>(name: string, job: () => Promise<T>): Promise<T>;
  /** Resolves when all jobs have ended; never rejects. Undefined: no job is running. */
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
