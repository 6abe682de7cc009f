/** Whether a license is active: ledger IBL-ACTIVE-EXPIRED. */
import type { Condition } from '../../store/store.ts';
import type { World } from '../vendor.ts';
import type { IblConfig } from './credentials.ts';
import { toStored } from '../../frameworks/django-rest-framework/instant.ts';
import type { License } from './records.ts';

/** The stored flag, or, by `dates`, whether the sandbox's time is also between its start and its end. */
export function isActiveIn(world: World<IblConfig>): (license: License) => boolean {
  if (world.choose('IBL-ACTIVE-EXPIRED') === 'flag') return (license) => license.active;
  const now = toStored(world.now);
  return ({ active, started, expired }) =>
    active && started <= now && (expired === null || expired > now);
}

/** The same as a condition of the store. */
export function whereActive(isActive: boolean, world: World<IblConfig>): Condition<License> {
  if (world.choose('IBL-ACTIVE-EXPIRED') === 'flag') return { field: 'active', equals: isActive };
  const now = toStored(world.now);
  const holds: Condition<License>[] = [
    { field: 'active', equals: true },
    { not: [{ field: 'started', above: now }] },
    // One without an end sorts after every date.
    { field: 'expired', above: now },
  ];
  return isActive ? { not: [{ not: holds }] } : { not: holds };
}
