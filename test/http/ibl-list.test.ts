import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIbl, PROGRAM_LICENSES, type Ibl } from '../support/ibl-http.ts';

const scenario = `
ibl:
  platforms: [{ key: acme, org: group }, { key: beta, org: group }, { key: gamma }]
  licenses:
    - { platform_key: acme, program_key: bar, name: Spring, count: 30, external_id: e-1, source: partner, metadata: { zone: emea, tier: 1, vip: true }, assignments: { active: 20, pending: 3 } }
    - { platform_key: acme, program_key: law, name: spring term, count: 20, metadata: { zone: apac, format: xml } }
    - { platform_key: beta, program_key: bar, name: Autumn, count: 10, active: false, metadata: { tier: "1" } }
    - { platform_key: gamma, program_key: bar, name: Winter, count: 40, expired: now+1d }
    - { generate: 41, platform_key: beta, program_key: many }
`;
const TOTAL = 45;

let ibl: Ibl;
beforeAll(async () => {
  ibl = await openIbl({ scenario });
});
afterAll(() => ibl.stop());

const idsOf = (answer: { body: Record<string, unknown> }) =>
  (answer.body['results'] as { id: number }[]).map(({ id }) => id);
const found = async (query: string) => idsOf(await ibl.list(query));

describe('filters', () => {
  it.each([
    ['name=Spring', [1]],
    ['name=spring', []],
    ['query=SPRING', [2, 1]],
    ['query=r&source=partner', [1]],
    ['program_id=law', [2]],
    ['platform_key=acme', [2, 1]],
    ['key=acme', [2, 1]],
    ['platform_org=group&program_id=bar', [3, 1]],
    ['org=gamma', [4]],
    ['external_id=e-1', [1]],
    ['active=false&program_id=bar', [3]],
    ['active=no&program_id=bar', [3]],
    ['name=Spring&name=Winter', [4]],
    ['external_id=e-1&platform_key=beta', []],
    ['name=%00', []],
  ])('%s', async (query, ids) => {
    expect(await found(query)).toEqual(ids);
  });

  it('IBL-KEY-ALIASES: key and platform_key must both hold', async () => {
    const both = await ibl.list('key=acme&platform_key=acme');
    expect(idsOf(both)).toEqual([2, 1]);
    expect(both.ledger).toContain('IBL-KEY-ALIASES');
    expect((await ibl.list('key=acme')).ledger).not.toContain('IBL-KEY-ALIASES');
    expect(await found('key=acme&platform_key=beta')).toEqual([]);
    expect(await found('org=group&platform_org=gamma')).toEqual([]);
  });

  it.each([
    ['zone=emea', [1]],
    ['tier=1', [3, 1]],
    ['vip=true', [1]],
    ['vip=True', []],
    ['zone=emea&tier=2', []],
    ['nope=1', []],
    ['metadata__zone=emea', []],
    ['__proto__=1', []],
  ])('IBL-METADATA-FILTER: %s filters on metadata', async (query, ids) => {
    const answer = await ibl.list(query);
    expect(idsOf(answer)).toEqual(ids);
    expect(answer.ledger).toContain('IBL-METADATA-FILTER');
    expect(answer.warnings).toBe(0);
  });

  it('on metadata that are empty are ignored', async () => {
    expect(await ibl.list('zone=')).toMatchObject({ warnings: 0, body: { count: TOTAL } });
  });

  it('IBL-FORMAT-PARAM: format names a renderer, and is no filter', async () => {
    const answer = await ibl.list('format=xml', { token: 'nobody' });
    expect(answer).toMatchObject({ status: 404, body: { detail: 'Not found.' } });
    expect(answer.ledger).toEqual(['IBL-FORMAT-PARAM']);
    expect((await ibl.list('format=json')).body['count']).toBe(TOTAL);
  });

  it('IBL-EMPTY-FILTER: an empty one is ignored, with a warning', async () => {
    const answer = await ibl.list('name=&active=&page=&sort=');
    expect(answer).toMatchObject({ status: 200, warnings: 4, body: { count: TOTAL } });
    expect(answer.ledger).toContain('IBL-EMPTY-FILTER');
  });

  it('IBL-REPEATED-PARAMETERS: the last of several counts, with a warning', async () => {
    const answer = await ibl.list('page=x&page=2&zone=apac&zone=emea&page=1');
    expect(answer).toMatchObject({ status: 200, warnings: 2 });
    expect(idsOf(answer)).toEqual([1]);
    expect(answer.ledger).toContain('IBL-REPEATED-PARAMETERS');
  });

  it('IBL-BOOLEAN-FILTER: what is no boolean is refused', async () => {
    expect(await ibl.list('active=maybe&verbose=2&page=x')).toMatchObject({
      status: 400,
      ledger: ['IBL-BOOLEAN-FILTER'],
      body: {
        active: ['Must be a valid boolean.'],
        verbose: ['Must be a valid boolean.'],
        page: ['A valid integer is required.'],
      },
    });
    expect((await ibl.list('active=yes&verbose=1')).status).toBe(200);
  });
});

