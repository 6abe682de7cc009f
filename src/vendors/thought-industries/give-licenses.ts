/** Gives licenses to a user, as far as there are seats: all of them, or none and a problem. */
import type { Problem } from '../../frameworks/framework.ts';
import { hasExpired } from './answer-client.ts';
import { clientOf } from './answer-license.ts';
import type { TiWorld } from './credentials.ts';
import { brokenRule } from './rules.ts';
import {
  allocate,
  allocations,
  allocationsOf,
  areIdleSeatsKept,
  isLimited,
  placeOf,
  seatsUsedBy,
  seatsUsedOf,
  type AllocationRecord,
} from './seats.ts';
import type { UserRecord } from './users.ts';
import type { Wanted } from './wanted-licenses.ts';

export type Plan = {
  readonly add: readonly Wanted[];
  readonly remove: readonly AllocationRecord[];
};

/** `replace` is true if the user's licenses become the wanted ones. Changes nothing. */
export async function planLicenses(
  { id: userId, disabled }: Pick<UserRecord, 'id' | 'disabled'>,
  wanted: readonly Wanted[] | undefined,
  replace: boolean,
  world: TiWorld,
): Promise<Plan | Problem> {
  if (!wanted) return { add: [], remove: [] };
  const held = await allocationsOf(userId, world);
  const places = new Set(held.map(({ place }) => place));
  const kept = new Set(wanted.map(({ license, role }) => placeOf(userId, license.id, role)));
  const plan: Plan = {
    add: wanted.filter(({ license, role }) => !places.has(placeOf(userId, license.id, role))),
    remove: replace ? held.filter(({ place }) => !kept.has(place)) : [],
  };
  const expired = findExpired(plan, world);
  if (expired) return expired;
  // TI-DISABLED-USERS
  const takesNoSeat = disabled && !areIdleSeatsKept(world);
  return takesNoSeat ? plan : ((await findNoSeat(plan, world)) ?? plan);
}

export async function carryOut(
  { add, remove }: Plan,
  user: UserRecord,
  world: TiWorld,
): Promise<void> {
  for (const { number } of remove) await world.in(allocations).remove(number);
  const now = new Date(world.now).toISOString();
  for (const { license, role } of add) await allocate(user, license, role, now, world);
}

/** TI-EXPIRED-SEATS */
function findExpired({ add }: Plan, world: TiWorld): Problem | undefined {
  const expired = add.find(({ license }) => hasExpired(license, world));
  if (!expired || world.choose('TI-EXPIRED-SEATS') === 'accepted') return undefined;
  return brokenRule(expired.path, `The license ${expired.license.id} has expired.`);
}

/** TI-SEAT-LIMITS: the first seat that is not free. */
export async function findNoSeat(
  { add, remove }: Plan,
  world: TiWorld,
): Promise<Problem | undefined> {
  /** How many more seats of each client the plan takes. */
  const balance = new Map<string, number>();
  const book = (clientId: string, seats: number) => {
    const after = (balance.get(clientId) ?? 0) + seats;
    balance.set(clientId, after);
    return after;
  };
  for (const { seatOfClient, idleSeatOfClient } of remove) {
    if (seatOfClient !== null) book(seatOfClient, -1);
    else if (idleSeatOfClient !== null && areIdleSeatsKept(world)) book(idleSeatOfClient, -1);
  }
  for (const { license, role, path } of add) {
    if (role !== 'student') continue;
    world.note('TI-SEATS-USED');
    const { id, seatsLimit, clientId } = license;
    if (isLimited(seatsLimit, world) && (await seatsUsedOf(license, world)) >= seatsLimit) {
      return noSeat(path, `The license ${id} has no free seat.`, world);
    }
    const more = book(clientId, 1);
    const client = await clientOf(license, world);
    const limit = client.given['seatsLimit'];
    if (isLimited(limit, world) && more > 0 && (await seatsUsedBy(client, world)) + more > limit) {
      return noSeat(path, `The client ${clientId} has no free seat.`, world);
    }
  }
  return undefined;
}

function noSeat(path: Wanted['path'], message: string, world: TiWorld): Problem {
  world.note('TI-SEAT-LIMITS');
  return brokenRule(path, message);
}
