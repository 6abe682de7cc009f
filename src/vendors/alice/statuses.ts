/** Statuses of what is refused in words of the vendor's own: both have an answer that says so by itself. */
import type { World } from '../vendor.ts';

type Choosing = Pick<World<unknown>, 'choose'>;

export const UNKNOWN_LICENSE = 'The license does not exist.';

export function unknownLicenseStatus(world: Choosing): number {
  return Number(world.choose('ALICE-UNKNOWN-LICENSE'));
}

/** The action returns a result, whatever is in it. */
export function invalidStatus(world: Choosing): number {
  return Number(world.choose('ALICE-INVALID-STATUS'));
}
