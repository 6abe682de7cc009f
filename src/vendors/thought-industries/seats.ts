/**
 * Allocations: which user has which license, and as what. TI-SEATS-USED: a student of a license has one of its seats, a
 * manager has none. Counts are sizes of an index, so they cannot differ from what is stored.
 */
import type { Collection } from '../../store/store.ts';
import type { TiWorld } from './credentials.ts';
import type { ClientRecord, LicenseRecord } from './records.ts';

export const ROLES = ['student', 'manager'] as const;
export type Role = (typeof ROLES)[number];

export type AllocationRecord = {
  readonly number: number;
  /** User, license and role: nobody has two seats of one license. */
  readonly place: string;
  readonly userId: string;
  readonly licenseId: string;
  readonly role: Role;
  /** The license whose seat this is, and its client; null for a manager. */
  readonly seatOfLicense: string | null;
  readonly seatOfClient: string | null;
  readonly createdAt: string;
};

export const allocations: Collection<AllocationRecord> = {
  name: 'ti.allocations',
  key: 'number',
  indexes: [
    { field: 'place', unique: true },
    { field: 'userId', unique: false },
    { field: 'licenseId', unique: false },
    { field: 'seatOfLicense', unique: false },
    { field: 'seatOfClient', unique: false },
  ],
};

export async function allocate(
  userId: string,
  license: LicenseRecord,
  role: Role,
  createdAt: string,
  world: TiWorld,
): Promise<void> {
  const records = world.in(allocations);
  const isSeat = role === 'student';
  await records.insert({
    number: await records.nextId(),
    place: placeOf(userId, license.id, role),
    userId,
    licenseId: license.id,
    role,
    seatOfLicense: isSeat ? license.id : null,
    seatOfClient: isSeat ? license.clientId : null,
    createdAt,
  });
}

export function placeOf(userId: string, licenseId: string, role: Role): string {
  return `${userId} ${licenseId} ${role}`;
}

export function allocationsOf(
  userId: string,
  world: TiWorld,
): Promise<readonly AllocationRecord[]> {
  return world.in(allocations).find({ where: [{ field: 'userId', equals: userId }] });
}

export function seatsUsedOf({ id }: LicenseRecord, world: TiWorld): Promise<number> {
  return world.in(allocations).count([{ field: 'seatOfLicense', equals: id }]);
}

export function seatsUsedBy({ id }: ClientRecord, world: TiWorld): Promise<number> {
  return world.in(allocations).count([{ field: 'seatOfClient', equals: id }]);
}

/** A license that is deleted leaves no allocation behind. */
export async function removeAllocations({ id }: LicenseRecord, world: TiWorld): Promise<void> {
  const records = world.in(allocations);
  for (const { number } of await records.find({ where: [{ field: 'licenseId', equals: id }] })) {
    await records.remove(number);
  }
}

/** Null or 0 means unlimited. */
export function isLimited(limit: unknown): limit is number {
  return typeof limit === 'number' && limit > 0;
}
