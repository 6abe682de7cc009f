import { expect, it } from 'vitest';
import { kindOf, openIblWorld } from '../../../test/support/ibl-world.ts';
import { adoptOldLicenses, oldHistory, oldLicenses } from './old-licenses.ts';
import { scenario } from './scenario/scenario.ts';

const program = kindOf('program');

const old = {
  id: 7,
  created: '2026-01-01T00:00:00.000000Z',
  started: '2026-01-01T00:00:00.000000Z',
  expired: null,
  name: 'Spring',
  count: 10,
  active: true,
  metadata: {},
  source: 'api',
  external_id: 'PO-1',
  platform_key: 'acme',
  platform_org: 'acme',
  program_id: 'bar',
  program_key: 'bar',
  program_name: 'Bar',
  enrollment_config: {},
  usage_count: 5,
  active_assignments: 3,
};
const entry = {
  id: 9,
  license_id: 7,
  change_type: 'create',
  transaction_id: null,
  by: 'dm-admin',
  at: '2026-01-01T00:00:00Z',
  changes: { count: { from: 5, to: 10 } },
};

const { changes: _, ...rest } = entry;
const moved = { ...rest, before: { count: 5 }, after: { count: 10 } };

it('licenses of version 0.1 keep their ids, get assignments, and new licenses come after them', async () => {
  const { run } = await openIblWorld();
  await run(async (world) => {
    await world.in(oldLicenses).insert(old);
    await world.in(oldLicenses).insert({ ...old, id: 6, external_id: null, count: 4 });
    await world.in(oldHistory).insert(entry);
    await adoptOldLicenses(world);
    await adoptOldLicenses(world);
    expect(await world.in(oldLicenses).count()).toBe(0);
    expect(await world.in(program.licenses).find()).toMatchObject([
      { id: 6, usage_count: 4, invited_count: 1 },
      { id: 7, external_id: 'PO-1', usage_count: 5, invited_count: 2 },
    ]);
    const where = [{ field: 'license_id', equals: 7 }] as const;
    const assignments = await world.in(program.assignments).find({ where });
    expect(assignments.filter(({ user_id }) => user_id !== null)).toHaveLength(3);
    expect(assignments).toHaveLength(5);
    expect(await world.in(program.history).find()).toEqual([moved]);
    expect(await world.in(program.licenses).nextId()).toBe(8);
  });
});

it('are in an exported state that is made before anybody asks for them', async () => {
  const { run } = await openIblWorld();
  const described = await run(async (world) => {
    await world.in(oldLicenses).insert(old);
    return scenario.describe(world);
  });
  expect(described['licenses']).toMatchObject([{ id: 7 }]);
});
