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
  isLimited,
  placeOf,
  seatsUsedBy,
  seatsUsedOf,
  type AllocationRecord,
} from './seats.ts';
import type { Wanted } from './wanted-licenses.ts';

export type Plan = {
  readonly add: readonly Wanted[];
  readonly remove: readonly AllocationRecord[];
};

/** `replace` is true if the user's licenses become the wanted ones. Changes nothing. */
export async function planLicenses(
  userId: string,
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
  return (await findRefused(plan, world)) ?? plan;
}

export async function carryOut(
  { add, remove }: Plan,
  userId: string,
  world: TiWorld,
): Promise<void> {
  for (const { number } of remove) await world.in(allocations).remove(number);
  const now = new Date(world.now).toISOString();
  for (const { license, role } of add) await allocate(userId, license, role, now, world);
}

async function findRefused(plan: Plan, world: TiWorld): Promise<Problem | undefined> {
  /** How many seats of each client the plan takes or gives back. */
  const balance = new Map<string, number>();
  const book = (clientId: string | null, seats: number) => {
    if (clientId !== null) balance.set(clientId, (balance.get(clientId) ?? 0) + seats);
  };
  for (const { seatOfClient } of plan.remove) book(seatOfClient, -1);
  for (const { license, role, path } of plan.add) {
    // TI-EXPIRED-SEATS
    if (hasExpired(license, world) && world.choose('TI-EXPIRED-SEATS') === 'refused') {
      return brokenRule(path, `The license ${license.id} has expired.`);
    }
    if (role !== 'student') continue;
    world.note('TI-SEATS-USED');
    const { seatsLimit } = license;
    if (isLimited(seatsLimit) && (await seatsUsedOf(license, world)) >= seatsLimit) {
      return noSeat(path, `The license ${license.id} has no free seat.`, world);
    }
    book(license.clientId, 1);
    const client = await clientOf(license, world);
    const taken = (await seatsUsedBy(client, world)) + (balance.get(client.id) ?? 0);
    const limit = client.given['seatsLimit'];
    if (isLimited(limit) && (balance.get(client.id) ?? 0) > 0 && taken > limit) {
      return noSeat(path, `The client ${client.id} has no free seat.`, world);
    }
  }
  return undefined;
}

/** TI-SEAT-LIMITS */
function noSeat(path: Wanted['path'], message: string, world: TiWorld): Problem {
  world.note('TI-SEAT-LIMITS');
  return brokenRule(path, message);
}
