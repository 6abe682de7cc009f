/** Users, and the seats that they take. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control } from '../support/control-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ledgerOf, warningsOf } from '../support/thought-industries-client.ts';
import { CLIENT_FLAGS, newEmail, openSchool } from '../support/thought-industries-school.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock: '2026-11-21T09:30:00Z' });
});
afterAll(() => server.stop());

const { call, shown, client, license, user, seatsUsed } = openSchool(() => server);
const bulk = (users: readonly object[]) =>
  shown(call('POST', 'users/bulkClientLicenseAssignment', { users }));

describe('a new user', () => {
  it('TI-USER-FIELDS: TI-USER-ROLES: has what was sent, and null for what was not', async () => {
    const email = newEmail();
    const answer = await call('POST', 'users', {
      email,
      firstName: 'Maya',
      lastName: 'Lindqvist',
      externalCustomerId: 'crm-1',
    });
    expect(answer.body).toEqual({ data: { CreateUser: expect.anything() } });
    const made = await shown(Promise.resolve(answer));
    expect(made).toMatchObject({
      email,
      name: 'Maya Lindqvist',
      abbreviatedName: 'Maya L.',
      firstInitial: 'M',
      roleKey: 'student',
      clientId: null,
      externalCustomerId: 'crm-1',
      activeLicense: null,
      allocatedLicenses: [],
      createdAt: '2026-11-21T09:30:00.000Z',
    });
    expect(ledgerOf(answer)).toEqual(expect.arrayContaining(['TI-USER-FIELDS', 'TI-USER-ROLES']));
    expect(await shown(call('GET', `users/${made.id}`))).toEqual(made);
    expect(await user({})).toMatchObject({ name: null, abbreviatedName: null, lastInitial: null });
  });

  it('TI-USER-EMAILS: is found by email, and refused without upsert where the email is known', async () => {
    const email = `Mixed.${newEmail()}`;
    const made = await user({ email, firstName: 'Ada' });
    expect((await shown(call('GET', `users/${email.toUpperCase()}`))).id).toBe(made.id);
    const again = await call('POST', 'users', { email: email.toLowerCase() });
    expect(again).toMatchObject({
      status: 409,
      body: { message: `A user with the email ${email.toLowerCase()} already exists.` },
    });
    const updated = await user({ email, upsert: true, lastName: 'Lovelace' });
    expect(updated).toMatchObject({ id: made.id, name: 'Ada Lovelace' });
    expect((await call('POST', 'users', {})).status).toBe(400);
    const other = await user();
    expect((await call('PUT', `users/${other.id}`, { email })).status).toBe(409);
  });

  it('TI-USER-CLIENT: has the client that is named, by id, slug or sku, or that of its license', async () => {
    const { id, slug } = await client();
    await shown(
      call('PUT', `clients/${id}/updateSettings`, {
        name: 'x',
        sku: `SKU-${id}`,
        tagIds: [],
        ...CLIENT_FLAGS,
      }),
    );
    expect(await user({ clientId: id })).toMatchObject({ clientId: id });
    expect(await user({ clientSlug: slug })).toMatchObject({ clientId: id });
    expect(await user({ clientSku: `SKU-${id}` })).toMatchObject({ clientId: id });
    const own = await license({ clientId: id });
    expect(await user({ managerLicenseIds: [own.id] })).toMatchObject({ clientId: id });
    const unknown = await call('POST', 'users', { email: newEmail(), clientSlug: 'nowhere' });
    expect(unknown).toMatchObject({
      status: 422,
      body: { message: 'clientSlug names nothing that exists.' },
    });
  });

  it('TI-SKUS: gets licenses and courses by id, sku and slug, and nulls are no news', async () => {
    const sku = `LIC-${randomUUID()}`;
    const courseId = randomUUID();
    const { id } = await license({ sku, courseIds: [courseId] });
    await license({ sku });
    const answer = await call('POST', 'users', {
      email: newEmail(),
      studentLicenseSkus: [sku],
      courseIds: null,
      managerLicenseIds: null,
      clientId: null,
      role: null,
    });
    expect(await shown(Promise.resolve(answer))).toMatchObject({
      activeLicense: { id },
      allocatedLicenses: [{ licenseId: id, licenseRole: 'student', status: 'active' }],
    });
    expect(warningsOf(answer)).toBe(0);
    const withCourse = await user({ courseIds: [courseId] });
    expect(withCourse['purchasedCourses']).toMatchObject([{ courseId, course: { id: courseId } }]);
    const [{ course }] = withCourse['purchasedCourses'] as [{ course: Record<string, string> }];
    expect(await user({ courseSlugs: [course['slug']] })).toHaveProperty('purchasedCourses.0');
    expect(await user({ courseSkus: [course['sku']] })).toHaveProperty('purchasedCourses.0');
    const unknown = await call('POST', 'users', {
      email: newEmail(),
      studentLicenseIds: [randomUUID()],
      studentLicenseSkus: ['nothing'],
      courseSlugs: ['nothing'],
      learningPathSlugs: ['nothing'],
    });
    expect(unknown).toMatchObject({
      status: 422,
      body: {
        message: expect.stringMatching(/^courseSlugs\[0\] .* studentLicenseSkus\[0\] names/),
      },
    });
  });
});

it('TI-SCALAR-IDS: TI-UUID-CASE: takes one id for a list, in any letter case', async () => {
  const { id } = await license();
  const answer = await call('POST', 'users', {
    email: newEmail(),
    studentLicenseIds: id.toUpperCase(),
  });
  expect(await shown(Promise.resolve(answer))).toMatchObject({ activeLicense: { id } });
  expect(warningsOf(answer)).toBe(1);
});

describe('seats', () => {
  it('TI-SEATS-USED: are taken by students, once for each license, and not by managers', async () => {
    const clientId = randomUUID();
    const [one, two] = [await license({ clientId }), await license({ clientId })];
    const { id } = await user({ studentLicenseIds: [one.id, two.id] });
    await user({ managerLicenseIds: [one.id] });
    expect(await seatsUsed(clientId)).toBe(2);
    await call('PUT', `users/${id}`, { studentLicenseIds: [one.id], managerLicenseIds: [one.id] });
    expect(await seatsUsed(clientId)).toBe(2);
  });

  it('TI-SEAT-LIMITS: of a full license are refused, and nothing of the request is kept', async () => {
    const clientId = randomUUID();
    const free = await license({ clientId });
    const full = await license({ clientId, seatsLimit: 1 });
    await user({ studentLicenseIds: [full.id] });
    const email = newEmail();
    const refused = await call('POST', 'users', {
      email,
      studentLicenseIds: [free.id, full.id],
    });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        error: 'unprocessable_entity',
        message: `The license ${full.id} has no free seat.`,
      },
    });
    expect(ledgerOf(refused)).toContain('TI-SEAT-LIMITS');
    expect((await call('GET', `users/${email}`)).status).toBe(404);
    expect(await seatsUsed(clientId)).toBe(1);
    expect((await call('POST', 'users', { email, managerLicenseIds: [full.id] })).status).toBe(200);
  });

  it('TI-SEAT-LIMITS: of a client are limited over all its licenses', async () => {
    const { id: clientId } = await client();
    const settings = { name: 'x', tagIds: [], ...CLIENT_FLAGS, seatsLimit: 1 };
    await shown(call('PUT', `clients/${clientId}/updateSettings`, settings));
    const [one, two] = [await license({ clientId }), await license({ clientId })];
    const { id } = await user({ studentLicenseIds: [one.id] });
    const refused = await call('POST', 'users', {
      email: newEmail(),
      studentLicenseIds: [two.id],
    });
    expect(refused).toMatchObject({
      status: 422,
      body: { message: `The client ${clientId} has no free seat.` },
    });
    // A seat that moves is no new one.
    const moved = { studentLicenseIds: [two.id], replaceLicenseAccess: true };
    expect((await call('PUT', `users/${id}`, moved)).status).toBe(200);
    expect(await seatsUsed(clientId)).toBe(1);
    await shown(call('PUT', `clients/${clientId}/updateSettings`, { ...settings, seatsLimit: 2 }));
    await user({ studentLicenseIds: [one.id] });
    const fewer = await call('PUT', `clients/${clientId}/updateSettings`, settings);
    expect(fewer).toMatchObject({
      status: 422,
      body: { message: 'seatsLimit must not be below the 2 seats in use.' },
    });
  });

  it('TI-REPLACE-LICENSES: are freed where the licenses are replaced, and only there', async () => {
    const clientId = randomUUID();
    const [one, two] = [await license({ clientId }), await license({ clientId })];
    const { id } = await user({ studentLicenseIds: [one.id], managerLicenseIds: [one.id] });
    const change = async (fields: object) => {
      const { allocatedLicenses } = await shown(call('PUT', `users/${id}`, { ...fields }));
      return allocatedLicenses.map(
        ({ licenseId, licenseRole }) => `${licenseRole} ${licenseId === one.id ? 1 : 2}`,
      );
    };
    expect(await change({ studentLicenseIds: [two.id] })).toEqual([
      'student 1',
      'manager 1',
      'student 2',
    ]);
    expect(await change({ replaceLicenseAccess: true, firstName: 'Ada' })).toHaveLength(3);
    expect(await change({ replaceLicenseAccess: true, studentLicenseIds: [two.id] })).toEqual([
      'student 2',
    ]);
    expect(await seatsUsed(clientId)).toBe(1);
    expect(await change({ replaceLicenseAccess: true, managerLicenseIds: [] })).toEqual([]);
    expect(await seatsUsed(clientId)).toBe(0);
  });

  it('are never given beyond the limit, whatever runs in parallel', async () => {
    const clientId = randomUUID();
    const { id } = await license({ clientId, seatsLimit: 7 });
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        call('POST', 'users', { email: newEmail(), studentLicenseIds: [id] }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(await seatsUsed(clientId)).toBe(7);
  });

  it('TI-SEATS: of a license with 0 or no seats are unlimited', async () => {
    for (const fields of [{ seatsLimit: 0 }, {}]) {
      const { id } = await license(fields);
      const made = [];
      for (let each = 0; each < 3; each += 1) made.push(await user({ studentLicenseIds: [id] }));
      expect(made).toMatchObject(made.map(() => ({ activeLicense: { id } })));
    }
  });
});

describe('the status of a user', () => {
  it('TI-USER-STATUS: TI-DISABLED-USERS: changes, and the seat stays taken', async () => {
    const clientId = randomUUID();
    const { id: licenseId } = await license({ clientId, seatsLimit: 1 });
    const { id } = await user({ studentLicenseIds: [licenseId] });
    const status = (word: string) => call('PUT', `users/${id}/updateStatus`, { status: word });
    expect((await status('disabled')).body).toEqual({ id, status: 'disabled' });
    expect((await shown(call('GET', `users/${id}`))).disabled).toBe(true);
    expect(await seatsUsed(clientId)).toBe(1);
    expect((await status('active')).body).toEqual({ id, status: 'active' });
    expect(await seatsUsed(clientId)).toBe(1);
  });

  it('TI-DISABLED-USERS: freed: a user whose seat is gone cannot come back', async () => {
    const freeing = await startTestServer({ settings: { 'TI-DISABLED-USERS': 'freed' } });
    const school = openSchool(() => freeing);
    const clientId = randomUUID();
    const { id: licenseId } = await school.license({ clientId, seatsLimit: 1 });
    const first = await school.user({ studentLicenseIds: [licenseId] });
    const status = (word: string) =>
      school.call('PUT', `users/${first.id}/updateStatus`, { status: word });
    await status('disabled');
    expect(await school.seatsUsed(clientId)).toBe(0);
    const second = await school.user({ studentLicenseIds: [licenseId] });
    expect((await status('active')).status).toBe(422);
    const more = await school.license({ clientId, seatsLimit: 1 });
    await school.user({ studentLicenseIds: [more.id] });
    const given = { studentLicenseIds: [more.id] };
    expect((await school.call('PUT', `users/${first.id}`, given)).status).toBe(200);
    expect(await school.seatsUsed(clientId)).toBe(2);
    await school.call('DELETE', `licenses/${more.id}`);
    await school.call('PUT', `users/${second.id}`, {
      studentLicenseIds: [],
      replaceLicenseAccess: true,
    });
    expect((await status('active')).status).toBe(200);
    expect(await school.seatsUsed(clientId)).toBe(1);
    await freeing.stop();
  });
});

describe('the bulk call', () => {
  it('TI-USER-CLIENT: gives a user without a client that of the license, as an update does', async () => {
    const { id: licenseId, client: own } = await license();
    const { id } = await user();
    await bulk([{ id, studentLicenseIds: [licenseId] }]);
    expect((await shown(call('GET', `users/${id}`)))['clientId']).toBe(own.id);
  });

  it('TI-BULK-USERS: serves whom it can, and lists the others', async () => {
    const clientId = randomUUID();
    const { id: licenseId } = await license({ clientId, seatsLimit: 2 });
    const [a, b, c] = [
      await user({ externalCustomerId: randomUUID() }),
      await user(),
      await user(),
    ];
    const answer = await bulk([
      { externalCustomerId: a['externalCustomerId'], studentLicenseIds: [licenseId] },
      { email: 'nobody@example.com', studentLicenseIds: [licenseId] },
      { id: b.id, studentLicenseIds: [licenseId] },
      { email: c.email, studentLicenseIds: [licenseId] },
      { email: c.email, studentLicenseIds: [randomUUID()] },
      { email: c.email, managerLicenseIds: [licenseId] },
      {},
    ]);
    expect(answer).toEqual({
      updatedRecordCount: 3,
      errors: [
        {
          id: null,
          identifier: 'nobody@example.com',
          error: 'The user does not exist.',
          record: `{"email":"nobody@example.com","studentLicenseIds":["${licenseId}"]}`,
        },
        {
          id: c.id,
          identifier: c.email,
          error: `The license ${licenseId} has no free seat.`,
          record: expect.any(String),
        },
        {
          id: c.id,
          identifier: c.email,
          error: 'studentLicenseIds[0] names nothing that exists.',
          record: expect.any(String),
        },
        { id: null, identifier: null, error: 'The user does not exist.', record: '{}' },
      ],
    });
    expect(await seatsUsed(clientId)).toBe(2);
  });

  it('ignores unknown fields with a warning', async () => {
    const { email } = await user();
    const answer = await call('POST', 'users/bulkClientLicenseAssignment', {
      users: [{ email, seats: 3 }],
    });
    expect(answer.body).toMatchObject({
      data: { APIBulkPanoramaAssignment: { updatedRecordCount: 1, errors: [] } },
    });
    expect(warningsOf(answer)).toBe(1);
  });
});

it('TI-EXPIRED-SEATS: TI-ALLOCATION-STATUS: time takes seats away where the ledger says so', async () => {
  const dated = await startTestServer({
    clock: '2026-11-21T09:30:00Z',
    settings: { 'TI-EXPIRED-SEATS': 'refused', 'TI-ALLOCATION-STATUS': 'dates' },
  });
  const school = openSchool(() => dated);
  const { id } = await school.license({ expirationDate: '2026-12-21T09:30:00Z' });
  const { id: short } = await school.license({ accessDays: 5 });
  const made = await school.user({ studentLicenseIds: [id, short] });
  const statuses = async () => {
    const { allocatedLicenses } = await school.shown(school.call('GET', `users/${made.id}`));
    return allocatedLicenses.map((each) => (each as { status?: string }).status);
  };
  const advance = (by: string) =>
    control(dated.url, 'POST /sandboxes/default/clock/advance', { by });
  expect(await statuses()).toEqual(['active', 'active']);
  await advance('P5D');
  expect(await statuses()).toEqual(['active', 'expired']);
  await advance('P25D');
  expect(await statuses()).toEqual(['expired', 'expired']);
  const late = await school.call('POST', 'users', {
    email: newEmail(),
    studentLicenseIds: [id],
  });
  expect(late).toMatchObject({
    status: 422,
    body: { message: `The license ${id} has expired.` },
  });
  await dated.stop();
});

it('no success body about users has a key named errors, which a client takes for a failure', async () => {
  const { id, client: own } = await license();
  const made = await user({ studentLicenseIds: [id], clientId: own.id });
  for (const answer of [
    await call('PUT', `users/${made.id}`, { firstName: 'Ada' }),
    await call('GET', `users/${made.id}`),
    await call('PUT', `users/${made.id}/updateStatus`, { status: 'disabled' }),
    await call('GET', `clients/${own.id}/licenses`),
    await call('GET', 'users'),
  ]) {
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('errors');
  }
});
