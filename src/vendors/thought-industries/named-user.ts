/** The user that a path names. */
import type { CheckedRequest, Problem } from '../../frameworks/framework.ts';
import type { TiWorld } from './credentials.ts';
import { findNamed } from './find.ts';
import { findByEmail, users, type UserRecord } from './users.ts';

/** By id, or by email as the vendor's mobile client has it. */
export async function findNamedUser(
  request: CheckedRequest,
  world: TiWorld,
): Promise<UserRecord | Problem> {
  const id = request.route.parameters['id'] ?? '';
  if (!id.includes('@')) return findNamed(users, request, world);
  world.note('TI-USER-EMAILS');
  return (await findByEmail(id, world)) ?? { problem: 'not-found' };
}
