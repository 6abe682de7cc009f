import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createShadowQueue } from './shadow-queue.ts';

it('sends a few at once, lets some wait, and has no room for more', async () => {
  const queue = createShadowQueue({ maxWaiting: 2, maxWaitingBytes: 100, maxSending: 1 });
  const done: number[] = [];
  const first = Promise.withResolvers<void>();
  const add = (id: number, bytes = 1) =>
    queue.add(bytes, async () => {
      if (id === 1) await first.promise;
      done.push(id);
    });
  expect(add(1)).toBe(true);
  await setImmediate();
  expect([add(2), add(3, 200), add(3), add(4)]).toEqual([true, false, true, false]);
  await setImmediate();
  expect(done).toEqual([]);
  first.resolve();
  await setImmediate();
  expect(done).toEqual([1, 2, 3]);
  queue.close();
  expect(add(5)).toBe(false);
});
