import { toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import { changeNow, writeAssignmentHistory } from '../history.ts';
import type { SeatKind } from '../kinds.ts';
import { refOf, type Assignment, type License } from '../records.ts';
import { findHolder, findLicense, findUnusable, sightOf, type Holder } from '../seats/find.ts';
import { showAssignment } from '../seats/show.ts';
import { findLackOfSeats, putAssignment } from '../seats/usage.ts';
import { warnOfOtherLicense } from '../seats/warn.ts';

/** The type of a body that passed the operation's schema. */
type Body = { readonly license_id: number } & Settings;
type Settings = Partial<
  Pick<Assignment, 'active' | 'fulfilled' | 'direct' | 'redirect_to' | 'metadata'>
>;

/** Gives a user or an e-mail address a seat, or changes the assignment that they have: ledger row IBL-ASSIGN-AGAIN. */
export function assign(kind: SeatKind): Handler<IblConfig> {
  return async (request, world) => {
    const body = request.body as Body & JsonObject;
    warnOfOtherLicense(request.query['license_id'], body.license_id, world);
    const license = await findLicense(body.license_id, sightOf(request, body), kind, world);
    if (isProblem(license)) return license;
    const holder = await findHolder(body, license, world);
    if (isProblem(holder)) return holder;

    const before = await findAssignment(holder, license, kind, world);
    const settings = { ...body, active: body.active ?? true, fulfilled: body.fulfilled ?? false };
    const after = before
      ? changeAssignment(before, settings, world)
      : await newAssignment(holder, license, settings, kind, world);
    if (after.active && !before?.active) {
      const refusal = findUnusable(license, world) ?? findLackOfSeats(license, 1, world);
      if (refusal) return refusal;
    }
    await putAssignment(before, after, license, kind, world);
    const change = changeNow(before ? 'update' : 'assign', request.identity, world);
    await writeAssignmentHistory(before, after, change, kind, world);
    return { status: 200, body: await showAssignment(after, license, kind, world) };
  };
}

export async function findAssignment(
  holder: Holder,
  license: License,
  { assignments }: SeatKind,
  world: IblWorld,
): Promise<Assignment | undefined> {
  const where = [{ field: 'holder', equals: holderRef(license.id, holder) }] as const;
  const [found] = await world.in(assignments).find({ where, limit: 1 });
  return found;
}

export async function newAssignment(
  holder: Holder,
  license: License,
  { active = true, fulfilled = false, direct = true, redirect_to = null, metadata = {} }: Settings,
  { assignments }: SeatKind,
  world: Pick<IblWorld, 'in' | 'now'>,
  id?: number,
): Promise<Assignment> {
  const now = toStored(world.now);
  const email = 'user' in holder ? holder.user.email : holder.email;
  return {
    id: id ?? (await world.in(assignments).nextId()),
    license_id: license.id,
    holder: holderRef(license.id, holder),
    user_id: 'user' in holder ? holder.user.id : null,
    email,
    email_key: email.toLowerCase(),
    active,
    fulfilled,
    direct,
    redirect_to,
    metadata,
    created: now,
    modified: now,
    group_assignment_id: null,
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

function holderRef(licenseId: number, holder: Holder): string {
  return 'user' in holder
    ? refOf(licenseId, holder.user.id)
    : refOf(licenseId, holder.email.toLowerCase());
}
