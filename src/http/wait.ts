/** Lets a request wait. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Holds no process: one that was told to stop ends the connection that waits, and with it goes the wait. */
export function wait(ms: number): Promise<void> {
  return sleep(ms, undefined, { ref: false });
}
