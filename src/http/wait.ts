/** Lets a request wait, as long as its client does. */

/**
 * Also ends when the client is gone, so that what follows happens and is recorded then and not long after. Holds
 * no process: one that was told to stop ends the connection that waits, and with it goes the wait.
 */
export function wait(ms: number, onGone: (listener: () => void) => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  timer.unref();
  onGone(() => {
    clearTimeout(timer);
    resolve();
  });
  return promise;
}
