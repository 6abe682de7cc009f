/** Decides which licenses a user can use, by group, role, dates and pause. */
import type { World } from '../vendor.ts';
import { parseGuid } from '../../frameworks/aspnet-web-api/values/guid.ts';
import { groupsOf } from './store-license.ts';
import { groups, licenses, memberships, users, type License, type User } from './records.ts';
import { licensesHeldBy } from './seats.ts';

/** The reason why a user cannot use a license. */
export type Obstacle = 'no-license' | 'no-seat' | 'not-started' | 'ended' | 'paused';

export type Asking = {
  readonly id: string;
  /** Undefined if the scenario does not list the user. */
  readonly user: User | undefined;
  /** The groups whose licenses the user can use; undefined for any group. ALICE-MEMBERSHIP. */
  readonly groups: readonly string[] | undefined;
};

/** `institution` is the id or the institution number of a group; null if the request names none. */
export async function readAsking(
  id: string,
  institution: string | null,
  world: World<unknown>,
): Promise<Asking> {
  const user = await world.in(users).get(id);
  const asked = institution === null ? undefined : await findGroups(institution, world);
  if (user) {
    const own = asked ? user.groups.filter((group) => asked.includes(group)) : user.groups;
    return { id, user, groups: own };
  }
  const isOpen = world.choose('ALICE-MEMBERSHIP') === 'open';
  return { id, user, groups: isOpen ? asked : [] };
}

async function findGroups(institution: string, world: World<unknown>): Promise<readonly string[]> {
  const id = parseGuid(institution);
  if (id !== undefined) return [id];
  const where = [{ field: 'institutionNumber' as const, equals: institution.trim() }];
  return (await world.in(groups).find({ where })).map((group) => group.id);
}

/** True if the license is for the user's groups and roles. */
export function isFor(license: License, { user, groups: counted }: Asking): boolean {
  if (counted && !groupsOf(license).some((group) => counted.includes(group))) return false;
  const { AllowableUserRoles: roles } = license;
  if (!user || !Array.isArray(roles) || roles.length === 0) return true;
  return user.roles.some((role) => roles.includes(role));
}

/** The reason why nobody can use the license now; undefined if there is none. */
export function findObstacle(
  { IsPaused, StartDate, EndDate }: License,
  world: World<unknown>,
): Exclude<Obstacle, 'no-license' | 'no-seat'> | undefined {
  if (IsPaused && world.choose('ALICE-PAUSED') === 'refused') return 'paused';
  const [start, end] = [StartDate, EndDate].map((each) => Date.parse(String(each)));
  const isEarly = start !== undefined && start > world.now;
  const isLate = end !== undefined && end < world.now;
  if (!isEarly && !isLate) return undefined;
  if (world.choose('ALICE-EXPIRY') !== 'refused') return undefined;
  return isEarly ? 'not-started' : 'ended';
}

/** The licenses of a user's groups and those in which the user has a seat, each once, in the order of their numbers. */
export async function licensesAround(asking: Asking, world: World<unknown>): Promise<License[]> {
  const found = new Map<number, License>();
  for (const license of await licensesHeldBy(asking.id, world)) found.set(license.number, license);
  for (const group of asking.groups ?? []) {
    const where = [{ field: 'group' as const, equals: group }];
    for (const { license: number } of await world.in(memberships).find({ where })) {
      const license = await world.in(licenses).get(number);
      if (license && isFor(license, asking)) found.set(number, license);
    }
  }
  return [...found.values()].toSorted((one, other) => one.number - other.number);
}
