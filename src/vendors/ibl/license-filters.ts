/** Query parameters of the list as conditions that must all hold. */
import type { Condition } from '../../store/store.ts';
import type { Operation } from '../../openapi/operation.ts';
import type { World } from '../vendor.ts';
import type { IblConfig } from './credentials.ts';
import { whereActive } from './is-active.ts';
import type { License } from './records.ts';

type FilterOf = (value: string, world: World<IblConfig>) => Condition<License>;

/** Two names of one thing may both be given; both must hold. */
const FILTERS: Readonly<Record<string, FilterOf>> = {
  active: (value, world) => whereActive(value === 'true', world),
  external_id: (value) => ({ field: 'external_id', equals: value }),
  key: (value) => ({ field: 'platform_key', equals: value }),
  name: (value) => ({ field: 'name', equals: value }),
  org: (value) => ({ field: 'platform_org', equals: value }),
  platform_key: (value) => ({ field: 'platform_key', equals: value }),
  platform_org: (value) => ({ field: 'platform_org', equals: value }),
  program_id: (value, { note }) => {
    note('IBL-PROGRAM-ID');
    return { field: 'program_id', equals: value };
  },
  query: (value) => ({ field: 'name', contains: value }),
  source: (value) => ({ field: 'source', equals: value }),
};

const ALIASES = [
  ['key', 'platform_key'],
  ['org', 'platform_org'],
] as const;

/** A platform admin sees their platform alone. What is no documented parameter filters on metadata. */
export function licenseFilters(
  query: Readonly<Record<string, string>>,
  scope: string | undefined,
  { query: documented }: Operation,
  world: World<IblConfig>,
): Condition<License>[] {
  const where: Condition<License>[] = [];
  if (scope !== undefined) {
    world.note('IBL-PLATFORM-SCOPE');
    where.push({ field: 'platform_key', equals: scope });
  }
  if (ALIASES.some((names) => names.every((name) => query[name]))) world.note('IBL-KEY-ALIASES');
  for (const [name, value] of Object.entries(query)) {
    if (value === '') continue;
    const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
    if (filter) {
      where.push(filter(value, world));
    } else if (!Object.hasOwn(documented, name)) {
      world.note(name === 'format' ? 'IBL-FORMAT-PARAM' : 'IBL-METADATA-FILTER');
      where.push({ field: 'metadata', at: name, equals: value });
    }
  }
  return where;
}
