/** Counts of a license's assignments, kept in the transaction that changes them, and the seats that they occupy. */
import type { OwnProblem } from '../../../frameworks/django-rest-framework/facts.ts';
import type { IblWorld } from '../credentials.ts';
import type { Kind } from '../kinds.ts';
import type { Assignment, License, Usage } from '../records.ts';
import { conflict } from '../sentences.ts';

export const UNUSED: Usage = { usage_count: 0, invited_count: 0, unfulfilled_count: 0 };

const INACTIVE: Usage = UNUSED;

/** What one assignment adds to its license's counts. */
function usageOf(assignment: Assignment | undefined): Usage {
  if (!assignment?.active) return INACTIVE;
  return {
    usage_count: 1,
    invited_count: assignment.user_id === null ? 1 : 0,
    unfulfilled_count: assignment.fulfilled ? 0 : 1,
  };
}

/**
 * Stores an assignment and counts it: `before` is undefined for a new one, `after` for a removed one. Returns the
 * license with the new counts.
 */
export async function putAssignment(
  before: Assignment | undefined,
  after: Assignment | undefined,
  license: License,
  { assignments, licenses }: Kind,
  world: Pick<IblWorld, 'in'>,
): Promise<License> {
  const records = world.in(assignments);
  if (after) await (before ? records.update(after) : records.insert(after));
  else if (before) await records.remove(before.id);
  const [was, is] = [usageOf(before), usageOf(after)];
  const counted: License = {
    ...license,
    usage_count: license.usage_count + is.usage_count - was.usage_count,
    invited_count: license.invited_count + is.invited_count - was.invited_count,
    unfulfilled_count: license.unfulfilled_count + is.unfulfilled_count - was.unfulfilled_count,
  };
  await world.in(licenses).update(counted);
  return counted;
}

/** Ledger row IBL-PENDING-SEATS: whether an e-mail address without a user occupies a seat. */
export function seatsTaken({ usage_count, invited_count }: License, world: IblWorld): number {
  return world.choose('IBL-PENDING-SEATS') === 'free' ? usage_count - invited_count : usage_count;
}

/** Returns the refusal if the license has fewer free seats than `wanted`: ledger row IBL-NO-SEAT. */
export function findLackOfSeats(
  license: License,
  wanted: number,
  world: IblWorld,
): OwnProblem | undefined {
  const free = Math.max(0, license.count - seatsTaken(license, world));
  if (wanted <= free) return undefined;
  world.note('IBL-NO-SEAT');
  return conflict(`Not enough free seats: ${wanted} needed, ${free} free.`);
}
