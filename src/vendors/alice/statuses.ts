/** Statuses of refusals whose body already says that the request failed. */
import type { World } from '../vendor.ts';

type Choosing = Pick<World<unknown>, 'choose'>;

export const UNKNOWN_LICENSE = 'The license does not exist.';

export function unknownLicenseStatus(world: Choosing): number {
  return Number(world.choose('ALICE-UNKNOWN-LICENSE'));
}

/** By default 200, because the action returns its result in any case. */
export function invalidStatus(world: Choosing): number {
  return Number(world.choose('ALICE-INVALID-STATUS'));
}
