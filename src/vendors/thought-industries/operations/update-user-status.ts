/** PUT /incoming/v2/users/{id}/updateStatus. TI-USER-STATUS: the answer is that of a client's status. */
import { isProblem, type Problem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { Config, TiWorld } from '../credentials.ts';
import { findById } from '../find.ts';
import { findNoSeat } from '../give-licenses.ts';
import { findNamedUser } from '../named-user.ts';
import { licenses } from '../records.ts';
import { allocationsOf, areIdleSeatsKept, setIdle } from '../seats.ts';
import { users, type UserRecord } from '../users.ts';
import type { Wanted } from '../wanted-licenses.ts';

export const updateUserStatus: Handler<Config> = async (request, world) => {
  const before = await findNamedUser(request, world);
  if (isProblem(before)) return before;
  world.note('TI-USER-STATUS');
  const disabled = (request.body as JsonObject)['status'] === 'disabled';
  const refused = disabled ? undefined : await findSeatGone(before, world);
  if (refused) return refused;
  const after = { ...before, disabled, updatedAt: new Date(world.now).toISOString() };
  await world.in(users).update(after);
  await setIdle(after, world);
  return { status: 200, body: { id: after.id, status: disabled ? 'disabled' : 'active' } };
};

/** A user whose seats others have by now cannot be enabled. */
async function findSeatGone(user: UserRecord, world: TiWorld): Promise<Problem | undefined> {
  const idle = (await allocationsOf(user.id, world)).filter(
    ({ idleSeatOfLicense }) => idleSeatOfLicense !== null,
  );
  if (idle.length === 0 || areIdleSeatsKept(world)) return undefined;
  const add: Wanted[] = [];
  for (const { licenseId, role } of idle) {
    const license = await findById(licenses, licenseId, world);
    if (license) add.push({ license, role, path: ['status'] });
  }
  return findNoSeat({ add, remove: [] }, world);
}
