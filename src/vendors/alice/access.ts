/** Which licenses a user may use: by group, role, dates, pause and free seats. */
import type { World } from '../vendor.ts';
import { parseGuid } from '../../frameworks/aspnet-web-api/values/guid.ts';
import { groupsOf } from './store-license.ts';
import { groups, licenses, memberships, users, type License, type User } from './records.ts';
import { licensesHeldBy } from './seats.ts';

/** Why a license does not let a user in. */
export type Obstacle = 'no-license' | 'no-seat' | 'not-started' | 'ended' | 'paused';

export type Asking = {
  readonly id: string;
  /** Undefined: the scenario does not know the user. */
  readonly user: User | undefined;
  /** The groups whose licenses count; undefined: those of any group. ALICE-MEMBERSHIP. */
  readonly groups: readonly string[] | undefined;
};

/** `institution`: the id or the institution number of a group; null: not given. */
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

/** Whether the user is one of those whom the license is for. */
export function isFor(license: License, { user, groups: counted }: Asking): boolean {
  if (counted && !groupsOf(license).some((group) => counted.includes(group))) return false;
  const { AllowableUserRoles: roles } = license;
  if (!user || !Array.isArray(roles) || roles.length === 0) return true;
  return user.roles.some((role) => roles.includes(role));
}

/** Why nobody may use the license now; undefined: nothing keeps them from it. */
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

/** The licenses of a user's structure: those of the groups and those of which the user has a seat. In order, each once. */
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
