/** Stores the assignments of a scenario's license: those that it lists, or as many as it says. */
import { MockError } from '../../../errors.ts';
import type { IblWorld } from '../credentials.ts';
import type { Kind, SeatKind } from '../kinds.ts';
import { findAssignment, newAssignment } from '../operations/assign.ts';
import {
  groups,
  refOf,
  users,
  type Assignment,
  type GroupAssignment,
  type License,
} from '../records.ts';
import type { Holder } from '../seats/find.ts';
import { putAssignment } from '../seats/usage.ts';
import type { Crowd } from './crowd.ts';
import { readMoment } from './read-moment.ts';
import type { AssignmentEntry, Counts, GroupAssignmentEntry, LicenseEntry } from './section.ts';

export function isSeatKind(kind: Kind): kind is SeatKind {
  return kind.seats !== undefined;
}

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
    if (!listed) counted = await plantMembers(group, counted, kind, world);
  }
  for (const entry of listed ?? []) counted = await plantAssignment(entry, counted, kind, world);
  if (!listed) counted = await plantCounts(counted, assignments as Counts, kind, crowd, world);
  const active = counted.usage_count - counted.invited_count;
  if (active <= license.count) return;
  throw new MockError(
    'broken-scenario',
    `${kind.list}: "${license.name}" has ${active} active assignments but only ${license.count} seats. Add seats, or remove active assignments.`,
  );
}

async function plantMembers(
  { id, group_id, active, fulfilled, created }: GroupAssignment,
  license: License,
  kind: SeatKind,
  world: IblWorld,
): Promise<License> {
  const { members = [] } = (await world.in(groups).get(group_id)) ?? {};
  let counted = license;
  for (const member of members) {
    const user = await world.in(users).get(member);
    if (!user || (await findAssignment({ user }, license, kind, world))) continue;
    const settings = { active, fulfilled, direct: false };
    const made = await newAssignment({ user }, license, settings, kind, world);
    const dates = { created, modified: created };
    const assignment = { ...made, ...dates, group_assignment_id: id };
    counted = await putAssignment(undefined, assignment, counted, kind, world);
  }
  return counted;
}

/** Active ones are held by users of the platform, pending ones by e-mail addresses without a user. */
export async function plantCounts(
  license: License,
  { active = 0, pending = 0 }: Counts,
  kind: SeatKind,
  crowd: Crowd,
  world: IblWorld,
): Promise<License> {
  let counted = license;
  const holders: Holder[] = [];
  for (let at = 0; at < active; at++) {
    holders.push({ user: await crowd.user(license.platform_key, at) });
  }
  for (let at = 0; at < pending; at++) {
    holders.push({ email: crowd.address(`${kind.name}/${license.id}/${at}`) });
  }
  for (const holder of holders) {
    const settings = { fulfilled: 'user' in holder };
    const made = await newAssignment(holder, license, settings, kind, world);
    counted = await putAssignment(undefined, made, counted, kind, world);
  }
  return counted;
}

async function plantAssignment(
  { id, user_id, email, group_assignment_id = null, ...entry }: AssignmentEntry,
  license: License,
  kind: SeatKind,
  world: IblWorld,
): Promise<License> {
  const holder = await holderOf(user_id, email, license, world);
  const { created = 'now', modified = created, ...settings } = entry;
  const made = await newAssignment(holder, license, settings, kind, world, id);
  const assignment: Assignment = {
    ...made,
    created: readMoment(created, world.now),
    modified: readMoment(modified, world.now),
    group_assignment_id,
  };
  return putAssignment(undefined, assignment, license, kind, world);
}

async function holderOf(
  id: number | null | undefined,
  email: string | null | undefined,
  { name }: License,
  world: IblWorld,
): Promise<Holder> {
  const user = typeof id === 'number' ? await world.in(users).get(id) : undefined;
  if (user) return { user };
  if (typeof id !== 'number' && typeof email === 'string') return { email };
  throw broken(name, `assignments names user ${String(id)}, who is not in users.`);
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
