import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { kindOf, openIblWorld } from '../../../../test/support/ibl-world.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { License } from '../records.ts';

type Shown = JsonObject & { id: number };
type World = Awaited<ReturnType<typeof openIblWorld>>;

const names = ['Spring', 'spring term', 'Autumn', 'AUTUMN', 'Ärzte', ''];
const license = fc.record({
  platform_key: fc.constantFrom('acme', 'beta', 'gamma'),
  program_key: fc.constantFrom('bar', 'law'),
  name: fc.constantFrom(...names, 'x').filter((name) => name !== ''),
  count: fc.integer({ min: 0, max: 5 }),
  active: fc.boolean(),
  source: fc.constantFrom('api', 'stripe'),
  started: fc.constantFrom('now', 'now-1d', 'now+1d'),
  expired: fc.constantFrom(null, 'now', 'now+1d'),
  metadata: fc.constantFrom<JsonObject>(
    {},
    { region: 'emea' },
    { region: 5 },
    { region: true, x: '' },
  ),
});

const section = {
  credentials: [
    { token: 'dm-admin', role: 'dm-admin' },
    { token: 'acme', role: 'platform-admin', platform: 'acme' },
  ],
  platforms: [{ key: 'acme' }, { key: 'beta', org: 'acme' }, { key: 'gamma' }],
};

let world: World;
let all: readonly License[];
beforeAll(async () => {
  const sampled = fc.sample(license, { numRuns: 137, seed: 11 });
  const withExternalIds = sampled.map((each, i) =>
    i % 3 === 0 ? { ...each, external_id: `e-${i}` } : each,
  );
  world = await openIblWorld({ section: { ...section, licenses: withExternalIds } });
  all = await world.run(({ in: records }) => records(kindOf('program').licenses).find());
});

async function pageOf(query: string, token = 'dm-admin') {
  const { answer, notes } = await world.ask('listProgramLicenses', { query, token });
  if (!('status' in answer)) return { problem: answer, notes };
  const body = answer.body as JsonObject & { count: number; results: Shown[] };
  return { body, notes };
}

/** Returns the licenses of all pages, in the order of the pages. */
async function walk(query: string, size: number, token?: string): Promise<Shown[]> {
  const found: Shown[] = [];
  for (let page = 1; ; page++) {
    const { body } = await pageOf(`${query}&page_size=${size}&page=${page}`, token);
    if (!body) throw new Error(`There is no page ${page} of ${query}.`);
    found.push(...body.results);
    if (body['next_page'] === null) return found;
  }
}

const sortable = ['id', 'created', 'started', 'expired', 'name', 'count', 'active', 'source'];
const sort = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.constantFrom(
      ...sortable,
      'external_id',
      'platform_key',
      'program_id',
      'program_key',
      'program_name',
      'usage_count',
    ),
  )
  .map((parts) => parts.join(''));

const filters = {
  name: fc.constantFrom('Spring', 'nope'),
  query: fc.constantFrom('spring', 'AUT', 'ä'),
  program_id: fc.constantFrom('bar', 'nope'),
  platform_key: fc.constantFrom('acme', 'beta'),
  key: fc.constantFrom('acme', 'beta'),
  platform_org: fc.constantFrom('acme', 'gamma'),
  org: fc.constantFrom('acme', 'gamma'),
  source: fc.constantFrom('api', 'stripe'),
  active: fc.constantFrom('true', 'false'),
  external_id: fc.constantFrom('e-0', 'e-3', 'nope'),
  region: fc.constantFrom('emea', '5', 'true'),
};
const query = fc.record(filters, { requiredKeys: [] });

/** A simple model of the filters. */
function isFound(each: License, given: Readonly<Record<string, string | undefined>>): boolean {
  const same = (value: unknown, wanted: string | undefined) =>
    wanted === undefined || String(value) === wanted;
  return (
    same(each.name, given['name']) &&
    each.name.toLowerCase().includes((given['query'] ?? '').toLowerCase()) &&
    same(each.program_id, given['program_id']) &&
    same(each.platform_key, given['platform_key']) &&
    same(each.platform_key, given['key']) &&
    same(each.platform_org, given['platform_org']) &&
    same(each.platform_org, given['org']) &&
    same(each.source, given['source']) &&
    same(each.active, given['active']) &&
    (given['external_id'] === undefined || each.external_id === given['external_id']) &&
    same(each.metadata['region'], given['region'])
  );
}

describe('pages', () => {
  it('together show every record once, under any sort, filter and size', async () => {
    await fc.assert(
      fc.asyncProperty(query, sort, fc.integer({ min: 1, max: 100 }), async (given, by, size) => {
        const search = new URLSearchParams({ ...given, sort: by }).toString();
        const ids = (await walk(search, size)).map(({ id }) => id);
        const wanted = all.filter((each) => isFound(each, given)).map(({ id }) => id);
        expect(ids.toSorted((a, b) => a - b)).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it('come in the order that was asked for, both ways', async () => {
    for (const field of sortable) {
      const up = (await walk(`sort=${field}`, 50)).map(({ id }) => id);
      const down = (await walk(`sort=-${field}`, 50)).map(({ id }) => id);
      expect(down).toEqual(up.toReversed());
    }
    const byCount = await walk('sort=count', 50);
    const counts = byCount.map(({ count }) => Number(count));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    const ends = (await walk('sort=expired', 50)).map(({ expired }) => expired);
    expect(ends.slice(ends.indexOf(null)).every((end) => end === null)).toBe(true);
  });

  it('count what is found', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (given) => {
        const { body } = await pageOf(new URLSearchParams(given).toString());
        expect(body?.count).toBe(all.filter((each) => isFound(each, given)).length);
      }),
    );
  });

  it.each([
    ['page=8', 'Invalid page.'],
    ['page=0', 'Invalid page.'],
    ['page=-1', 'Invalid page.'],
    ['page=99999999999999999999', 'Invalid page.'],
    ['name=nope&page=2', 'Invalid page.'],
  ])('%s is not there', async (search, detail) => {
    expect((await pageOf(search)).problem).toEqual({ problem: 'not-found', detail });
  });

  it('have a first one even when nothing is found', async () => {
    expect((await pageOf('name=nope&page=1')).body).toEqual({
      count: 0,
      next_page: null,
      previous_page: null,
      results: [],
    });
  });
});

it('IBL-PLATFORM-SCOPE: a platform admin sees their platform alone, whatever they ask for', async () => {
  await fc.assert(
    fc.asyncProperty(query, async (given) => {
      const found = await walk(new URLSearchParams(given).toString(), 100, 'acme');
      const wanted = all.filter((each) => each.platform_key === 'acme' && isFound(each, given));
      expect(found.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id).toReversed());
    }),
    { numRuns: 30 },
  );
});
