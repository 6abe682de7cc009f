import { isProblem } from '../../../frameworks/framework.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig } from '../credentials.ts';
import { changeNow, writeAssignmentHistory, writeGroupHistory } from '../history.ts';
import type { SeatKind } from '../kinds.ts';
import { removed } from '../seats/removed.ts';
import { putAssignment } from '../seats/usage.ts';
import { findNamed } from './unassign.ts';

/** Deletes a group assignment and the members' assignments that it made, unless `remove_user_assignments` is false. */
export function unassignGroup(kind: SeatKind): Handler<IblConfig> {
  return async (request, world) => {
    const found = await findNamed(request, kind.groupAssignments, kind, world);
    if (isProblem(found)) return found;
    const { record, license } = found;
    const isKept = request.query['remove_user_assignments'] === 'false';
    const where = [{ field: 'group_assignment_id', equals: record.id }] as const;
    let counted = license;
    for (const before of await world.in(kind.assignments).find({ where })) {
      const after = isKept ? { ...before, group_assignment_id: null } : undefined;
      counted = await putAssignment(before, after, counted, kind, world);
      if (after) continue;
      const change = changeNow('unassign', request.identity, world);
      await writeAssignmentHistory(before, undefined, change, kind, world);
    }
    await world.in(kind.groupAssignments).remove(record.id);
    const change = changeNow('unassign', request.identity, world);
    await writeGroupHistory(record, undefined, change, kind, world);
    return removed(world);
  };
}
