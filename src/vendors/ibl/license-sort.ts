/** The query parameter `sort`. */
import type { Query } from '../../store/store.ts';
import type { World } from '../vendor.ts';
import type { IblConfig } from './credentials.ts';
import type { License } from './records.ts';

type Sort = NonNullable<Query<License>['sort']>;

/** Every field of a license's answer that has an order. */
const SORTABLE = new Map(
  (
    [
      'id',
      'created',
      'started',
      'expired',
      'name',
      'count',
      'active',
      'source',
      'external_id',
      'platform_key',
      'program_id',
      'program_key',
      'program_name',
      'usage_count',
    ] as const
  ).map((field) => [field as string, field]),
);

const NEWEST_FIRST: Sort = { field: 'id', direction: 'descending' };

/** `-` in front means descending. Of several, separated by commas, the first that is a field counts. */
export function licenseSort(text: string | undefined, world: World<IblConfig>): Sort {
  if (text === undefined) return NEWEST_FIRST;
  const terms = text.split(',').map((term) => term.trim());
  const valid = terms.flatMap((term) => parseTerm(term) ?? []);
  if (valid.length !== 1 || terms.length !== 1) world.note('IBL-SORT');
  return valid[0] ?? NEWEST_FIRST;
}

function parseTerm(term: string): Sort | undefined {
  const isDescending = term.startsWith('-');
  const field = SORTABLE.get(isDescending ? term.slice(1) : term);
  return field && { field, direction: isDescending ? 'descending' : 'ascending' };
}
