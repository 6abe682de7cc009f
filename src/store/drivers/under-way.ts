/**
 * Counts the jobs that are under way. A set of their promises would do too, but V8 links each table that a set has outgrown
 * to the next one: once one of them is among the old objects, all later ones stay there with the answers in them, until V8
 * marks all objects.
 */
export type UnderWay = {
  run<T>(job: () => Promise<T>): Promise<T>;
  /** Resolves when no job is under way. */
  ended(): Promise<void>;
};

export function createUnderWay(): UnderWay {
  let jobs = 0;
  let end: PromiseWithResolvers<void> | undefined;
  return {
    async run(job) {
      jobs += 1;
      try {
        return await job();
      } finally {
        jobs -= 1;
        if (jobs === 0) end?.resolve();
      }
    },
    async ended() {
      if (jobs === 0) return;
      end ??= Promise.withResolvers();
      await end.promise;
    },
  };
}
