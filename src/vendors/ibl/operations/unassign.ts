import { isProblem, type CheckedRequest, type Problem } from '../../../frameworks/framework.ts';
import type { Collection } from '../../../store/store.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import type { SeatKind } from '../kinds.ts';
import type { License } from '../records.ts';
import { changeSeats, removalOf } from '../seats/change-seats.ts';
import { findLicense, sightOf } from '../seats/find.ts';
import { removed } from '../seats/removed.ts';
import { checkLicenseId } from '../seats/license-id.ts';

/** Removes an assignment, which frees its seat. */
export function unassign(kind: SeatKind): Handler<IblConfig> {
  return async (request, world) => {
    const found = await findNamed(request, kind.assignments, kind, world);
    if (isProblem(found)) return found;
    const { record, license } = found;
    const change = { before: record, after: removalOf(record, world) };
    const changed = await changeSeats([change], license, kind, request.identity, world);
    return isProblem(changed) ? changed : removed(world);
  };
}

/** Finds the assignment or group assignment that `assignment_id` names, and its license. */
export async function findNamed<R extends { readonly license_id: number }>(
  request: CheckedRequest,
  collection: Collection<R>,
  kind: SeatKind,
  world: IblWorld,
): Promise<{ readonly record: R; readonly license: License } | Problem> {
  const { assignment_id, license_id } = request.query;
  const missing = checkLicenseId(license_id, world);
  if (missing) return missing;
  const record = await world.in(collection).get(Number(assignment_id));
  const isNamed = license_id === undefined || Number(license_id) === record?.license_id;
  if (!record) world.note('IBL-REMOVE');
  if (!record || !isNamed) return { problem: 'not-found' };
  const license = await findLicense(record.license_id, sightOf(request), kind, world);
  return isProblem(license) ? license : { record, license };
}
