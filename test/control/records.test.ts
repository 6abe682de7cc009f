/** What a sandbox stores: collections, records, what happens to them next, and how they differ from a snapshot. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vendors } from '../../src/vendors/index.ts';
import { control, sandboxUrl } from '../support/control-client.ts';
import { createLicense } from '../support/ibl-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ scenario: 'demo', clock: '2026-01-01T00:00:00Z' });
});
afterAll(() => server.stop());

type Row = Readonly<Record<string, unknown>>;
type Page = { readonly records: readonly Row[]; readonly total: number };

const start = (sandbox: string, body: object = {}) =>
  control(server.url, `PUT /sandboxes/${sandbox}`, body);
const get = async <T>(path: string): Promise<T> =>
  (await control(server.url, `GET /sandboxes/${path}`)).body as T;
const list = (sandbox: string, query = '', collection = 'ibl.program-licenses') =>
  get<Page>(`${sandbox}/collections/${collection}/records?${query}`);

describe('collections', () => {
  it('are listed by vendor with the number of their records', async () => {
    await start('listed');
    const { collections } = await get<{ collections: Row[] }>('listed/collections');
    expect(collections.find(({ name }) => name === 'ibl.program-licenses')).toEqual({
      name: 'ibl.program-licenses',
      vendor: 'ibl',
      label: 'Program licenses',
      key: 'id',
      title: 'name',
      columns: expect.arrayContaining(['id', 'name', 'expired']),
      records: 42,
      operations: expect.arrayContaining([
        { does: 'change', operation: 'updateProgramLicense', ids: { license_id: 'id' } },
      ]),
    });
    expect(new Set(collections.map(({ vendor }) => vendor))).toEqual(
      new Set(vendors.map(({ name }) => name)),
    );
  });

  it('name fields that their records have', async () => {
    const parts = vendors.flatMap(({ outlines = [] }) => outlines.flatMap((each) => each.parts));
    const missing: string[] = [];
    for (const { collection, field } of parts) {
      const { records } = await list('default', 'limit=1', collection.name);
      if (!records.every((record) => field in record)) missing.push(`${collection.name} ${field}`);
    }
    expect(missing).toEqual([]);
  });

  it('name operations that their vendor has', async () => {
    const served = await get<Row>('default/collections');
    const { body } = await control(server.url, 'GET /vendors');
    const { vendors: all } = body as { vendors: { operations: { id: string }[] }[] };
    const known = new Set(all.flatMap(({ operations }) => operations.map(({ id }) => id)));
    const named = (served['collections'] as { operations: { operation: string }[] }[]).flatMap(
      ({ operations }) => operations.map(({ operation }) => operation),
    );
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });

  it('that are not there are refused, with those that are', async () => {
    const answer = await control(
      server.url,
      'GET /sandboxes/default/collections/ibl.seats/records',
    );
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      type: '/_mock/errors/no-such-collection',
      detail: expect.stringContaining('ibl.program-licenses, '),
    });
  });
});

describe('records', () => {
  it('are sorted, and come in pages that show each once', async () => {
    await start('paged');
    const sizes: unknown[] = [];
    for (let offset = 0; offset < 42; offset += 20) {
      const page = await list('paged', `sort=count&direction=descending&limit=20&offset=${offset}`);
      expect(page.total).toBe(42);
      sizes.push(...page.records.map(({ count }) => count));
    }
    expect(sizes).toHaveLength(42);
    expect(sizes).toEqual(sizes.toSorted((a, b) => Number(b) - Number(a)));
  });

  it('are found by a text in any value, whatever its case, not by the name of a field', async () => {
    await start('found', { scenario: 'empty' });
    await createLicense(sandboxUrl(server.url, 'found'), {
      name: 'Summer',
      metadata: { po: 'X-17' },
    });
    await createLicense(sandboxUrl(server.url, 'found'), { name: 'Winter' });
    const names = async (text: string) =>
      (await list('found', `text=${text}`)).records.map(({ name }) => name);
    expect(await names('sUMMer')).toEqual(['Summer']);
    expect(await names('x-17')).toEqual(['Summer']);
    expect(await names('external_id')).toEqual([]);
  });

  it('are shown with their life and their parts', async () => {
    await start('life', { scenario: 'empty' });
    const expired = '2026-03-01T00:00:00Z';
    await createLicense(sandboxUrl(server.url, 'life'), { name: 'Spring', expired });
    const view = await get<Row>('life/collections/ibl.program-licenses/records/1');
    expect(view['record']).toMatchObject({ id: 1, name: 'Spring' });
    expect(view['moments']).toEqual([
      { at: '2026-01-01T00:00:00.000Z', event: 'created', field: 'created' },
      { at: expect.any(String), event: 'starts', field: 'started' },
      { at: '2026-03-01T00:00:00.000Z', event: 'expires', field: 'expired' },
    ]);
    expect(view['parts']).toEqual([
      { collection: 'ibl.program-assignments', records: [], total: 0 },
      { collection: 'ibl.program-group-assignments', records: [], total: 0 },
      {
        collection: 'ibl.program-history',
        records: [expect.objectContaining({ license_id: 1, change_type: expect.any(String) })],
        total: 1,
      },
    ]);
  });

  it('that are not there are a 404', async () => {
    const answer = await control(
      server.url,
      'GET /sandboxes/default/collections/ibl.program-licenses/records/4711',
    );
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ type: '/_mock/errors/record-not-found' });
  });

  it('have keys that are texts with slashes and brackets', async () => {
    const { records } = await list('default', 'limit=1', 'ibl.programs');
    const key = encodeURIComponent(String(records[0]?.['ref']));
    const view = await get<Row>(`default/collections/ibl.programs/records/${key}`);
    expect(view['record']).toEqual(records[0]);
  });
});

describe('the next events', () => {
  const events = (sandbox: string, query = '') =>
    get<{ now: string; events: Row[]; total: number }>(`${sandbox}/clock/events${query}`);

  it('follow the clock', async () => {
    await start('events', { scenario: 'empty', clock: '2026-01-01T00:00:00Z' });
    const url = sandboxUrl(server.url, 'events');
    await createLicense(url, {
      name: 'Late',
      started: '2026-01-01T00:00:00Z',
      expired: '2026-03-01T00:00:00Z',
    });
    await createLicense(url, {
      name: 'Soon',
      started: '2026-01-01T00:00:00Z',
      expired: '2026-02-01T00:00:00Z',
    });
    const soon = {
      at: '2026-02-01T00:00:00.000Z',
      event: 'expires',
      collection: 'ibl.program-licenses',
      key: 2,
      title: 'Soon',
    };
    expect(await events('events')).toEqual({
      now: '2026-01-01T00:00:00.000Z',
      events: [soon, { ...soon, at: '2026-03-01T00:00:00.000Z', key: 1, title: 'Late' }],
      total: 2,
    });
    expect(await events('events', '?limit=1')).toMatchObject({ events: [soon], total: 2 });
    await control(server.url, 'POST /sandboxes/events/clock/advance', { by: 'P45D' });
    expect(await events('events')).toMatchObject({ events: [{ title: 'Late' }], total: 1 });
  });

  it('leave out a license that was deleted', async () => {
    await start('deleted');
    const all = await list('deleted', 'limit=1000', 'alice.numbered-licenses');
    const gone = all.records.filter(({ IsDeleted }) => IsDeleted === true);
    const { events: next } = await events('deleted', '?limit=100');
    const keys = next
      .filter(({ collection }) => collection === 'alice.numbered-licenses')
      .map(({ key }) => key);
    for (const { number } of gone) expect(keys).not.toContain(number);
    expect(keys.length).toBeGreaterThan(0);
  });
});

it('compares a snapshot with the records of now', async () => {
  await start('compared', { scenario: 'empty' });
  const url = sandboxUrl(server.url, 'compared');
  await createLicense(url, { name: 'Kept' });
  await control(server.url, 'PUT /sandboxes/compared/snapshots/before');
  const compare = () =>
    get<{ differences: Row[]; total: number }>('compared/snapshots/before/differences');
  expect(await compare()).toEqual({ differences: [], total: 0 });
  await createLicense(url, { name: 'New' });
  const { differences, total } = await compare();
  expect(differences).toContainEqual({
    collection: 'ibl.program-licenses',
    key: 2,
    was: null,
    now: expect.objectContaining({ name: 'New' }),
  });
  expect(differences).toHaveLength(total);
  expect(differences.map(({ key, collection }) => [collection, key])).not.toContainEqual([
    'ibl.program-licenses',
    1,
  ]);
});
