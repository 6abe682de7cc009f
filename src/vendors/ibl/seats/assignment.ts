/** Finds and makes the assignment of a user or an e-mail address. */
import { toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import type { IblWorld } from '../credentials.ts';
import type { SeatKind } from '../kinds.ts';
import { refOf, type Assignment, type License } from '../records.ts';
import type { Holder } from './find.ts';

export type Settings = Partial<
  Pick<Assignment, 'active' | 'fulfilled' | 'direct' | 'redirect_to' | 'metadata'>
>;

export async function findAssignment(
  holder: Holder,
  license: License,
  { assignments }: SeatKind,
  world: Pick<IblWorld, 'in'>,
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

/** IBL-FULFILLED: whether the vendor sets `fulfilled` by itself for a user, who sees the content at once. */
export function isFulfilled(sent: boolean, holder: Holder, world: IblWorld): boolean {
  const isSet = 'user' in holder && world.choose('IBL-FULFILLED') === 'with-user';
  return sent || isSet;
}

function holderRef(licenseId: number, holder: Holder): string {
  return refOf(licenseId, 'user' in holder ? holder.user.id : holder.email.toLowerCase());
}
