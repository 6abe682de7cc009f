/** What answers show of assignments and group assignments. A kind lists its fields in `kinds.ts`. */
import { showInstant } from '../../../frameworks/django-rest-framework/instant.ts';
import type { Json, JsonObject } from '../../../messages/json.ts';
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
import type { AssignmentView, GroupView } from './views.ts';

/** E-mail addresses without a user have null in the user's fields: ledger row IBL-EMAIL-ONLY. */
export async function showAssignment(
  assignment: Assignment,
  license: License,
  { seats }: SeatKind,
  world: IblWorld,
): Promise<JsonObject> {
  const { user_id, email, direct } = assignment;
  const user = user_id === null ? undefined : await world.in(users).get(user_id);
  if (!user) world.note('IBL-EMAIL-ONLY');
  const view: AssignmentView = {
    ...common(assignment, license),
    user_id,
    email,
    direct,
    username: user?.username ?? null,
    name: user?.name ?? null,
  };
  const isOmitted = seats.omitsRedirect && view.redirect_to === null;
  return pick(view, isOmitted ? seats.shows.filter((name) => name !== 'redirect_to') : seats.shows);
}

export async function showGroupAssignment(
  assignment: GroupAssignment,
  license: License,
  { seats, assignments }: SeatKind,
  world: IblWorld,
): Promise<JsonObject> {
  const { group_id } = assignment;
  const { name = '', members = [] } = (await world.in(groups).get(group_id)) ?? {};
  let assigned = 0;
  for (const member of seats.groupShows.includes('assigned_count') ? members : []) {
    const where = [{ field: 'holder', equals: refOf(license.id, member) }] as const;
    assigned += await world.in(assignments).count(where);
  }
  const view: GroupView = {
    ...common(assignment, license),
    group_id,
    group_name: name,
    user_count: members.length,
    assigned_count: assigned,
  };
  return pick(view, seats.groupShows);
}

function common(assignment: Assignment | GroupAssignment, license: License) {
  const { id, active, fulfilled, redirect_to, metadata, created, modified } = assignment;
  return {
    id,
    active,
    fulfilled,
    redirect_to,
    metadata,
    created: showInstant(created),
    modified: showInstant(modified),
    license_id: license.id,
    license_name: license.name,
    platform_key: license.platform_key,
    ...(license.course_id !== undefined && { course_id: license.course_id }),
    ...(license.program_key !== undefined && { program_key: license.program_key }),
    ...(license.program_name !== undefined && { program_name: license.program_name }),
  };
}

function pick<V extends Readonly<Record<string, Json | undefined>>>(
  view: V,
  names: readonly (keyof V & string)[],
): JsonObject {
  return Object.fromEntries(names.map((name) => [name, view[name] ?? null]));
}
