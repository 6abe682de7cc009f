/** The seats of licenses. A seat is a record, and `taken` of its license counts them in the same transaction. */
import type { World } from '../vendor.ts';
import { keyOf, licenses, seats, titles, type License } from './records.ts';

/** How many users may have a seat: ALICE-BUFFER. */
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

/** Gives a user a seat. The caller has seen that one is free and that the user has none. */
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

/** No search for a free seat then comes to this license. */
async function closeTitles(license: number, world: World<unknown>): Promise<void> {
  const where = [{ field: 'license' as const, equals: license }];
  for (const title of await world.in(titles).find({ where })) {
    await world.in(titles).update({ ...title, free: null });
  }
}

/** The users who have a seat, in the order of their ids. */
export async function holdersOf({ number }: License, world: World<unknown>): Promise<string[]> {
  const where = [{ field: 'license' as const, equals: number }];
  return (await world.in(seats).find({ where })).map(({ user }) => user);
}

/** The licenses of which a user has a seat, deleted ones left out. */
export async function licensesHeldBy(user: string, world: World<unknown>): Promise<License[]> {
  const where = [{ field: 'user' as const, equals: user }];
  const found: License[] = [];
  for (const { license } of await world.in(seats).find({ where })) {
    const held = await world.in(licenses).get(license);
    if (held && !held.IsDeleted) found.push(held);
  }
  return found;
}
