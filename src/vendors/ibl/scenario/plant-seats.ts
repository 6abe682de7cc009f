/** Stores the assignments of a scenario's license: those that it lists, or as many as it says. */
import { MockError } from '../../../errors.ts';
import type { IblWorld } from '../credentials.ts';
import type { SeatKind } from '../kinds.ts';
import {
  groups,
  refOf,
  users,
  type Assignment,
  type GroupAssignment,
  type License,
} from '../records.ts';
import { newAssignment } from '../seats/assignment.ts';
import { seatsTaken, storeSeats, type SeatChange } from '../seats/change-seats.ts';
import { findAddressed, type Holder } from '../seats/find.ts';
import { seatsOfMembers } from '../seats/members.ts';
import type { Crowd } from './crowd.ts';
import { readMoment } from './read-moment.ts';
import type { AssignmentEntry, Counts, GroupAssignmentEntry, LicenseEntry } from './section.ts';

/** Members of a group get their seats too, unless the assignments are listed. */
export async function plantSeats(
  license: License,
  { assignments = {}, group_assignments: grouped = [] }: LicenseEntry,
  kind: SeatKind,
  crowd: Crowd,
  world: IblWorld,
): Promise<void> {
  const listed = Array.isArray(assignments)
    ? (assignments as readonly AssignmentEntry[])
    : undefined;
  let counted = license;
  for (const entry of grouped) {
    const group = await plantGroupAssignment(entry, license, kind, world);
    const changes = listed ? [] : await seatsOfMembers(group, license, kind, world);
    counted = await storeSeats(changes, counted, kind, world);
  }
  counted = listed
    ? await plantListed(listed, counted, kind, world)
    : await plantCounts(counted, assignments as Counts, kind, crowd, world);
  const taken = seatsTaken(counted, world);
  if (taken === 0 || taken <= license.count) return;
  throw new MockError(
    'broken-scenario',
    `${kind.list}: "${license.name}" has ${taken} active assignments but only ${license.count} seats. Add seats, or remove active assignments.`,
  );
}

/** Active ones are held by users of the platform, pending ones by e-mail addresses without a user. */
export async function plantCounts(
  license: License,
  { active = 0, pending = 0 }: Counts,
  kind: SeatKind,
  crowd: Crowd,
  world: IblWorld,
): Promise<License> {
  const holders: Holder[] = [];
  for (let at = 0; at < active; at++) {
    holders.push({ user: await crowd.user(license.platform_key, at) });
  }
  for (let at = 0; at < pending; at++) {
    holders.push({ email: crowd.address(`${kind.name}/${license.id}/${at}`) });
  }
  const changes: SeatChange[] = [];
  for (const holder of holders) {
    const settings = { fulfilled: 'user' in holder };
    const after = await newAssignment(holder, license, settings, kind, world);
    changes.push({ before: undefined, after });
  }
  return storeSeats(changes, license, kind, world);
}

async function plantListed(
  entries: readonly AssignmentEntry[],
  license: License,
  kind: SeatKind,
  world: IblWorld,
): Promise<License> {
  let counted = license;
  for (const { id, user_id, email, group_assignment_id = null, ...entry } of entries) {
    const holder = await holderOf(user_id, email, license, world);
    const { created = 'now', modified = created, ...settings } = entry;
    const made = await newAssignment(holder, license, settings, kind, world, id);
    const after: Assignment = {
      ...made,
      created: readMoment(created, world.now),
      modified: readMoment(modified, world.now),
      group_assignment_id,
    };
    // One after the other: an id that is not given comes after those that are.
    counted = await storeSeats([{ before: undefined, after }], counted, kind, world);
  }
  return counted;
}

/** An address that a user has by now is that user's. */
async function holderOf(
  id: number | null | undefined,
  email: string | null | undefined,
  { name, platform_key }: License,
  world: IblWorld,
): Promise<Holder> {
  if (typeof id !== 'number') return findAddressed(email ?? '', platform_key, world);
  const user = await world.in(users).get(id);
  if (user?.platform_key === platform_key) return { user };
  throw broken(name, `assignments names user ${id}, who is not in users of ${platform_key}.`);
}

async function plantGroupAssignment(
  entry: GroupAssignmentEntry,
  license: License,
  { groupAssignments }: SeatKind,
  world: IblWorld,
): Promise<GroupAssignment> {
  const { group_id, created = 'now', modified = created } = entry;
  if (!(await world.in(groups).get(group_id))) {
    throw broken(
      license.name,
      `group_assignments names group ${group_id}, which is not in groups.`,
    );
  }
  const records = world.in(groupAssignments);
  const assignment: GroupAssignment = {
    id: entry.id ?? (await records.nextId()),
    license_id: license.id,
    holder: refOf(license.id, group_id),
    group_id,
    active: entry.active ?? true,
    fulfilled: entry.fulfilled ?? false,
    redirect_to: entry.redirect_to ?? null,
    metadata: entry.metadata ?? {},
    created: readMoment(created, world.now),
    modified: readMoment(modified, world.now),
  };
  await records.insert(assignment);
  return assignment;
}

function broken(license: string, what: string): MockError {
  return new MockError('broken-scenario', `licenses: "${license}": ${what}`);
}
