/** The clients of a school: creating, listing and changing them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ledgerOf } from '../support/thought-industries-client.ts';
import { CLIENT_FLAGS, NO_LISTS, openSchool } from '../support/thought-industries-school.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock: '2026-11-21T09:30:00Z' });
});
afterAll(() => server.stop());

const { call, shown, client, license, user } = openSchool(() => server);

describe('a new client', () => {
  it('TI-MAIN-LICENSE: has a main license, which is its default', async () => {
    const made = await client({ name: 'Fourth Coffee', defaultLanguage: 'pt-BR' });
    expect(made).toMatchObject({
      name: 'Fourth Coffee',
      sku: null,
      defaultLanguage: 'pt-BR',
      enableSegmentation: true,
      createdAt: '2026-11-21T09:30:00.000Z',
      seatsUsedCount: 0,
      primaryLicense: { name: 'Fourth Coffee', isDefault: true, seatsLimit: null },
      licenses: [{ name: 'Fourth Coffee' }],
    });
    expect(await shown(call('GET', `clients/${made.id}`))).toEqual(made);
  });

  it('TI-CLIENT-SLUGS: is refused where another one has its slug', async () => {
    const { slug } = await client();
    const again = await call('POST', 'clients', { name: 'Other', slug, ...CLIENT_FLAGS });
    expect(again).toMatchObject({
      status: 409,
      body: { error: 'conflict', message: `A client with the slug ${slug} already exists.` },
    });
  });

  it('TI-BLANK-NAME: has a name', async () => {
    const empty = await call('POST', 'clients', { name: '', slug: 'x', ...CLIENT_FLAGS });
    expect(empty).toMatchObject({ status: 422, body: { message: 'name must not be empty.' } });
  });

  it('names every flag that is missing', async () => {
    const answer = await call('POST', 'clients', { name: 'x', slug: 'x' });
    expect(answer.status).toBe(400);
    for (const flag of Object.keys(CLIENT_FLAGS))
      expect(answer.text).toContain(`${flag} is required.`);
  });
});

it('TI-CLIENT-STATUS: disabled disables, anything else enables', async () => {
  const { id } = await client();
  const path = `clients/${id}/updateStatus`;
  for (const [body, status] of [
    [{ status: 'disabled' }, 'disabled'],
    [{ status: 'whatever' }, 'active'],
    [{ status: 'disabled' }, 'disabled'],
    [{}, 'active'],
  ] as const) {
    expect((await call('PUT', path, body)).body).toEqual({ id, status });
    const { disabled } = await shown(call('GET', `clients/${id}`));
    expect(disabled).toBe(status === 'disabled');
  }
});

it('TI-CLIENT-SETTINGS: what is sent changes, the rest stays', async () => {
  const made = await client({ enableDiscussions: true });
  const tag = randomUUID();
  const answer = await call('PUT', `clients/${made.id}/updateSettings`, {
    name: 'Renamed',
    seatsLimit: 40,
    sku: 'NEW',
    licenseEndDate: '2027-07-01T00:00:00+02:00',
    tagIds: [tag],
    ...CLIENT_FLAGS,
    enableEcommerce: true,
  });
  expect(await shown(Promise.resolve(answer))).toMatchObject({
    id: made.id,
    createdAt: made['createdAt'],
    defaultLanguage: made['defaultLanguage'],
    name: 'Renamed',
    schoolName: expect.stringContaining('Renamed'),
    seatsLimit: 40,
    sku: 'NEW',
    licenseEndDate: '2027-06-30T22:00:00.000Z',
    tags: [{ id: tag }],
    enableEcommerce: true,
    enableDiscussions: true,
    slug: made.slug,
  });
  expect(ledgerOf(answer)).toContain('TI-CLIENT-SETTINGS');
  const other = await client();
  const taken = await call('PUT', `clients/${other.id}/updateSettings`, {
    name: 'x',
    slug: made.slug,
    tagIds: [],
    ...CLIENT_FLAGS,
  });
  expect(taken.status).toBe(409);
});

it('TI-SEATS-BELOW-USE: a client cannot get fewer seats than are in use', async () => {
  const made = await client();
  const { id } = await license({ clientId: made.id });
  for (let each = 0; each < 3; each += 1) await user({ studentLicenseIds: [id] });
  const limit = (seatsLimit: number) =>
    call('PUT', `clients/${made.id}/updateSettings`, {
      name: 'Northwind',
      seatsLimit,
      tagIds: [],
      ...CLIENT_FLAGS,
    });
  expect(await limit(2)).toMatchObject({
    status: 422,
    body: { message: 'seatsLimit must not be below the 3 seats in use.' },
  });
  expect((await limit(3)).status).toBe(200);
  expect((await limit(0)).status).toBe(200);
});

it('TI-CLIENT-ACCESS: content is added or replaced, and the main license follows', async () => {
  const made = await client();
  const [a, b, tag] = [randomUUID(), randomUUID(), randomUUID()];
  const access = (fields: object) =>
    shown(
      call('PUT', `clients/${made.id}/updateAccess`, {
        ...NO_LISTS,
        purchasableContentIds: [],
        purchasableTagIds: [],
        ...fields,
      }),
    );
  await access({ courseIds: [a] });
  const added = await access({ courseIds: [b], purchasableTagIds: [tag] });
  expect(added).toMatchObject({
    courseIds: [a, b],
    courses: [{ id: a }, { id: b }],
    purchasableTagIds: [tag],
    purchasableTags: [{ id: tag }],
    primaryLicense: { courseIds: [a, b] },
  });
  expect(await access({ courseIds: [b], replaceCourseIds: true })).toMatchObject({
    courseIds: [b],
    purchasableTagIds: [],
    primaryLicense: { courseIds: [b] },
  });
});

describe('the list of clients', () => {
  it('TI-AGGREGATIONS: TI-SORT: is searched, sorted and cut into pages', async () => {
    const own = await startTestServer();
    const school = openSchool(() => own);
    for (const name of ['Birch', 'Alder', 'Cedar', 'Alder & Sons']) await school.client({ name });
    const list = async (query: string) => {
      const page = await school.shown(school.call('GET', `clients${query}`));
      return { page, names: page.clients.map(({ name }) => name) };
    };
    expect((await list('')).names).toEqual(['Birch', 'Alder', 'Cedar', 'Alder & Sons']);
    expect((await list('?sort=name')).names).toEqual(['Alder', 'Alder & Sons', 'Birch', 'Cedar']);
    expect((await list('?sort=name:desc&count=2')).names).toEqual(['Cedar', 'Birch']);
    expect((await list('?query=alder')).names).toEqual(['Alder', 'Alder & Sons']);
    expect((await list('?page=&count=&cursor=&sort=&query=')).names).toHaveLength(4);
    const { page, names } = await list('?count=3&page=2');
    expect(names).toEqual(['Alder & Sons']);
    expect(page['aggregations']).toEqual([]);
    expect(page.clients[0]).toMatchObject({ courses: null, licenses: null, courseTags: [] });
    for (const bad of ['?sort=sku', '?sort=name:up', '?cursor=x', '?page=x', '?count=x'])
      expect((await school.call('GET', `clients${bad}`)).status, bad).toBe(400);
    for (const bad of ['?page=0', '?count=0'])
      expect((await school.call('GET', `clients${bad}`)).status, bad).toBe(422);
    await own.stop();
  });
});

it('TI-ENVELOPE: one setting for every operation; what the docs show bare is always bare', async () => {
  const bare = await startTestServer({ settings: { 'TI-ENVELOPE': 'unwrapped' } });
  const school = openSchool(() => bare);
  const made = await school.client();
  expect((await school.call('GET', `clients/${made.id}`)).body).toEqual(made);
  expect((await school.call('GET', 'users')).body).toHaveProperty('pageInfo');
  const status = await call('PUT', `clients/${(await client()).id}/updateStatus`, {});
  expect(status.body).toHaveProperty('status');
  expect((await call('GET', 'ping')).body).toEqual({ valid: true });
  expect((await call('GET', 'redemptionCodes')).body).toHaveProperty('redemptionCodeGroups');
  await bare.stop();
});

it('TI-LICENSE-END-DATE: what is set counts before the default license', async () => {
  const { client: shownClient } = await license({ isDefault: true, expirationDate: '2027-01-01' });
  expect(shownClient['licenseEndDate']).toBe('2027-01-01T00:00:00.000Z');
});