describe('sort', () => {
  it('is by id, newest first, when nothing is asked for', async () => {
    expect((await found('page_size=3')).length).toBe(3);
    expect((await found(''))[0]).toBe(TOTAL);
  });

  it.each([
    ['count', [3, 2, 1]],
    ['-count', [1, 2, 3]],
    ['name', [3, 1, 2]],
    ['-name', [2, 1, 3]],
    ['platform_key', [1, 2, 3]],
    ['-platform_key', [3, 2, 1]],
    ['usage_count', [2, 3, 1]],
    ['external_id', [1, 2, 3]],
    ['-external_id', [3, 2, 1]],
    ['created', [1, 2, 3]],
    ['-id', [3, 2, 1]],
  ])('%s', async (field, ids) => {
    const all = (await found(`page_size=100&sort=${field}`)).filter((id) => id <= 3);
    expect(all).toEqual(ids);
  });

  it.each(['nope', '-', '', '--id', '__proto__', 'metadata', 'assignments', 'id desc'])(
    'IBL-SORT: %j is no field and is ignored',
    async (field) => {
      expect((await found(`sort=${encodeURIComponent(field)}`))[0]).toBe(TOTAL);
    },
  );

  it('IBL-SORT: of several the first that is a field counts', async () => {
    const answer = await ibl.list('platform_org=group&program_id=bar&sort=nope,count,-id');
    expect(idsOf(answer)).toEqual([3, 1]);
    expect(answer.ledger).toContain('IBL-SORT');
  });
});

describe('pages', () => {
  it('have absolute links that keep the query', async () => {
    const { body } = await ibl.list('page=2&page_size=10&query=a%20&sort=name&query=&key=beta');
    expect(body['count']).toBe(42);
    const root = `${ibl.url}${PROGRAM_LICENSES}`;
    expect(body['next_page']).toBe(
      `${root}?key=beta&page=3&page_size=10&query=a+&query=&sort=name`,
    );
    expect(body['previous_page']).toBe(`${root}?key=beta&page_size=10&query=a+&query=&sort=name`);
  });

  it.each(['urls', 'integers', 'drf'])('IBL-PAGE-LINKS: %s', async (links) => {
    const set = await openIbl({ scenario, settings: { 'IBL-PAGE-LINKS': links } });
    const first = `${set.url}${PROGRAM_LICENSES}`;
    const [next, previous] = [`${first}?page=3`, first];
    const { results, ...page } = (await set.list('page=2')).body;
    expect(results).toHaveLength(20);
    expect(page).toEqual(
      {
        urls: { count: TOTAL, next_page: next, previous_page: previous },
        integers: { count: TOTAL, next_page: 3, previous_page: 1 },
        drf: { count: TOTAL, next, previous },
      }[links],
    );
    expect((await set.list('page=2')).ledger).toContain('IBL-PAGE-LINKS');
    await set.stop();
  });

  it('are walked by their links', async () => {
    const ids: number[] = [];
    let url: unknown = `${ibl.url}${PROGRAM_LICENSES}?sort=source&page_size=7&active=true`;
    while (typeof url === 'string') {
      const { body } = await ibl.ask(url.slice(ibl.url.length));
      ids.push(...idsOf({ body }));
      url = body['next_page'];
    }
    const { body } = await ibl.list('active=true&page_size=100');
    expect(ids.toSorted((a, b) => b - a)).toEqual(idsOf({ body }));
  });

  it.each([
    ['20', 20],
    ['3', 3],
  ])('IBL-PAGE-SIZE: %s by default', async (size, length) => {
    const set = await openIbl({ scenario, settings: { 'IBL-PAGE-SIZE': size } });
    const answer = await set.list();
    expect(answer.body['results']).toHaveLength(length);
    expect(answer.ledger).toContain('IBL-PAGE-SIZE');
    expect((await set.list('page_size=5')).ledger).not.toContain('IBL-PAGE-SIZE');
    await set.stop();
  });

  it.each([
    ['page_size=0', 20, 0],
    ['page_size=-3', 20, 0],
    ['page_size=x', 20, 1],
    ['page_size=1000', TOTAL, 0],
    ['page_size=100', TOTAL, 0],
    ['page_size=1', 1, 0],
  ])('IBL-PAGE-SIZE-LIMITS: %s gives %d', async (query, length, warnings) => {
    const answer = await ibl.list(query);
    expect(answer).toMatchObject({ status: 200, warnings });
    expect(answer.body['results']).toHaveLength(length);
  });

  it('hold no more than 100', async () => {
    const many = await openIbl({ scenario: 'ibl:\n  licenses: [{ generate: 101 }]\n' });
    expect((await many.list('page_size=5000')).body['results']).toHaveLength(100);
    await many.stop();
  });
});

describe('a license', () => {
  it('IBL-USAGE-COUNT: counts all its assignments, and tells them apart when verbose', async () => {
    const [brief] = (await ibl.list('name=Spring')).body['results'] as object[];
    expect(brief).toMatchObject({ usage_count: 23 });
    expect(brief).not.toHaveProperty('assignments');
    const [verbose] = (await ibl.list('name=Spring&verbose=true')).body['results'] as object[];
    expect(verbose).toEqual({ ...brief, assignments: { total: 23, active: 20, pending: 3 } });
    expect((await ibl.list('verbose=false')).text).not.toContain('assignments');
  });
});

describe('a platform admin', () => {
  it('IBL-PLATFORM-SCOPE: reads their own platform, and writes nothing', async () => {
    const token = 'platform-admin';
    const answer = await ibl.list('', { token });
    expect(idsOf(answer)).toEqual([2, 1]);
    expect(answer.ledger).toContain('IBL-PLATFORM-SCOPE');
    expect(idsOf(await ibl.list('platform_key=beta', { token }))).toEqual([]);
    for (const refused of [
      await ibl.create({}, { token }),
      await ibl.update({ license_id: 1 }, { token }),
      await ibl.list('', { token, method: 'DELETE' }),
    ]) {
      expect(refused).toMatchObject({
        status: 403,
        body: { detail: 'You do not have permission to perform this action.' },
      });
    }
  });
});
