/** The requests that wait to be sent to a live vendor as well. Bounded: what does not fit is dropped. */

type Bounds = {
  /** How many may wait. */
  readonly maxWaiting: number;
  readonly maxWaitingBytes: number;
  /** How many are sent at once. */
  readonly maxSending: number;
};

export type ShadowQueue = {
  /** False: there is no room. `work` must not reject. */
  add(bytes: number, work: () => Promise<void>): boolean;
  /** Drops what waits, and takes no more. */
  close(): void;
};

export function createShadowQueue({
  maxWaiting,
  maxWaitingBytes,
  maxSending,
}: Bounds): ShadowQueue {
  let waiting: { readonly bytes: number; readonly work: () => Promise<void> }[] = [];
  let waitingBytes = 0;
  let sending = 0;
  let isClosed = false;

  const sendNext = (): void => {
    if (sending >= maxSending) return;
    const next = waiting.shift();
    if (!next) return;
    waitingBytes -= next.bytes;
    sending += 1;
    void next.work().finally(() => {
      sending -= 1;
      sendNext();
    });
  };

  return {
    add(bytes, work) {
      const isFull = waiting.length >= maxWaiting || waitingBytes + bytes > maxWaitingBytes;
      if (isClosed || isFull) return false;
      waiting.push({ bytes, work });
      waitingBytes += bytes;
      // After the answer to the client is on its way.
      setImmediate(sendNext);
      return true;
    },
    close() {
      isClosed = true;
      waiting = [];
      waitingBytes = 0;
    },
  };
}
