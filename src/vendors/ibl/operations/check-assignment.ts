import { toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import type { Kind } from '../kinds.ts';
import { isRunning } from '../license.ts';
import type { Assignment } from '../records.ts';

/** Tells whether an e-mail address has an active assignment of a license of this kind. */
export function checkAssignment(kind: Kind): Handler<IblConfig> {
  return async ({ query }, world) => {
    const email = String(query['email']).toLowerCase();
    const where = [
      { field: 'email_key', equals: email } as const,
      { field: 'active', equals: true } as const,
    ];
    const found = await world.in(kind.assignments).find({ where });
    if (await isAnyValid(found, kind, world)) return { status: 200, body: {} };
    return world.choose('IBL-CHECK-NOT-FOUND') === 'empty'
      ? { status: 404, body: {} }
      : { problem: 'not-found' };
  };
}

/** IBL-CHECK: whether the license has to be active and in its dates, too. */
async function isAnyValid(
  found: readonly Assignment[],
  { licenses }: Kind,
  world: IblWorld,
): Promise<boolean> {
  if (world.choose('IBL-CHECK') === 'assignment') return found.length > 0;
  for (const { license_id } of found) {
    const license = await world.in(licenses).get(license_id);
    if (license && isRunning(license, toStored(world.now))) return true;
  }
  return false;
}
