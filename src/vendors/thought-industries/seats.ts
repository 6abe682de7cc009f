/**
 * Allocations: which user has which license, and as what. TI-SEATS-USED: a student of a license has one of its seats, a
 * manager has none. Counts are sizes of an index, so they cannot differ from what is stored.
 */
import type { Problem } from '../../frameworks/framework.ts';
import type { Collection } from '../../store/store.ts';
import type { TiWorld } from './credentials.ts';
import type { ClientRecord, LicenseRecord } from './records.ts';
import { brokenRule } from './rules.ts';

export const ROLES = ['student', 'manager'] as const;
export type Role = (typeof ROLES)[number];

export type AllocationRecord = {
  readonly number: number;
  /** User, license and role: nobody has two seats of one license. */
  readonly place: string;
  readonly userId: string;
  readonly licenseId: string;
  readonly role: Role;
  /** The license whose seat this is, and its client; null for a manager and while the user is disabled. */
  readonly seatOfLicense: string | null;
  readonly seatOfClient: string | null;
  /** The same for the seat of a disabled user. */
  readonly idleSeatOfLicense: string | null;
  readonly idleSeatOfClient: string | null;
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
    { field: 'idleSeatOfLicense', unique: false },
    { field: 'idleSeatOfClient', unique: false },
  ],
};

export async function allocate(
  user: Holder,
  license: LicenseRecord,
  role: Role,
  createdAt: string,
  world: TiWorld,
): Promise<void> {
  const records = world.in(allocations);
  await records.insert({
    number: await records.nextId(),
    place: placeOf(user.id, license.id, role),
    userId: user.id,
    licenseId: license.id,
    role,
    ...seatOf(license.id, license.clientId, role, user.disabled),
    createdAt,
  });
}

type Holder = { readonly id: string; readonly disabled: boolean };

function seatOf(license: string, client: string, role: Role, isIdle: boolean) {
  const none = { seatOfLicense: null, seatOfClient: null };
  const idle = { idleSeatOfLicense: null, idleSeatOfClient: null };
  if (role === 'manager') return { ...none, ...idle };
  return isIdle
    ? { ...none, idleSeatOfLicense: license, idleSeatOfClient: client }
    : { ...idle, seatOfLicense: license, seatOfClient: client };
}

/** Makes the seats of a user idle, or takes them into use again. */
export async function setIdle({ id, disabled }: Holder, world: TiWorld): Promise<void> {
  for (const allocation of await allocationsOf(id, world)) {
    const { licenseId, role, seatOfClient, idleSeatOfClient } = allocation;
    const clientId = seatOfClient ?? idleSeatOfClient;
    if (clientId === null) continue;
    const seat = seatOf(licenseId, clientId, role, disabled);
    await world.in(allocations).update({ ...allocation, ...seat });
  }
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

export async function seatsUsedOf({ id }: LicenseRecord, world: TiWorld): Promise<number> {
  return countSeats('seatOfLicense', 'idleSeatOfLicense', id, world);
}

export async function seatsUsedBy({ id }: ClientRecord, world: TiWorld): Promise<number> {
  return countSeats('seatOfClient', 'idleSeatOfClient', id, world);
}

async function countSeats(
  inUse: 'seatOfLicense' | 'seatOfClient',
  idle: 'idleSeatOfLicense' | 'idleSeatOfClient',
  id: string,
  world: TiWorld,
): Promise<number> {
  const records = world.in(allocations);
  const used = await records.count([{ field: inUse, equals: id }]);
  const kept = await records.count([{ field: idle, equals: id }]);
  return kept > 0 && areIdleSeatsKept(world) ? used + kept : used;
}

/** TI-DISABLED-USERS: whether nobody else can have the seat of a disabled user. */
export function areIdleSeatsKept(world: TiWorld): boolean {
  return world.choose('TI-DISABLED-USERS') === 'kept';
}

/** A license that is deleted leaves no allocation behind. */
export async function removeAllocations({ id }: LicenseRecord, world: TiWorld): Promise<void> {
  const records = world.in(allocations);
  for (const { number } of await records.find({ where: [{ field: 'licenseId', equals: id }] })) {
    await records.remove(number);
  }
}

/** TI-SEATS-BELOW-USE: a new limit that more students have passed already. */
export async function findSeatsTaken(
  limit: unknown,
  usedSeats: () => Promise<number>,
  world: TiWorld,
): Promise<Problem | undefined> {
  if (!isLimited(limit, world)) return undefined;
  const used = await usedSeats();
  if (used <= limit || world.choose('TI-SEATS-BELOW-USE') === 'accepted') return undefined;
  return brokenRule(['seatsLimit'], `seatsLimit must not be below the ${used} seats in use.`);
}

/** Null means unlimited. TI-SEATS: whether 0 does, too. */
export function isLimited(limit: unknown, world: TiWorld): limit is number {
  if (typeof limit !== 'number') return false;
  return limit > 0 || world.choose('TI-SEATS') === 'none';
}
