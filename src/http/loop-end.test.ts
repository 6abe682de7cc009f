import { expect, it } from 'vitest';
import { createLoopEnd } from './loop-end.ts';

it('lets all of one round of the event loop wait for its end, in order, and later ones for theirs', async () => {
  const loopEnd = createLoopEnd();
  const order: string[] = [];
  const note = (text: string) => () => void order.push(text);
  const first = loopEnd().then(note('first'));
  queueMicrotask(note('microtask'));
  process.nextTick(note('tick'));
  const second = loopEnd().then(note('second'));
  await Promise.all([first, second]);
  expect(order).toEqual(['microtask', 'tick', 'first', 'second']);

  const third = loopEnd().then(note('third'));
  await Promise.resolve();
  expect(order).not.toContain('third');
  await third;
  expect(order).toContain('third');
});
