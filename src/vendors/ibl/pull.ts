/** What ibl's lists show, as a section of a scenario. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { Ask, PullPart } from '../vendor.ts';

export const pull: PullPart = {
  async read(ask) {
    const found = await readPages(ask, '/api/catalog/licenses/program/');
    const platforms = new Set(found.map((license) => license['platform_key']));
    const programs = new Map(found.map((license) => [programOf(license), license]));
    return {
      platforms: [...platforms].map((key = null) => ({ key })),
      programs: [...programs.values()].map((license) =>
        pick(license, {
          key: 'program_key',
          id: 'program_id',
          name: 'program_name',
          platform: 'platform_key',
        }),
      ),
      licenses: found.map(toEntry).toReversed(),
    };
  },
  kept: ['licenses[].source'],
};

const PAGE_SIZE = 100;

/** Newest first. A license that moves to the next page while the list is read counts once. */
async function readPages(ask: Ask, path: string): Promise<readonly JsonObject[]> {
  const found = new Map<Json, JsonObject>();
  for (let page = 1; ; page += 1) {
    const query = { verbose: 'true', page_size: String(PAGE_SIZE), page: String(page) };
    const body = await ask({ method: 'GET', path, query });
    const { count = 0, results = [] } = isJsonObject(body) ? body : {};
    const shown = Array.isArray(results) ? results.filter(isJsonObject) : [];
    for (const each of shown) found.set(each['id'] ?? null, each);
    if (shown.length === 0 || found.size >= Number(count)) return [...found.values()];
  }
}

function programOf(license: JsonObject): string {
  return JSON.stringify([license['platform_key'], license['program_key']]);
}

const FIELDS = [
  'id',
  'platform_key',
  'program_key',
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

function toEntry(license: JsonObject): JsonObject {
  const { count = 0, usage_count: used = 0, assignments } = license;
  const shown = isJsonObject(assignments) ? assignments : { active: used };
  // A scenario has no more active assignments than seats.
  const active = Math.min(Number(shown['active'] ?? 0), Number(count));
  return {
    ...pick(license, Object.fromEntries(FIELDS.map((name) => [name, name]))),
    assignments: { active, pending: Math.max(0, Number(used) - active) },
  };
}

/** The fields that are there, under other names. */
function pick(record: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, from]): [string, Json][] => {
      const value = record[from];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
