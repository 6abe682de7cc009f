/**
 * Every change of a license or an assignment writes a record of what changed: ledger row IBL-HISTORY. It is stored as two
 * objects of fields, because an object for each field would be most of what a license takes in memory.
 */
import { isDeepStrictEqual } from 'node:util';
import { showInstant, toStored } from '../../frameworks/django-rest-framework/instant.ts';
import type { Identity } from '../../frameworks/framework.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
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
  const tracked = subject ? [...LICENSE, subject.field] : LICENSE;
  await write({ license_id: after.id, ...change, ...changed(before, after, tracked) }, kind, world);
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
  const fields = changed(before, after, ASSIGNMENT);
  await write({ license_id, assignment_id: id, ...change, ...fields }, kind, world);
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
  const fields = changed(before, after, GROUP_ASSIGNMENT);
  await write({ license_id, group_assignment_id: id, ...change, ...fields }, kind, world);
}

async function write(
  entry: Omit<HistoryEntry, 'id'>,
  { history }: Kind,
  world: Pick<IblWorld, 'in'>,
): Promise<void> {
  const records = world.in(history);
  await records.insert({ id: await records.nextId(), ...entry });
}

type Fields = Pick<HistoryEntry, 'before' | 'after'>;

function changed<R extends object>(
  before: R | undefined,
  after: R | undefined,
  tracked: readonly (keyof R & string)[],
): Fields {
  const isChanged = (field: keyof R & string): boolean =>
    !isDeepStrictEqual(shown(before, field), shown(after, field));
  const fields = before && after ? tracked.filter(isChanged) : tracked;
  const of = (record: R | undefined): JsonObject =>
    Object.fromEntries(fields.map((field) => [field, shown(record, field)]));
  return withoutNothing(of(before), of(after));
}

/** A side of which all is null is null: an entry has one form, whether it was written here or read from a scenario. */
function withoutNothing(before: JsonObject, after: JsonObject): Fields {
  if (isNothing(before)) return { before: null, after };
  return { before, after: isNothing(after) ? null : after };
}

function isNothing(side: JsonObject): boolean {
  return Object.values(side).every((value) => value === null);
}

function shown<R extends object>(record: R | undefined, field: keyof R & string): Json {
  const value = (record?.[field] ?? null) as Json;
  const isInstant = (field === 'started' || field === 'expired') && typeof value === 'string';
  return isInstant ? showInstant(value) : value;
}

/** The old and the new value of each changed field, as a scenario has them. */
export type Changes = Readonly<Record<string, { readonly from: Json; readonly to: Json }>>;

/** The old value is null for a creation, the new one for a removal. */
export function toChanges({ before, after }: Fields): Changes {
  return Object.fromEntries(
    Object.keys(after ?? before ?? {}).map((field) => [
      field,
      { from: before?.[field] ?? null, to: after?.[field] ?? null },
    ]),
  );
}

export function fromChanges(changes: Changes): Fields {
  const all = Object.entries(changes);
  const of = (side: 'from' | 'to'): JsonObject =>
    Object.fromEntries(all.map(([field, values]) => [field, values[side]]));
  return withoutNothing(of('from'), of('to'));
}
