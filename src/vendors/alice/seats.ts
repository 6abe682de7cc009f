/** The seats of licenses. Each seat is a record. `taken` of the license is updated in the same transaction. */
import type { World } from '../vendor.ts';
import { keyOf, licenses, seats, titles, type License } from './records.ts';

/** The number of users who can have a seat. ALICE-BUFFER. */
export function capacityOf(
  { AvailableSeats, Buffer }: Pick<License, 'AvailableSeats' | 'Buffer'>,
  world: Pick<World<unknown>, 'choose'>,
): number {
  const buffer = Number(Buffer ?? 0);
  const isExtra = buffer > 0 && world.choose('ALICE-BUFFER') === 'extra';
  return Number(AvailableSeats) + (isExtra ? buffer : 0);
}

export function hasFreeSeat(
  license: Pick<License, 'AvailableSeats' | 'Buffer' | 'taken'>,
  world: Pick<World<unknown>, 'choose'>,
): boolean {
  return license.taken < capacityOf(license, world);
}

/** Gives a user a seat. The caller must know that a seat is free and that the user has none. */
export async function takeSeat(
  license: License,
  user: string,
  world: World<unknown>,
): Promise<void> {
  const { number } = license;
  const taken = license.taken + 1;
  await world.in(seats).insert({ key: keyOf(number, user), license: number, user });
  await world.in(licenses).update({ ...license, taken });
  if (!hasFreeSeat({ ...license, taken }, world)) await closeTitles(number, world);
}

/** Removes the license from the index of free seats. */
async function closeTitles(license: number, world: World<unknown>): Promise<void> {
  const where = [{ field: 'license' as const, equals: license }];
  for (const title of await world.in(titles).find({ where })) {
    await world.in(titles).update({ ...title, free: null });
  }
}

/** The users who have a seat, sorted by id. */
export async function holdersOf({ number }: License, world: World<unknown>): Promise<string[]> {
  const where = [{ field: 'license' as const, equals: number }];
  return (await world.in(seats).find({ where })).map(({ user }) => user);
}

/** The licenses in which a user has a seat, except deleted ones. */
export async function licensesHeldBy(user: string, world: World<unknown>): Promise<License[]> {
  const where = [{ field: 'user' as const, equals: user }];
  const found: License[] = [];
  for (const { license } of await world.in(seats).find({ where })) {
    const held = await world.in(licenses).get(license);
    if (held && !held.IsDeleted) found.push(held);
  }
  return found;
}
