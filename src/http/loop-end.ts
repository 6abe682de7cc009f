/**
 * Gives a function whose promise resolves once all that has arrived at the process by now is worked off: at the end of
 * this round of the event loop, for everyone who waits in it.
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
