/** Users with their licenses, as a scenario gives them. */
import type { JsonObject } from '../../../messages/json.ts';
import type { TiWorld } from '../credentials.ts';
import { allocationsOf } from '../seats.ts';
import { users } from '../users.ts';

export async function describeUsers(world: TiWorld): Promise<JsonObject[]> {
  const described: JsonObject[] = [];
  for (const user of await world.in(users).find()) {
    const held = await allocationsOf(user.id, world);
    described.push({
      id: user.id,
      email: user.email,
      firstName: user.firstName,
      lastName: user.lastName,
      ...(user.clientId !== null && { clientId: user.clientId }),
      role: user.roleKey,
      disabled: user.disabled,
      externalCustomerId: user.externalCustomerId,
      courseIds: [...user.courseIds],
      learningPathIds: [...user.learningPathIds],
      licenses: held.map(({ licenseId, role, createdAt }) => ({ licenseId, role, createdAt })),
      ...user.given,
      createdAt: user.createdAt,
      updatedAt: user.updatedAt,
    });
  }
  return described;
}
