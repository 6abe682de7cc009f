import { setImmediate as nextRound } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createUnderWay } from './under-way.ts';

test('The end is when every job has ended, also those that fail or begin while it is awaited', async () => {
  const underWay = createUnderWay();
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<string>();
  const events: string[] = [];

  const one = underWay.run(() => first.promise);
  const ended = underWay.ended().then(() => events.push('ended'));
  const two = underWay.run(() => second.promise);
  first.reject(new Error('It failed.'));
  await expect(one).rejects.toThrow('It failed.');
  await nextRound();
  expect(events).toEqual([]);

  second.resolve('done');
  expect(await two).toBe('done');
  await ended;
  expect(events).toEqual(['ended']);
});

test('While there is no job, it has ended', async () => {
  const underWay = createUnderWay();
  await expect(underWay.ended()).resolves.toBeUndefined();
  await underWay.run(async () => {});
  await expect(underWay.ended()).resolves.toBeUndefined();
});
