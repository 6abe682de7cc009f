/** Updating, deleting and listing the licenses of a client. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ledgerOf, warningsOf } from '../support/thought-industries-client.ts';
import { NO_LISTS, openSchool } from '../support/thought-industries-school.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock: '2026-11-21T09:30:00Z' });
});
afterAll(() => server.stop());

const { call, shown, license, user, seatsUsed } = openSchool(() => server);
const update = (id: string, fields: object = {}) =>
  call('PUT', `licenses/${id}`, { name: 'Spring cohort', ...NO_LISTS, ...fields });

it('ping: the key is valid, without an envelope', async () => {
  expect(await call('GET', 'ping')).toMatchObject({ status: 200, body: { valid: true } });
});

describe('an update', () => {
  it('TI-UPDATE-LICENSE: TI-KEYS: changes what is sent and nothing else', async () => {
    const {
      id,
      clientId: _,
      ...before
    } = await license({ label: 'old', seatsLimit: 5, ref1: 'x' });
    const answer = await update(id, { name: 'New', seatsLimit: 7, expirationDate: '2027-01-01' });
    expect(answer.body).toEqual({ data: { UpdateLicense: expect.anything() } });
    expect(await shown(Promise.resolve(answer))).toEqual({
      ...before,
      id,
      name: 'New',
      seatsLimit: 7,
      expirationDate: '2027-01-01T00:00:00.000Z',
      client: { ...before.client, seatsAllocatedCount: 7, licenses: expect.anything() },
    });
    expect(ledgerOf(answer)).toEqual(expect.arrayContaining(['TI-UPDATE-LICENSE', 'TI-KEYS']));
  });

  it('TI-CLIENT-CONTENT: adds to its own lists or replaces them; the client has what it has', async () => {
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    const { id } = await license({ courseIds: [a] });
    expect(await shown(update(id, { courseIds: [b] }))).toMatchObject({ courseIds: [a, b] });
    const replaced = await shown(update(id, { courseIds: [c], replaceCourseIds: true }));
    expect(replaced).toMatchObject({ courseIds: [c], client: { courseIds: [a, b, c] } });
  });

  it('keeps the client, whatever is sent', async () => {
    const { id, client } = await license();
    const answer = await update(id, { clientId: randomUUID() });
    expect(await shown(Promise.resolve(answer))).toMatchObject({ client: { id: client.id } });
    expect(warningsOf(answer)).toBe(1);
  });

  it('moves the default', async () => {
    const clientId = randomUUID();
    const first = await license({ clientId, isDefault: true });
    const second = await license({ clientId });
    const { client } = await shown(update(second.id, { isDefault: true }));
    expect(client).toMatchObject({
      primaryLicense: { id: second.id },
      licenses: [
        { id: second.id, isDefault: true },
        { id: first.id, isDefault: false },
      ],
    });
    const without = await shown(update(second.id, { isDefault: false }));
    expect(without.client).toMatchObject({ primaryLicense: null });
  });

  it('TI-SEATS-BELOW-USE: refuses fewer seats than are in use, but not unlimited ones', async () => {
    const { id } = await license({ seatsLimit: 2 });
    await user({ studentLicenseIds: [id] });
    await user({ studentLicenseIds: [id] });
    expect(await update(id, { seatsLimit: 1 })).toMatchObject({
      status: 422,
      body: { message: 'seatsLimit must not be below the 2 seats in use.' },
    });
    expect((await update(id, { seatsLimit: 2 })).status).toBe(200);
    expect((await update(id, { seatsLimit: 0 })).status).toBe(200);
  });

  it('refuses a parent that is the license or below it', async () => {
    const top = await license();
    const below = await license({ parentLicenseId: top.id });
    for (const parentLicenseId of [top.id, below.id]) {
      expect(await update(top.id, { parentLicenseId })).toMatchObject({
        status: 422,
        body: { message: 'parentLicenseId names the license or one below it.' },
      });
    }
  });

  it('names what is missing and what does not exist', async () => {
    const { id } = await license();
    expect(await call('PUT', `licenses/${id}`, {})).toMatchObject({
      status: 400,
      body: {
        message:
          'courseIds is required. learningPathIds is required. courseTagIds is required. name is required.',
      },
    });
    expect((await update(id, { parentLicenseId: randomUUID() })).status).toBe(422);
  });
});

describe('a deleted license', () => {
  it('TI-DELETE-LICENSE: TI-DELETE-STATUS: is shown as it was, and is gone', async () => {
    const clientId = randomUUID();
    const parent = await license({ clientId, name: 'Parent', seatsLimit: 3 });
    const child = await license({ clientId, parentLicenseId: parent.id });
    const student = await user({ studentLicenseIds: [parent.id] });
    expect(await seatsUsed(clientId)).toBe(1);

    const answer = await call('DELETE', `licenses/${parent.id}`);
    expect(answer).toMatchObject({
      status: 200,
      body: { data: { LicenseById: { id: parent.id, childLicenses: [{ id: child.id }] } } },
    });
    expect((await call('DELETE', `licenses/${parent.id}`)).status).toBe(404);
    expect((await update(parent.id)).status).toBe(404);

    const client = await shown(call('GET', `clients/${clientId}`));
    expect(client).toMatchObject({
      seatsUsedCount: 0,
      seatsAllocatedCount: 0,
      licenses: [{ id: child.id, parentLicenseId: null }],
    });
    expect(await shown(call('GET', `users/${student.id}`))).toMatchObject({
      allocatedLicenses: [],
      activeLicense: null,
    });
  });

  it('TI-DELETE-LICENSE: is not the default of its client', async () => {
    const { id } = await license({ isDefault: true });
    expect(await call('DELETE', `licenses/${id}`)).toMatchObject({
      status: 422,
      body: { message: "The client's default license cannot be deleted." },
    });
  });
});

describe('the licenses of a client', () => {
  it('TI-CLIENT-LIST: TI-LIST-DEPTH: come with the client, without nested objects but tags', async () => {
    const [clientId, tag, path] = [randomUUID(), randomUUID(), randomUUID()];
    const { id } = await license({ clientId, courseTagIds: [tag], learningPathIds: [path] });
    const answer = await call('GET', `clients/${clientId}/licenses?clientId=${clientId}`);
    const list = await shown(Promise.resolve(answer));
    expect(Object.keys(list)).toEqual([
      'id',
      'name',
      'sku',
      'pageInfo',
      'learningPathIds',
      'licenses',
    ]);
    expect(list).toMatchObject({
      id: clientId,
      learningPathIds: [path],
      pageInfo: { perPage: 50, currentPage: 1, total: 1, hasMore: false, cursor: null },
      licenses: [{ id, client: null, courses: null, courseIds: [], courseTags: [{ id: tag }] }],
    });
    expect(ledgerOf(answer)).toEqual(expect.arrayContaining(['TI-CLIENT-LIST', 'TI-LIST-DEPTH']));
  });
});

describe('an id in a path', () => {
  it.each(['licenses/{}', 'clients/{}/updateStatus', 'users/{}', 'users/{}/updateStatus'])(
    'TI-PATH-IDS: that names nothing is 404: %s',
    async (path) => {
      for (const id of [randomUUID(), 'nothing', '0']) {
        const body = path.startsWith('licenses') ? { name: 'n', ...NO_LISTS } : { status: 'x' };
        expect((await call('PUT', path.replace('{}', id), body)).status).toBe(404);
      }
    },
  );

  it('has any letter case', async () => {
    const { client } = await license();
    const answer = await call('GET', `clients/${String(client.id).toUpperCase()}`);
    expect(answer.status).toBe(200);
    expect(ledgerOf(answer)).toContain('TI-UUID-CASE');
  });
});

it('TI-RATE-RESET: tells the end of the minute', async () => {
  const { headers } = await call('GET', 'ping');
  expect(Number(headers.get('x-ratelimit-reset'))).toBe(Date.parse('2026-11-21T09:31:00Z') / 1_000);
});
