/** What ibl's lists show, as a section of a scenario. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { Ask, PullPart } from '../vendor.ts';
import { kinds, subjects, type Kind } from './kinds.ts';
import type { Subject } from './subjects.ts';

export const pull: PullPart = {
  async read(ask, { hasSeats }) {
    const read: { readonly kind: Kind; readonly licenses: readonly JsonObject[] }[] = [];
    for (const kind of kinds) {
      const path = `/api/catalog/licenses/${kind.name}/`;
      read.push({ kind, licenses: await readPages(ask, path, { verbose: 'true' }) });
    }
    const all = read.flatMap(({ licenses }) => licenses);
    const people: People = { users: new Map(), groups: new Map() };
    const lists: [string, JsonObject[]][] = [];
    for (const { kind, licenses } of read) {
      const entries: JsonObject[] = [];
      // Lists begin with the newest.
      for (const license of licenses.toReversed()) {
        const seats =
          hasSeats && kind.seats
            ? await readSeats(ask, license, kind, people)
            : countSeats(license, kind);
        entries.push({ ...toEntry(license, kind), ...seats });
      }
      lists.push([kind.list, entries]);
    }
    return {
      platforms: [...new Set(all.map((license) => license['platform_key']))].map((key = null) => ({
        key,
      })),
      users: [...people.users.values()],
      groups: [...people.groups.values()],
      ...Object.fromEntries(subjects.map((subject) => [subject.list, subjectsOf(all, subject)])),
      ...Object.fromEntries(lists),
    };
  },
  kept: kinds.map(({ list }) => `${list}[].source`),
};

const PAGE_SIZE = 100;

/** A record that moves to the next page while the list is read counts once. */
async function readPages(
  ask: Ask,
  path: string,
  filters: Readonly<Record<string, string>>,
): Promise<readonly JsonObject[]> {
  const found = new Map<Json, JsonObject>();
  for (let page = 1; ; page += 1) {
    const query = { ...filters, page_size: String(PAGE_SIZE), page: String(page) };
    const body = await ask({ method: 'GET', path, query });
    const { count = 0, results = [] } = isJsonObject(body) ? body : {};
    const shown = Array.isArray(results) ? results.filter(isJsonObject) : [];
    for (const each of shown) found.set(each['id'] ?? null, each);
    if (shown.length === 0 || found.size >= Number(count)) return [...found.values()];
  }
}

const FIELDS = [
  'id',
  'platform_key',
  'name',
  'count',
  'created',
  'started',
  'expired',
  'external_id',
  'active',
  'metadata',
  'source',
];

function toEntry(license: JsonObject, { subject }: Kind): JsonObject {
  return pick(license, subject ? [...FIELDS, subject.field] : FIELDS);
}

/** How many seats are taken: the scenario makes up who has them. */
function countSeats(license: JsonObject, { seats }: Kind): JsonObject {
  if (!seats) return {};
  const { count = 0, usage_count: used = 0, assignments } = license;
  const shown = isJsonObject(assignments) ? assignments : { active: used };
  // A scenario has no more active assignments than seats.
  const active = Math.min(Number(shown['active'] ?? 0), Number(count));
  return { assignments: { active, pending: Math.max(0, Number(used) - active) } };
}

type People = {
  readonly users: Map<Json, JsonObject>;
  readonly groups: Map<Json, JsonObject>;
};

const HELD = ['id', 'active', 'fulfilled', 'redirect_to', 'metadata', 'created', 'modified'];

/** Who has a seat. Adds the users and groups of the license. */
async function readSeats(
  ask: Ask,
  license: JsonObject,
  { name: kind }: Kind,
  { users, groups }: People,
): Promise<JsonObject> {
  const { id: license_id = null, platform_key = null } = license;
  const filters = { license_id: String(license_id), platform_key: String(platform_key) };
  const path = `/api/catalog/licenses/${kind}/assignment/`;
  const assignments = await readPages(ask, path, filters);
  for (const { user_id: id = null, username = null, email = null, name } of assignments) {
    if (id === null) continue;
    const known = { id, username, email, platform_key };
    users.set(id, { ...known, ...(typeof name === 'string' && { name }) });
  }
  const grouped = await readPages(ask, `${path}group/`, filters);
  for (const { group_id: id = null, group_name: name = null } of grouped) {
    groups.set(id, { id, name, platform_key });
  }
  return {
    assignments: assignments.map((each) => pick(each, [...HELD, 'user_id', 'email', 'direct'])),
    group_assignments: grouped.map((each) => pick(each, [...HELD, 'group_id'])),
  };
}

/** Names in a scenario, by those in a subject's record. */
const NAMES = { key: 'key', program_id: 'id', name: 'name' } as const;

function subjectsOf(all: readonly JsonObject[], { field, fields }: Subject): JsonObject[] {
  const found = all
    .filter((license) => typeof license[field] === 'string')
    .map((license) => ({
      ...Object.fromEntries(
        Object.entries(fields).map(([from, name]) => [NAMES[name], license[from] ?? null]),
      ),
      platform: license['platform_key'] ?? null,
    }));
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

function pick(record: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const value = record[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
