import { expect, it } from 'vitest';
import { openTestWorld } from '../../../test/support/thought-industries-world.ts';
import { findById } from './find.ts';
import { adoptOldRecords, oldClients, oldLicenses } from './old-records.ts';
import { clients, licenses } from './records.ts';
import { storeLicense } from './store-license.ts';

const clientId = '11111111-1111-4111-8111-111111111111';
const lists = { courseIds: [], learningPathIds: [], courseTagIds: [] };

it('takes over what version 0.1 stored, and new licenses come after it', async () => {
  const { run } = await openTestWorld({
    section: { licenses: [{ clientId, name: 'New', seatsLimit: 5, isDefault: true }] },
  });
  await run(async (world) => {
    const [license] = await world.in(licenses).find();
    if (!license) throw new Error('There is no license.');
    // As version 0.1 had them.
    await world.in(licenses).remove(license.number);
    await world.in(oldLicenses).insert({ ...license, number: 7, previousLicenseId: null });
    const client = await findById(clients, clientId, world);
    if (!client) throw new Error('There is no client.');
    await world.in(clients).remove(client.number);
    await world.in(oldClients).insert({
      id: clientId,
      given: { name: 'Contoso', seatsUsedCount: 3 },
      ...lists,
      defaultLicenseId: license.id,
      seatsAllocated: 5,
    });

    await adoptOldRecords(world);
    expect(await world.in(oldLicenses).count()).toBe(0);
    expect(await world.in(oldClients).count()).toBe(0);
    const adopted = await findById(clients, clientId, world);
    expect(adopted).toMatchObject({
      name: 'Contoso',
      given: { name: 'Contoso' },
      defaultLicenseId: license.id,
      seatsAllocated: 5,
    });
    expect(adopted?.given).not.toHaveProperty('seatsUsedCount');
    expect(await findById(licenses, license.id, world)).toEqual({ ...license, number: 7 });
    if (!adopted) throw new Error('The client was not adopted.');
    const { id: _id, number: _number, ...fields } = license;
    const next = await storeLicense({ ...fields, isDefault: false }, adopted, lists, world);
    expect(next.number).toBe(8);
  });
});
