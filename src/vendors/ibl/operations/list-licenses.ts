import type { Operation } from '../../../openapi/operation.ts';
import type { Condition } from '../../../store/store.ts';
import type { Handler } from '../../vendor.ts';
import type { IblConfig, IblWorld } from '../credentials.ts';
import type { SubjectField } from '../kind-table.ts';
import type { Kind } from '../kinds.ts';
import { showListed, whereActive } from '../license.ts';
import { answerPage, findMissingPlatform, readSort } from '../lists.ts';
import type { License } from '../records.ts';

export function listLicenses(kind: Kind): Handler<IblConfig> {
  return async (request, world) => {
    const refusal = findMissingPlatform(request, world);
    if (refusal) return refusal;
    const { identity, route } = request;
    const query = request.query as Readonly<Record<string, string>>;
    const where = licenseFilters(query, identity.scope, kind, route.operation, world);
    const sort = readSort<License>(
      query['sort'],
      [...SORTABLE, ...kind.shows],
      { field: 'id', direction: 'descending' },
      world,
    );
    const isVerbose = query['verbose'] === 'true';
    const show = (license: License) => showListed(license, isVerbose, kind, world);
    return answerPage(request, kind.licenses, { where, sort }, show, world);
  };
}

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
  query: (value) => ({ field: 'name', contains: value }),
  source: (value) => ({ field: 'source', equals: value }),
};

const ALIASES = [
  ['key', 'platform_key'],
  ['org', 'platform_org'],
] as const;

/** The fields of every license that a list can be sorted by. */
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
] as const satisfies readonly (keyof License)[];

/** All conditions must match. A platform admin sees only their platform. Undocumented parameters filter on metadata. */
function licenseFilters(
  query: Readonly<Record<string, string>>,
  scope: string | undefined,
  { subject }: Kind,
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
    if (!Object.hasOwn(documented, name)) {
      world.note(name === 'format' ? 'IBL-FORMAT-PARAM' : 'IBL-METADATA-FILTER');
      where.push({ field: 'metadata', at: name, equals: value });
      continue;
    }
    if (name === 'program_id') world.note('IBL-PROGRAM-ID');
    const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
    if (filter) where.push(filter(value, world));
    else if (subject && Object.hasOwn(subject.fields, name)) {
      where.push({ field: name as SubjectField, equals: value });
    }
  }
  return where;
}
