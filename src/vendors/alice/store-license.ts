/** Stores a license together with its titles and groups, by which other requests find it. */
import type { World } from '../vendor.ts';
import type { LicenseValues } from './license-request.ts';
import { isbnsOf, madeGroup, namesOf } from './made-content.ts';
import { groups, keyOf, licenses, memberships, titles, type License } from './records.ts';
import { hasFreeSeat } from './seats.ts';

/** A license without the names that follow from its ids. */
export type NewLicense = LicenseValues &
  Pick<License, 'number' | 'id' | 'created' | 'modified' | 'IsPaused' | 'IsDeleted' | 'taken'>;

export async function insertLicense(values: NewLicense, world: World<unknown>): Promise<License> {
  const license: License = { ...values, ...namesOf(values) };
  await world.in(licenses).insert(license);
  await link(license, world);
  return license;
}

/** Replaces a license and renews its links. */
export async function replaceLicense(license: License, world: World<unknown>): Promise<void> {
  const renewed = { ...license, ...namesOf(license) };
  await world.in(licenses).update(renewed);
  const where = [{ field: 'license' as const, equals: license.number }];
  for (const { key } of await world.in(memberships).find({ where })) {
    await world.in(memberships).remove(key);
  }
  for (const { key } of await world.in(titles).find({ where })) {
    await world.in(titles).remove(key);
  }
  await link(renewed, world);
}

/** The groups that can use a license, without duplicates. */
export function groupsOf({
  TargetUserGroupId,
  SeatUserGroupIds,
}: Pick<License, 'TargetUserGroupId' | 'SeatUserGroupIds'>): readonly string[] {
  const withSeats = Array.isArray(SeatUserGroupIds) ? SeatUserGroupIds : [];
  return [...new Set([TargetUserGroupId, ...withSeats].map(String))];
}

/** A deleted license gets no links, so that nothing finds it by them. */
async function link(license: License, world: World<unknown>): Promise<void> {
  const { number } = license;
  for (const group of groupsOf(license)) {
    await know(group, world);
    if (license.IsDeleted) continue;
    await world.in(memberships).insert({ key: keyOf(number, group), license: number, group });
  }
  if (license.IsDeleted) return;
  const isFree = hasFreeSeat(license, world);
  for (const isbn of isbnsOf(license)) {
    const free = isFree ? isbn : null;
    await world.in(titles).insert({ key: keyOf(number, isbn), license: number, isbn, free });
  }
}

async function know(id: string, world: World<unknown>): Promise<void> {
  if (await world.in(groups).get(id)) return;
  const { institutionNumber } = madeGroup(id);
  await world.in(groups).insert({ id, institutionNumber });
}
