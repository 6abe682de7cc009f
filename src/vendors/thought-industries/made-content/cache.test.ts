import { expect, it, vi } from 'vitest';
import { openTestWorld } from '../../../../test/support/thought-industries-world.ts';
import type { JsonObject } from '../../../messages/json.ts';
import { makeOnce } from './cache.ts';

const counting = () => vi.fn((id: string, given: JsonObject) => ({ id, ...given }));

it('makes content once for an id, a seed and the given fields', async () => {
  const make = counting();
  const [one, two] = [await openTestWorld({ seed: 1 }), await openTestWorld({ seed: 2 })];
  const ask = (run: typeof one.run, id: string, given: JsonObject) =>
    run(async (world) => makeOnce('test', { id, given }, make, world));
  const first = await ask(one.run, 'a', {});
  expect(await ask(one.run, 'a', {})).toBe(first);
  expect(make).toHaveBeenCalledTimes(1);
  expect(await ask(one.run, 'a', { name: 'x' })).toEqual({ id: 'a', name: 'x' });
  await ask(two.run, 'a', {});
  await ask(one.run, 'b', {});
  expect(make).toHaveBeenCalledTimes(4);
});

it('forgets what was not used for longest', async () => {
  const make = counting();
  const { run } = await openTestWorld();
  await run(async (world) => {
    const ask = (id: number) => makeOnce('many', { id: `${id}`, given: {} }, make, world);
    for (let id = 0; id < 1_000; id += 1) ask(id);
    ask(0);
    ask(1_000);
    expect(make).toHaveBeenCalledTimes(1_001);
    ask(0);
    expect(make).toHaveBeenCalledTimes(1_001);
    ask(1);
    expect(make).toHaveBeenCalledTimes(1_002);
  });
});
