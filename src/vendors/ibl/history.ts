/** Every creation and update of a license writes a record of the changes: ledger row IBL-HISTORY. */
import { isDeepStrictEqual } from 'node:util';
import { showInstant } from '../../frameworks/django-rest-framework/instant.ts';
import type { Json } from '../../messages/json.ts';
import type { IblWorld } from './credentials.ts';
import { history, type HistoryEntry, type License } from './records.ts';

const TRACKED = [
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
  'program_key',
] as const satisfies readonly (keyof License)[];

/** `at` has the form in which it is shown. */
export type Change = Pick<HistoryEntry, 'change_type' | 'transaction_id' | 'by' | 'at'>;

/** `before` is undefined for a creation. */
export async function writeHistory(
  before: License | undefined,
  after: License,
  change: Change,
  world: Pick<IblWorld, 'in'>,
): Promise<void> {
  const records = world.in(history);
  await records.insert({
    id: await records.nextId(),
    license_id: after.id,
    ...change,
    changes: changesBetween(before, after),
  });
}

function changesBetween(before: License | undefined, after: License): HistoryEntry['changes'] {
  const changes: Record<string, { from: Json; to: Json }> = {};
  for (const field of TRACKED) {
    if (before && isDeepStrictEqual(before[field], after[field])) continue;
    changes[field] = { from: before ? shown(before, field) : null, to: shown(after, field) };
  }
  return changes;
}

function shown(license: License, field: (typeof TRACKED)[number]): Json {
  const value = license[field];
  const isInstant = (field === 'started' || field === 'expired') && typeof value === 'string';
  return isInstant ? showInstant(value) : value;
}
