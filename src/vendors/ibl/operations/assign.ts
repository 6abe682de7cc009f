import { toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import type { SeatKind } from '../kinds.ts';
import type { Assignment } from '../records.ts';
import { findAssignment, isFulfilled, newAssignment, type Settings } from '../seats/assignment.ts';
import { changeSeats } from '../seats/change-seats.ts';
import { findHolder, findLicense, sightOf } from '../seats/find.ts';
import { showAssignment } from '../seats/show.ts';
import { checkSecondId } from '../seats/license-id.ts';

/** The type of a body that passed the operation's schema. */
type Body = { readonly license_id: number } & Settings;

/** Gives a user or an e-mail address a seat, or changes the assignment that they have: ledger row IBL-ASSIGN-AGAIN. */
export function assign(kind: SeatKind): Handler<IblConfig> {
  return async (request, world) => {
    const body = request.body as Body & JsonObject;
    const missing = checkSecondId(request.query['license_id'], body.license_id, world);
    if (missing) return missing;
    const license = await findLicense(body.license_id, sightOf(request, body), kind, world);
    if (isProblem(license)) return license;
    const holder = await findHolder(body, license, world);
    if (isProblem(holder)) return holder;

    const before = await findAssignment(holder, license, kind, world);
    const fulfilled = isFulfilled(body.fulfilled ?? false, holder, world);
    const after = before
      ? changeAssignment(before, { ...body, fulfilled }, world)
      : await newAssignment(holder, license, { ...body, fulfilled }, kind, world);
    const changed = await changeSeats([{ before, after }], license, kind, request.identity, world);
    if (isProblem(changed)) return changed;
    return { status: 200, body: await showAssignment(after, changed, kind, world) };
  };
}

/** An assignment that a group made becomes the user's own. */
function changeAssignment(before: Assignment, settings: Settings, world: IblWorld): Assignment {
  world.note('IBL-ASSIGN-AGAIN');
  const { active = true, fulfilled = false, direct = true, redirect_to, metadata } = settings;
  return {
    ...before,
    active,
    fulfilled,
    direct,
    ...(redirect_to !== undefined && { redirect_to }),
    ...(metadata !== undefined && { metadata }),
    group_assignment_id: direct ? null : before.group_assignment_id,
    modified: toStored(world.now),
  };
}
