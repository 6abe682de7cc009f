import { isProblem } from '../../../frameworks/framework.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig } from '../credentials.ts';
import { changeNow, writeGroupHistory } from '../history.ts';
import type { SeatKind } from '../kinds.ts';
import { changeSeats, removalOf } from '../seats/change-seats.ts';
import { seatsWithout } from '../seats/members.ts';
import { removed } from '../seats/removed.ts';
import { findNamed } from './unassign.ts';

/** Deletes a group assignment and the members' assignments that it made, unless `remove_user_assignments` is false. */
export function unassignGroup(kind: SeatKind): Handler<IblConfig> {
  return async (request, world) => {
    const found = await findNamed(request, kind.groupAssignments, kind, world);
    if (isProblem(found)) return found;
    const { record, license } = found;
    const isKept = request.query['remove_user_assignments'] === 'false';
    const changes = await seatsWithout(record, isKept, kind, world);
    const changed = await changeSeats(changes, license, kind, request.identity, world);
    if (isProblem(changed)) return changed;
    const after = removalOf(record, world);
    const records = world.in(kind.groupAssignments);
    await (after ? records.update(after) : records.remove(record.id));
    const change = changeNow(after ? 'update' : 'unassign', request.identity, world);
    await writeGroupHistory(record, after, change, kind, world);
    return removed(world);
  };
}
