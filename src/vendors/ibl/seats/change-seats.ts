/** The only way to change assignments: their license's counts change with them, and never exceed its seats. */
import type { OwnProblem } from '../../../frameworks/django-rest-framework/facts.ts';
import { toStored } from '../../../frameworks/django-rest-framework/instant.ts';
import type { Identity, Problem } from '../../../frameworks/framework.ts';
import type { IblWorld } from '../credentials.ts';
import { changeNow, writeAssignmentHistory } from '../history.ts';
import type { Kind } from '../kinds.ts';
import { isRunning } from '../license.ts';
import type { Assignment, License, Usage } from '../records.ts';
import { conflict } from '../sentences.ts';

/** An assignment before and after a change; undefined if there is none. */
export type SeatChange = {
  readonly before: Assignment | undefined;
  readonly after: Assignment | undefined;
};

export const UNUSED: Usage = { usage_count: 0, invited_count: 0, unfulfilled_count: 0 };

/** Makes all changes and writes their history, or refuses all. Returns the license with its new counts. */
export async function changeSeats(
  changes: readonly SeatChange[],
  license: License,
  kind: Kind,
  identity: Identity,
  world: IblWorld,
): Promise<License | Problem> {
  if (changes.some(({ before, after }) => after?.active && !before?.active)) {
    const after = countAfter(changes, license);
    const refusal = findUnusable(license, world) ?? findLackOfSeats(license, after, world);
    if (refusal) return refusal;
  }
  for (const { before, after } of changes) {
    const change = changeNow(nameOf({ before, after }), identity, world);
    await writeAssignmentHistory(before, after, change, kind, world);
  }
  return storeSeats(changes, license, kind, world);
}

/** Makes all changes, without a limit and without history. */
export async function storeSeats(
  changes: readonly SeatChange[],
  license: License,
  { assignments, licenses }: Kind,
  world: Pick<IblWorld, 'in'>,
): Promise<License> {
  if (changes.length === 0) return license;
  const records = world.in(assignments);
  for (const { before, after } of changes) {
    if (after) await (before ? records.update(after) : records.insert(after));
    else if (before) await records.remove(before.id);
  }
  const counted = { ...license, ...countAfter(changes, license) };
  await world.in(licenses).update(counted);
  return counted;
}

/** Ledger row IBL-PENDING-SEATS: whether an e-mail address without a user occupies a seat. */
export function seatsTaken({ usage_count, invited_count }: Usage, world: IblWorld): number {
  return world.choose('IBL-PENDING-SEATS') === 'free' ? usage_count - invited_count : usage_count;
}

/** IBL-REMOVE: a removed assignment or group assignment is gone, or stays without its seats. */
export function removalOf<R extends { readonly active: boolean; readonly modified: string }>(
  record: R,
  world: IblWorld,
): R | undefined {
  return world.choose('IBL-REMOVE') === 'deactivated'
    ? { ...record, active: false, modified: toStored(world.now) }
    : undefined;
}

function countAfter(changes: readonly SeatChange[], license: Usage): Usage {
  let { usage_count, invited_count, unfulfilled_count } = license;
  for (const { before, after } of changes) {
    const [was, is] = [usageOf(before), usageOf(after)];
    usage_count += is.usage_count - was.usage_count;
    invited_count += is.invited_count - was.invited_count;
    unfulfilled_count += is.unfulfilled_count - was.unfulfilled_count;
  }
  return { usage_count, invited_count, unfulfilled_count };
}

/** What one assignment adds to its license's counts. */
function usageOf(assignment: Assignment | undefined): Usage {
  if (!assignment?.active) return UNUSED;
  return {
    usage_count: 1,
    invited_count: assignment.user_id === null ? 1 : 0,
    unfulfilled_count: assignment.fulfilled ? 0 : 1,
  };
}

/** Ledger row IBL-UNUSABLE-LICENSE: whether a license that is inactive, or not in its dates, gives out seats. */
function findUnusable(license: License, world: IblWorld): OwnProblem | undefined {
  if (isRunning(license, toStored(world.now))) return undefined;
  return world.choose('IBL-UNUSABLE-LICENSE') === 'refused'
    ? conflict('This license is not active.')
    : undefined;
}

/** Ledger row IBL-NO-SEAT. */
function findLackOfSeats(license: License, after: Usage, world: IblWorld): OwnProblem | undefined {
  const [taken, wanted] = [seatsTaken(license, world), seatsTaken(after, world)];
  if (wanted <= license.count || wanted <= taken) return undefined;
  world.note('IBL-NO-SEAT');
  const free = Math.max(0, license.count - taken);
  return conflict(`Not enough free seats: ${wanted - taken} needed, ${free} free.`);
}

function nameOf({ before, after }: SeatChange): string {
  if (!before) return 'assign';
  return after ? 'update' : 'unassign';
}
