/** Delays a request, at most until its client disconnects. */

/**
 * Also ends when the client disconnects, so that the request is recorded then and not later. Does not keep the
 * process alive: when the server stops, it closes the waiting connection, which ends the wait.
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
