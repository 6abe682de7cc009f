import { toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import { isProblem, type Identity, type Problem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import { changeNow, writeAssignmentHistory, writeGroupHistory } from '../history.ts';
import type { SeatKind } from '../kinds.ts';
import {
  refOf,
  users,
  type Assignment,
  type Group,
  type GroupAssignment,
  type License,
} from '../records.ts';
import { findGroup, findLicense, findUnusable, sightOf } from '../seats/find.ts';
import { showGroupAssignment } from '../seats/show.ts';
import { findLackOfSeats, putAssignment } from '../seats/usage.ts';
import { warnOfOtherLicense } from '../seats/warn.ts';
import { findAssignment, newAssignment } from './assign.ts';

/** The type of a body that passed the operation's schema. */
type Body = { readonly license_id: number; readonly group_id: number } & Partial<
  Pick<GroupAssignment, 'active' | 'fulfilled' | 'redirect_to' | 'metadata'>
>;

/** Gives every member of a group a seat, or nobody: ledger row IBL-GROUP-MEMBERS. */
export function assignGroup(kind: SeatKind): Handler<IblConfig> {
  return async (request, world) => {
    const body = request.body as Body & JsonObject;
    warnOfOtherLicense(request.query['license_id'], body.license_id, world);
    const license = await findLicense(body.license_id, sightOf(request, body), kind, world);
    if (isProblem(license)) return license;
    const group = await findGroup(body.group_id, license, world);
    if (isProblem(group)) return group;

    const before = await findGroupAssignment(group, license, kind, world);
    const after = await toGroupAssignment(before, group, license, body, kind, world);
    const refusal = await seatMembers(group, after, license, request.identity, kind, world);
    if (refusal) return refusal;
    const records = world.in(kind.groupAssignments);
    await (before ? records.update(after) : records.insert(after));
    const change = changeNow(before ? 'update' : 'assign', request.identity, world);
    await writeGroupHistory(before, after, change, kind, world);
    return { status: 200, body: await showGroupAssignment(after, license, kind, world) };
  };
}

async function findGroupAssignment(
  group: Group,
  license: License,
  { groupAssignments }: SeatKind,
  world: IblWorld,
): Promise<GroupAssignment | undefined> {
  const where = [{ field: 'holder', equals: refOf(license.id, group.id) }] as const;
  const [found] = await world.in(groupAssignments).find({ where, limit: 1 });
  return found;
}

async function toGroupAssignment(
  before: GroupAssignment | undefined,
  group: Group,
  license: License,
  body: Body,
  { groupAssignments }: SeatKind,
  world: IblWorld,
): Promise<GroupAssignment> {
  if (before) world.note('IBL-ASSIGN-AGAIN');
  const { active = true, fulfilled = false } = body;
  const { redirect_to = before?.redirect_to ?? null, metadata = before?.metadata ?? {} } = body;
  const modified = toStored(world.now);
  return {
    id: before?.id ?? (await world.in(groupAssignments).nextId()),
    license_id: license.id,
    holder: refOf(license.id, group.id),
    group_id: group.id,
    active,
    fulfilled,
    redirect_to,
    metadata,
    created: before?.created ?? modified,
    modified,
  };
}

/** Members who hold the license by themselves, or by another group, keep what they have. */
async function seatMembers(
  { members }: Group,
  groupAssignment: GroupAssignment,
  license: License,
  identity: Identity,
  kind: SeatKind,
  world: IblWorld,
): Promise<Problem | undefined> {
  const changes: { before: Assignment | undefined; after: Assignment }[] = [];
  const { id, active, fulfilled, redirect_to } = groupAssignment;
  for (const member of members) {
    const user = await world.in(users).get(member);
    if (!user) continue;
    const before = await findAssignment({ user }, license, kind, world);
    if (before && before.group_assignment_id !== id) continue;
    const settings = { active, fulfilled, redirect_to, direct: false };
    const after = before
      ? { ...before, ...settings, modified: groupAssignment.modified }
      : await newAssignment({ user }, license, settings, kind, world);
    changes.push({ before, after: { ...after, group_assignment_id: id } });
  }
  world.note('IBL-GROUP-MEMBERS');
  const wanted = changes.filter(({ before, after }) => after.active && !before?.active).length;
  if (wanted > 0) {
    const refusal = findUnusable(license, world) ?? findLackOfSeats(license, wanted, world);
    if (refusal) return refusal;
  }
  let counted = license;
  for (const { before, after } of changes) {
    counted = await putAssignment(before, after, counted, kind, world);
    const change = changeNow(before ? 'update' : 'assign', identity, world);
    await writeAssignmentHistory(before, after, change, kind, world);
  }
  return undefined;
}
