/** Stores a license and the resulting changes to its client. */
import type { Faker } from '@faker-js/faker';
import type { TiWorld } from './credentials.ts';
import {
  clients,
  licenses,
  type ClientRecord,
  type IdLists,
  type LicenseFields,
  type LicenseRecord,
} from './records.ts';

/** `assigned` are the client's lists afterwards. If `id` is undefined, the license gets a new id. */
export async function storeLicense(
  fields: LicenseFields,
  client: ClientRecord,
  assigned: IdLists,
  world: TiWorld,
  id?: string,
): Promise<LicenseRecord> {
  const records = world.in(licenses);
  const { number, freeId } = await nextLicense(world);
  const license: LicenseRecord = {
    ...fields,
    id: id ?? freeId,
    number,
    previousLicenseId: client.newestLicenseId,
  };
  // TI-DEFAULT-LICENSE: a client has at most one default license.
  if (fields.isDefault) {
    world.note('TI-DEFAULT-LICENSE');
    const former =
      client.defaultLicenseId === null ? undefined : await records.get(client.defaultLicenseId);
    if (former) await records.update({ ...former, isDefault: false, updatedAt: fields.createdAt });
  }
  await records.insert(license);
  await world.in(clients).update({
    ...client,
    ...assigned,
    defaultLicenseId: fields.isDefault ? license.id : client.defaultLicenseId,
    newestLicenseId: license.id,
    seatsAllocated: client.seatsAllocated + (fields.seatsLimit ?? 0),
  });
  return license;
}

/** Returns the next number and an unused id. A scenario may have used any id. */
async function nextLicense(world: TiWorld): Promise<{ number: number; freeId: string }> {
  const records = world.in(licenses);
  for (;;) {
    const number = await records.nextId();
    const freeId = licenseId(world.faker(`license ${number}`), number);
    if (!(await records.get(freeId))) return { number, freeId };
  }
}

/** An odd factor permutes the numbers below 2^48, so that no two licenses have the same last part. */
const SCATTER = 0x9e37_79b9_7f4bn;

/** Faker has only 2^32 seeds, so its UUIDs alone could collide among 100,000 licenses. */
function licenseId(faker: Faker, number: number): string {
  const last = BigInt.asUintN(48, BigInt(number) * SCATTER);
  return `${faker.string.uuid().slice(0, 24)}${last.toString(16).padStart(12, '0')}`;
}
