import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

it('runs jobs of one name in order, also after one that failed', async () => {
  const turns = createTurns();
  const seen: string[] = [];
  const job = (name: string, ms: number) => async () => {
    seen.push(`${name} begins`);
    await sleep(ms);
    seen.push(`${name} ends`);
  };
  const first = turns.take('a', job('first', 10));
  const failed = turns.take('a', () => Promise.reject(new Error('no')));
  const second = turns.take('a', job('second', 0));
  await expect(failed).rejects.toThrow('no');
  await Promise.all([first, second]);
  expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

it('lets other names go on, and forgets a name when its jobs are done', async () => {
  const turns = createTurns();
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = turns.take('a', () => promise);
  expect(await turns.take('b', async () => 'b')).toBe('b');
  expect(turns.pending('a')).toBeDefined();
  resolve();
  await held;
  await turns.pending('a');
  await Promise.resolve();
  expect(turns.pending('a')).toBeUndefined();
});
