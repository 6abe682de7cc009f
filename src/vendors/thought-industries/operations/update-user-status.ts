/** PUT /incoming/v2/users/{id}/updateStatus. TI-USER-STATUS: the answer is that of a client's status. */
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { Config, TiWorld } from '../credentials.ts';
import { findNamedUser } from '../named-user.ts';
import { allocations, allocationsOf } from '../seats.ts';
import { users } from '../users.ts';

export const updateUserStatus: Handler<Config> = async (request, world) => {
  const user = await findNamedUser(request, world);
  if (isProblem(user)) return user;
  world.note('TI-USER-STATUS');
  const disabled = (request.body as JsonObject)['status'] === 'disabled';
  const updatedAt = new Date(world.now).toISOString();
  await world.in(users).update({ ...user, disabled, updatedAt });
  if (disabled && world.choose('TI-DISABLED-USERS') === 'freed') await freeSeats(user.id, world);
  return { status: 200, body: { id: user.id, status: disabled ? 'disabled' : 'active' } };
};

async function freeSeats(userId: string, world: TiWorld): Promise<void> {
  for (const { number, role } of await allocationsOf(userId, world)) {
    if (role === 'student') await world.in(allocations).remove(number);
  }
}
