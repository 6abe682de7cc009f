/** Every change of a license or an assignment writes a record of what changed: ledger row IBL-HISTORY. */
import { isDeepStrictEqual } from 'node:util';
import { showInstant, toStored } from '../../frameworks/django-rest-framework/instant.ts';
import type { Identity } from '../../frameworks/framework.ts';
import type { Json } from '../../messages/json.ts';
import type { IblWorld } from './credentials.ts';
import type { Kind } from './kinds.ts';
import type { Assignment, GroupAssignment, HistoryEntry, License } from './records.ts';

const LICENSE = [
  'name',
  'count',
  'started',
  'expired',
  'active',
  'metadata',
  'enrollment_config',
  'source',
  'external_id',
  'platform_key',
] as const satisfies readonly (keyof License)[];

const ASSIGNMENT = [
  'user_id',
  'email',
  'active',
  'fulfilled',
  'direct',
  'redirect_to',
  'metadata',
  'group_assignment_id',
] as const satisfies readonly (keyof Assignment)[];

const GROUP_ASSIGNMENT = [
  'group_id',
  'active',
  'fulfilled',
  'redirect_to',
  'metadata',
] as const satisfies readonly (keyof GroupAssignment)[];

/** `at` has the form in which it is shown. */
export type Change = Pick<HistoryEntry, 'change_type' | 'transaction_id' | 'by' | 'at'>;

/** A change that is made now, by the caller. */
export function changeNow(
  change_type: string,
  { name }: Identity,
  { now }: IblWorld,
  transaction_id: string | null = null,
): Change {
  return { change_type, transaction_id, by: name, at: showInstant(toStored(now)) };
}

/** `before` is undefined for a creation. */
export async function writeHistory(
  before: License | undefined,
  after: License,
  change: Change,
  kind: Kind,
  world: Pick<IblWorld, 'in'>,
): Promise<void> {
  const { subject } = kind;
  const changes = changesBetween(before, after, subject ? [...LICENSE, subject.field] : LICENSE);
  await write({ license_id: after.id, ...change, changes }, kind, world);
}

/** `before` is undefined for a creation, `after` for a removal. */
export async function writeAssignmentHistory(
  before: Assignment | undefined,
  after: Assignment | undefined,
  change: Change,
  kind: Kind,
  world: Pick<IblWorld, 'in'>,
): Promise<void> {
  const { id, license_id } = after ?? before ?? {};
  if (id === undefined || license_id === undefined) return;
  const changes = changesBetween(before, after, ASSIGNMENT);
  await write({ license_id, assignment_id: id, ...change, changes }, kind, world);
}

/** `before` is undefined for a creation, `after` for a removal. */
export async function writeGroupHistory(
  before: GroupAssignment | undefined,
  after: GroupAssignment | undefined,
  change: Change,
  kind: Kind,
  world: Pick<IblWorld, 'in'>,
): Promise<void> {
  const { id, license_id } = after ?? before ?? {};
  if (id === undefined || license_id === undefined) return;
  const changes = changesBetween(before, after, GROUP_ASSIGNMENT);
  await write({ license_id, group_assignment_id: id, ...change, changes }, kind, world);
}

async function write(
  entry: Omit<HistoryEntry, 'id'>,
  { history }: Kind,
  world: Pick<IblWorld, 'in'>,
): Promise<void> {
  const records = world.in(history);
  await records.insert({ id: await records.nextId(), ...entry });
}

function changesBetween<R extends object>(
  before: R | undefined,
  after: R | undefined,
  tracked: readonly (keyof R & string)[],
): HistoryEntry['changes'] {
  const changes: Record<string, { from: Json; to: Json }> = {};
  for (const field of tracked) {
    const from = shown(before, field);
    const to = shown(after, field);
    if (!before || !after || !isDeepStrictEqual(from, to)) changes[field] = { from, to };
  }
  return changes;
}

function shown<R extends object>(record: R | undefined, field: keyof R & string): Json {
  const value = (record?.[field] ?? null) as Json;
  const isInstant = (field === 'started' || field === 'expired') && typeof value === 'string';
  return isInstant ? showInstant(value) : value;
}
