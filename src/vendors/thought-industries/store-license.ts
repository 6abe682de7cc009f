/** Stores a license and what follows from it for its client. */
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

/** `assigned`: what the client's lists hold afterwards. `id`: undefined where the vendor gives one. */
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
  // TI-DEFAULT-LICENSE: a client has one default at most.
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

/** A number that no license had, and an id that none has: a scenario may have used any. */
async function nextLicense(world: TiWorld): Promise<{ number: number; freeId: string }> {
  const records = world.in(licenses);
  for (;;) {
    const number = await records.nextId();
    const freeId = licenseId(world.faker(`license ${number}`), number);
    if (!(await records.get(freeId))) return { number, freeId };
  }
}

/** An odd factor permutes the numbers below 2^48, so that no two licenses get the same last part. */
const SCATTER = 0x9e37_79b9_7f4bn;

/** A faker has 2^32 starts: too few to tell 100,000 licenses apart by its UUIDs alone. */
function licenseId(faker: Faker, number: number): string {
  const last = BigInt.asUintN(48, BigInt(number) * SCATTER);
  return `${faker.string.uuid().slice(0, 24)}${last.toString(16).padStart(12, '0')}`;
}
