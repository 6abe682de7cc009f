/** Stores licenses and the resulting changes to their clients. */
import type { Problem } from '../../frameworks/framework.ts';
import type { TiWorld } from './credentials.ts';
import { findById, nextRecord } from './find.ts';
import {
  clients,
  licenses,
  type ClientRecord,
  type IdLists,
  type LicenseFields,
  type LicenseRecord,
  type Numbered,
} from './records.ts';

/** TI-DUPLICATES: another license may have the sku. */
export async function findSkuTaken(
  sku: string | null,
  own: string | undefined,
  world: TiWorld,
): Promise<Problem | undefined> {
  if (sku === null) return undefined;
  const where = [{ field: 'sku', equals: sku }] as const;
  const found = await world.in(licenses).find({ where, limit: 2 });
  if (found.every(({ id }) => id === own) || world.choose('TI-DUPLICATES') === 'allowed') {
    return undefined;
  }
  const message = `A license with the sku ${sku} already exists.`;
  const violation = { in: 'body' as const, path: ['sku'], keyword: 'unique', message };
  return { problem: 'conflict', violations: [violation] };
}

/** `assigned` are the client's lists afterwards. A number or an id that is not known is a new one. */
export async function storeLicense(
  fields: LicenseFields,
  client: ClientRecord,
  assigned: IdLists,
  world: TiWorld,
  known: Partial<Numbered> = {},
): Promise<LicenseRecord> {
  const next = known.number === undefined ? await nextRecord(licenses, 'license', world) : {};
  const license = { ...fields, ...next, ...known } as LicenseRecord;
  if (fields.isDefault) await unsetDefault(client, fields.createdAt, world);
  await world.in(licenses).insert(license);
  await world.in(clients).update({
    ...client,
    ...assigned,
    defaultLicenseId: fields.isDefault ? license.id : client.defaultLicenseId,
    seatsAllocated: client.seatsAllocated + (fields.seatsLimit ?? 0),
  });
  return license;
}

export async function changeLicense(
  before: LicenseRecord,
  after: LicenseRecord,
  client: ClientRecord,
  assigned: IdLists,
  world: TiWorld,
): Promise<void> {
  const isNew = after.isDefault && !before.isDefault;
  if (isNew) await unsetDefault(client, after.updatedAt, world);
  const isGone = before.isDefault && !after.isDefault;
  await world.in(licenses).update(after);
  await world.in(clients).update({
    ...client,
    ...assigned,
    defaultLicenseId: isNew ? after.id : isGone ? null : client.defaultLicenseId,
    seatsAllocated: client.seatsAllocated + (after.seatsLimit ?? 0) - (before.seatsLimit ?? 0),
  });
}

/** TI-DEFAULT-LICENSE: a client has at most one default license. */
async function unsetDefault(
  { defaultLicenseId }: ClientRecord,
  updatedAt: string,
  world: TiWorld,
): Promise<void> {
  world.note('TI-DEFAULT-LICENSE');
  const former = await findById(licenses, defaultLicenseId, world);
  if (former) await world.in(licenses).update({ ...former, isDefault: false, updatedAt });
}
