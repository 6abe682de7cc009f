import { expect, it } from 'vitest';
import { openAliceWorld } from '../../../test/support/alice-world.ts';
import { adoptOldLicenses, oldLicenses } from './old-licenses.ts';
import { fillDefaults, licenses, nextLicense, titles } from './records.ts';
import { scenario } from './scenario.ts';

const old = (id: string, created: string) => ({
  ...fillDefaults({ Name: id, AvailableSeats: 1, Isbns: ['9780306406157'] }),
  id,
  created,
});

it('licenses of version 0.1 get a number in the order of their making, and links', async () => {
  const { run } = await openAliceWorld();
  await run(async (world) => {
    await world.in(oldLicenses).insert(old('b', '2026-01-01T00:00:00.000Z'));
    await world.in(oldLicenses).insert(old('a', '2026-02-01T00:00:00.000Z'));
    await adoptOldLicenses(world);
    await adoptOldLicenses(world);
    expect(await world.in(oldLicenses).count()).toBe(0);
    expect(await world.in(licenses).find()).toMatchObject([
      { number: 1, id: 'b', taken: 0, IsPaused: false },
      { number: 2, id: 'a', created: '2026-02-01T00:00:00.000Z' },
    ]);
    expect(await world.in(titles).count()).toBe(2);
    expect((await nextLicense(world)).number).toBe(3);
  });
});

it('are in an exported state that is made before anybody asks for them', async () => {
  const { run } = await openAliceWorld();
  const described = await run(async (world) => {
    await world.in(oldLicenses).insert(old('b', '2026-01-01T00:00:00.000Z'));
    return scenario.describe(world);
  });
  expect(described['licenses']).toMatchObject([{ id: 'b' }]);
});
