import type { CheckedRequest, Problem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Reply } from '../../../messages/message.ts';
import type { Collection, Condition } from '../../../store/store.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import type { SeatKind } from '../kinds.ts';
import { answerPage, findMissingPlatform, readSort } from '../lists.ts';
import type { Assignment, GroupAssignment, License } from '../records.ts';
import { findSeen, sightOf } from '../seats/find.ts';
import { showAssignment, showGroupAssignment } from '../seats/show.ts';

export function listAssignments(kind: SeatKind): Handler<IblConfig> {
  return (request, world) => {
    const own = world.choose('IBL-MEMBERS-LISTED') === 'direct' ? DIRECT : [];
    return answerList(request, kind.assignments, ASSIGNMENTS, own, showAssignment, kind, world);
  };
}

export function listGroupAssignments(kind: SeatKind): Handler<IblConfig> {
  return (request, world) => {
    const fields = GROUP_ASSIGNMENTS;
    return answerList(request, kind.groupAssignments, fields, [], showGroupAssignment, kind, world);
  };
}

/** IBL-MEMBERS-LISTED: whether the list has what group assignments made. */
const DIRECT: readonly Condition<Assignment>[] = [{ field: 'direct', equals: true }];

type Fields<R extends object> = {
  readonly sortable: readonly (keyof R & string)[];
  readonly filters: Readonly<Record<string, (value: string) => Condition<R>>>;
};

const ASSIGNMENTS: Fields<Assignment> = {
  sortable: ['id', 'user_id', 'email', 'active', 'fulfilled', 'direct', 'created', 'modified'],
  filters: {
    active: (value) => ({ field: 'active', equals: value === 'true' }),
    email: (value) => ({ field: 'email_key', equals: value.toLowerCase() }),
    fulfilled: (value) => ({ field: 'fulfilled', equals: value === 'true' }),
    user_id: (value) => ({ field: 'user_id', equals: Number(value) }),
  },
};

const GROUP_ASSIGNMENTS: Fields<GroupAssignment> = {
  sortable: ['id', 'group_id', 'active', 'fulfilled', 'created', 'modified'],
  filters: {
    active: (value) => ({ field: 'active', equals: value === 'true' }),
    fulfilled: (value) => ({ field: 'fulfilled', equals: value === 'true' }),
    group_id: (value) => ({ field: 'group_id', equals: Number(value) }),
  },
};

/** Ledger row IBL-UNKNOWN-LISTED: the list of a license that nobody knows, or of another platform. */
async function answerList<R extends Assignment | GroupAssignment>(
  request: CheckedRequest,
  collection: Collection<R>,
  { sortable, filters }: Fields<R>,
  own: readonly Condition<R>[],
  show: (record: R, license: License, kind: SeatKind, world: IblWorld) => Promise<JsonObject>,
  kind: SeatKind,
  world: IblWorld,
): Promise<Reply | Problem> {
  const refusal = findMissingPlatform(request, world);
  if (refusal) return refusal;
  const query = request.query as Readonly<Record<string, string>>;
  const license = await findSeen(Number(query['license_id']), sightOf(request), kind, world);
  if (!license && world.choose('IBL-UNKNOWN-LISTED') === 'not-found') {
    return { problem: 'not-found' };
  }
  const where: Condition<R>[] = [{ field: 'license_id', equals: license?.id ?? null }, ...own];
  for (const [name, value] of Object.entries(query)) {
    const isDocumented = Object.hasOwn(request.route.operation.query, name);
    const filter = isDocumented && Object.hasOwn(filters, name) ? filters[name] : undefined;
    if (filter) where.push(filter(value));
  }
  const sort = readSort<R>(query['sort'], sortable, { field: 'id', direction: 'ascending' }, world);
  const shown = (record: R) => (license ? show(record, license, kind, world) : {});
  return answerPage(request, collection, { where, sort }, shown, world);
}
