import { expect, it } from 'vitest';
import { openTestWorld } from '../../../test/support/thought-industries-world.ts';
import { licenses } from './records.ts';

const clientId = '11111111-1111-4111-8111-111111111111';
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ clientId, name: `License ${index}` }));

async function idsOf(seed: number): Promise<readonly string[]> {
  const { run } = await openTestWorld({ seed, section: { licenses: many(3_000) } });
  return run(async (world) => (await world.in(licenses).find()).map(({ id }) => id));
}

it('gives every license an id of its own, the same for the same seed', async () => {
  const ids = await idsOf(1);
  expect(new Set(ids).size).toBe(3_000);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(await idsOf(1)).toEqual(ids);
  expect(await idsOf(2)).not.toEqual(ids);
});

it('passes over an id that a scenario has used', async () => {
  const first = await openTestWorld({ section: { licenses: many(2) } });
  const [, second] = await first.run((world) =>
    world.in(licenses).find({ sort: { field: 'number', direction: 'ascending' } }),
  );
  const taken = { id: second?.id ?? '', clientId, name: 'Taken' };
  const { run } = await openTestWorld({ section: { licenses: [taken, ...many(2)] } });
  await run(async (world) => {
    expect(await world.in(licenses).count()).toBe(3);
    const [newest] = await world.in(licenses).find({
      where: [{ field: 'clientId', equals: clientId }],
      sort: { field: 'number', direction: 'descending' },
      limit: 1,
    });
    expect(newest?.name).toBe('License 1');
  });
});
