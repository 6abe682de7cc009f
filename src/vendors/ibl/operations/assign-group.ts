import { toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import { changeNow, writeGroupHistory } from '../history.ts';
import type { SeatKind } from '../kinds.ts';
import { refOf, type Group, type GroupAssignment, type License } from '../records.ts';
import { changeSeats } from '../seats/change-seats.ts';
import { findGroup, findLicense, sightOf } from '../seats/find.ts';
import { seatsOfMembers } from '../seats/members.ts';
import { showGroupAssignment } from '../seats/show.ts';
import { checkSecondId } from '../seats/license-id.ts';

/** The type of a body that passed the operation's schema. */
type Body = { readonly license_id: number; readonly group_id: number } & Partial<
  Pick<GroupAssignment, 'active' | 'fulfilled' | 'redirect_to' | 'metadata'>
>;

/** Gives every member of a group a seat, or nobody. */
export function assignGroup(kind: SeatKind): Handler<IblConfig> {
  return async (request, world) => {
    const body = request.body as Body & JsonObject;
    const missing = checkSecondId(request.query['license_id'], body.license_id, world);
    if (missing) return missing;
    const license = await findLicense(body.license_id, sightOf(request, body), kind, world);
    if (isProblem(license)) return license;
    const group = await findGroup(body.group_id, license, world);
    if (isProblem(group)) return group;

    const before = await findGroupAssignment(group, license, kind, world);
    const after = await toGroupAssignment(before, group, license, body, kind, world);
    world.note('IBL-GROUP-MEMBERS');
    const changes = await seatsOfMembers(after, license, kind, world);
    const changed = await changeSeats(changes, license, kind, request.identity, world);
    if (isProblem(changed)) return changed;
    const records = world.in(kind.groupAssignments);
    await (before ? records.update(after) : records.insert(after));
    const change = changeNow(before ? 'update' : 'assign', request.identity, world);
    await writeGroupHistory(before, after, change, kind, world);
    return { status: 200, body: await showGroupAssignment(after, changed, kind, world) };
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
