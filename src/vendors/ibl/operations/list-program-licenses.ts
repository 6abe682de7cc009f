import { isProblem } from '../../../frameworks/framework.ts';
import type { Operation } from '../../../openapi/operation.ts';
import type { Condition, Query } from '../../../store/store.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import { isActiveIn, showLicense, showVerbose, whereActive } from '../license.ts';
import { findPage, showPage } from '../pages.ts';
import { licenses, type License } from '../records.ts';

export const listProgramLicenses: Handler<IblConfig> = async (request, world) => {
  const { http, identity, route } = request;
  const query = request.query as Readonly<Record<string, string>>;
  const records = world.in(licenses);
  const where = licenseFilters(query, identity.scope, route.operation, world);
  const total = await records.count(where);
  const page = findPage(query, total, world);
  if (isProblem(page)) return page;

  const { offset, limit } = page;
  const sort = licenseSort(query['sort'], world);
  const found = await records.find({ where, sort, offset, limit });
  const show = query['verbose'] === 'true' ? showVerbose : showLicense;
  const isActive = isActiveIn(world);
  const shown = found.map((license) => show(license, isActive(license)));
  const body = showPage(total, page, shown, http, world.choose('IBL-PAGE-LINKS'));
  return { status: 200, body };
};

type FilterOf = (value: string, world: IblWorld) => Condition<License>;

/** If a request filters by two names of the same thing, both must match. */
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

/** All conditions must match. A platform admin sees only their platform. Undocumented parameters filter on metadata. */
function licenseFilters(
  query: Readonly<Record<string, string>>,
  scope: string | undefined,
  { query: documented }: Operation,
  world: IblWorld,
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

type Sort = NonNullable<Query<License>['sort']>;

/** The fields of a license that a list can be sorted by. */
const SORTABLE = [
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
] as const satisfies readonly (keyof License)[];

const NEWEST_FIRST: Sort = { field: 'id', direction: 'descending' };

/** A leading `-` means descending. If there are several terms (comma-separated), the first known field counts. */
function licenseSort(text: string | undefined, world: IblWorld): Sort {
  if (text === undefined) return NEWEST_FIRST;
  const terms = text.split(',').map((term) => term.trim());
  const valid = terms.flatMap((term) => parseTerm(term) ?? []);
  if (valid.length !== 1 || terms.length !== 1) world.note('IBL-SORT');
  return valid[0] ?? NEWEST_FIRST;
}

function parseTerm(term: string): Sort | undefined {
  const isDescending = term.startsWith('-');
  const name = isDescending ? term.slice(1) : term;
  const field = SORTABLE.find((each) => each === name);
  return field && { field, direction: isDescending ? 'descending' : 'ascending' };
}
