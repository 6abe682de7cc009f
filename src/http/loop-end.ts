/**
 * Returns a function whose promise resolves when everything that has arrived so far is processed: at the end of
 * the current event loop iteration, for all callers in it at once.
 */
export function createLoopEnd(): () => Promise<void> {
  let waiting: PromiseWithResolvers<void> | undefined;
  const end = (): void => {
    const ending = waiting;
    waiting = undefined;
    ending?.resolve();
  };
  return () => {
    if (!waiting) {
      waiting = Promise.withResolvers();
      setImmediate(end);
    }
    return waiting.promise;
  };
}
