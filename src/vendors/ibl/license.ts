/** Reads, evaluates and shows a license in the same way for every operation. */
import {
  parseInstant,
  showInstant,
  toStored,
} from '../../frameworks/django-rest-framework/instant.ts';
import type { Problem } from '../../frameworks/framework.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { Condition } from '../../store/store.ts';
import type { IblWorld } from './credentials.ts';
import type { Kind } from './kinds.ts';
import type { License } from './records.ts';
import { invalid, wrongField } from './sentences.ts';

type Instants = { readonly started?: string; readonly expired?: string | null };

/** Returns the instants of a checked body in their stored form. */
export function readInstants(body: JsonObject): Instants {
  const read = (field: string) => {
    const text = body[field];
    const parsed = typeof text === 'string' ? parseInstant(text) : undefined;
    return typeof parsed === 'object' ? parsed.stored : undefined;
  };
  const [started, expired] = [read('started'), body['expired'] === null ? null : read('expired')];
  return { ...(started !== undefined && { started }), ...(expired !== undefined && { expired }) };
}

/** IBL-DATES-ORDER: whether a license may end before it starts. */
export function checkDates({ started, expired }: License, world: IblWorld): Problem | undefined {
  if (expired === null || expired >= started) return undefined;
  return world.choose('IBL-DATES-ORDER') === 'refused'
    ? invalid([wrongField('expired', 'The license must not end before it starts.')])
    : undefined;
}

/** IBL-ACTIVE-EXPIRED: for `dates`, the sandbox's time in stored form; undefined if only the stored flag counts. */
function timeThatCounts(world: IblWorld): string | undefined {
  return world.choose('IBL-ACTIVE-EXPIRED') === 'dates' ? toStored(world.now) : undefined;
}

/** Tells whether a license is active: its flag is set and, if dates count, the current time is within them. */
function isActiveIn(world: IblWorld): (license: License) => boolean {
  const now = timeThatCounts(world);
  if (now === undefined) return (license) => license.active;
  return (license) => isRunning(license, now);
}

/** Tells whether a license is active and in its dates. `now` has the stored form. */
export function isRunning({ active, started, expired }: License, now: string): boolean {
  return active && started <= now && (expired === null || expired > now);
}

/** The same test as a store condition. */
export function whereActive(isActive: boolean, world: IblWorld): Condition<License> {
  const now = timeThatCounts(world);
  if (now === undefined) return { field: 'active', equals: isActive };
  const holds: Condition<License>[] = [
    { field: 'active', equals: true },
    { not: [{ field: 'started', above: now }] },
    // A license without an end sorts after every date.
    { field: 'expired', above: now },
  ];
  return isActive ? { not: [{ not: holds }] } : { not: holds };
}

/** Keys in the order of the docs. */
export function showLicense(license: License, kind: Kind, world: IblWorld): JsonObject {
  const { external_id, platform_key } = license;
  const shown: JsonObject = {
    id: license.id,
    created: showInstant(license.created),
    started: showInstant(license.started),
    expired: license.expired === null ? null : showInstant(license.expired),
    name: license.name,
    count: license.count,
    active: isActiveIn(world)(license),
    metadata: license.metadata,
    source: license.source,
    external_id,
    platform_key,
  };
  return {
    ...shown,
    ...Object.fromEntries(kind.shows.map((name) => [name, license[name] ?? null])),
    ...(kind.shows.includes('usage_count') && { usage_count: countUsage(license, world) }),
  };
}

/** Ledger row IBL-USAGE-COUNT: whether assignments for addresses that no user has count. */
function countUsage({ usage_count, invited_count }: License, world: IblWorld): number {
  return world.choose('IBL-USAGE-COUNT') === 'users' ? usage_count - invited_count : usage_count;
}

/** Shows a license in a list. Ledger row IBL-VERBOSE: whether it has its assignments by status. */
export function showListed(
  license: License,
  isVerbose: boolean,
  kind: Kind,
  world: IblWorld,
): JsonObject {
  const shown = showLicense(license, kind, world);
  if (!kind.countsAssignments) return shown;
  const isAlways = world.choose('IBL-VERBOSE') === 'always';
  return isVerbose || isAlways ? { ...shown, assignments: byStatus(license, world) } : shown;
}

/** Ledger row IBL-PENDING: which active assignments are pending. */
function byStatus(license: License, world: IblWorld): JsonObject {
  const { usage_count: total, invited_count, unfulfilled_count } = license;
  const pending = world.choose('IBL-PENDING') === 'unfulfilled' ? unfulfilled_count : invited_count;
  return { total, active: total - pending, pending };
}
