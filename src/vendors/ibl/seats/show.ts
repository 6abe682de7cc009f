/** What answers show of assignments and group assignments. `kind-table.ts` lists the fields of each kind. */
import { showInstant } from '../../../frameworks/django-rest-framework/instant.ts';
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { IblWorld } from '../credentials.ts';
import type { SubjectField } from '../kind-table.ts';
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
  kind: SeatKind,
  world: IblWorld,
): Promise<JsonObject> {
  const { seats } = kind;
  const { user_id, email, direct } = assignment;
  const user = user_id === null ? undefined : await world.in(users).get(user_id);
  if (!user) world.note('IBL-EMAIL-ONLY');
  const view: AssignmentView = {
    ...common(assignment, license, kind),
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
  kind: SeatKind,
  world: IblWorld,
): Promise<JsonObject> {
  const { seats, assignments } = kind;
  const { group_id } = assignment;
  const { name = '', members = [] } = (await world.in(groups).get(group_id)) ?? {};
  let assigned = 0;
  for (const member of seats.groupShows.includes('assigned_count') ? members : []) {
    const where = [{ field: 'holder', equals: refOf(license.id, member) }] as const;
    assigned += await world.in(assignments).count(where);
  }
  const view: GroupView = {
    ...common(assignment, license, kind),
    group_id,
    group_name: name,
    user_count: members.length,
    assigned_count: assigned,
  };
  return pick(view, seats.groupShows);
}

function common(
  { id, active, fulfilled, redirect_to, metadata, created, modified }: Assignment | GroupAssignment,
  license: License,
  { subject }: SeatKind,
) {
  const subjectFields = Object.keys(subject?.fields ?? {}) as SubjectField[];
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
    ...Object.fromEntries(subjectFields.map((name) => [name, license[name]])),
  };
}

function pick<V extends Readonly<Record<string, Json | undefined>>>(
  view: V,
  names: readonly (keyof V & string)[],
): JsonObject {
  return Object.fromEntries(names.map((name) => [name, view[name] ?? null]));
}
