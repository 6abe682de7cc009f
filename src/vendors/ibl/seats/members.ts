/** The seats that a group's members get through the group, and lose with it. */
import type { IblWorld } from '../credentials.ts';
import type { SeatKind } from '../kinds.ts';
import { groups, users, type GroupAssignment, type License } from '../records.ts';
import { findAssignment, isFulfilled, newAssignment } from './assignment.ts';
import { removalOf, type SeatChange } from './change-seats.ts';

/** Members who hold the license by themselves or by another group keep what they have: ledger row IBL-GROUP-MEMBERS. */
export async function seatsOfMembers(
  given: GroupAssignment,
  license: License,
  kind: SeatKind,
  world: IblWorld,
): Promise<readonly SeatChange[]> {
  const changes: SeatChange[] = [];
  for (const member of await membersOf(given, world)) {
    const user = await world.in(users).get(member);
    if (!user) continue;
    const before = await findAssignment({ user }, license, kind, world);
    const isOwn = before?.group_assignment_id === given.id;
    if (before && !isOwn && (before.active || before.direct)) continue;
    const settings = {
      active: given.active,
      fulfilled: isFulfilled(given.fulfilled, { user }, world),
      redirect_to: given.redirect_to,
      direct: false,
    };
    const made = before ?? (await newAssignment({ user }, license, settings, kind, world));
    const dates = { created: before?.created ?? given.modified, modified: given.modified };
    const after = { ...made, ...settings, ...dates, group_assignment_id: given.id };
    changes.push({ before, after });
  }
  return changes;
}

/** Who is also in another group that holds the license keeps the seat. The others do so if `isKept`. */
export async function seatsWithout(
  gone: GroupAssignment,
  isKept: boolean,
  { assignments, groupAssignments }: SeatKind,
  world: IblWorld,
): Promise<readonly SeatChange[]> {
  const heirs = new Map<number | null, number>();
  const ofLicense = [{ field: 'license_id', equals: gone.license_id }] as const;
  for (const other of await world.in(groupAssignments).find({ where: ofLicense })) {
    if (other.id === gone.id || !other.active) continue;
    for (const member of await membersOf(other, world)) heirs.set(member, other.id);
  }
  const made = [{ field: 'group_assignment_id', equals: gone.id }] as const;
  return (await world.in(assignments).find({ where: made })).map((before) => {
    const heir = heirs.get(before.user_id);
    const stays = { ...before, group_assignment_id: heir ?? null };
    return { before, after: heir !== undefined || isKept ? stays : removalOf(before, world) };
  });
}

async function membersOf({ group_id }: GroupAssignment, world: IblWorld) {
  return (await world.in(groups).get(group_id))?.members ?? [];
}
