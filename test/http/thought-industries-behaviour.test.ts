/** What a license does to its client, and what the answer shows of it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control } from '../support/control-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import {
  create,
  ledgerOf,
  licenseOf,
  newLicense,
  post,
  warningsOf,
} from '../support/thought-industries-client.ts';

let server: TestServer;
let closed: TestServer;
let strict: TestServer;
beforeAll(async () => {
  [server, closed, strict] = await Promise.all([
    startTestServer({ clock: '2026-11-21T09:30:00Z' }),
    startTestServer({ scenario: 'references: closed\nthought-industries: {}\n' }),
    startTestServer({ profile: 'strict', scenario: knownClient }),
  ]);
});
afterAll(() => Promise.all([server, closed, strict].map((each) => each.stop())));

const clientOfStrict = randomUUID();
const licenseOfAnother = randomUUID();
const knownClient = `
thought-industries:
  clients: [{ id: ${clientOfStrict}, name: Northwind }]
  licenses: [{ id: ${licenseOfAnother}, clientId: ${randomUUID()}, name: Of another client }]
`;
const ids = (count: number) => Array.from({ length: count }, () => randomUUID());

describe('the lists of a client', () => {
  const lists = [
    ['courseIds', 'courses', 'replaceCourseIds'],
    ['learningPathIds', 'learningPaths', 'replaceLearningPathIds'],
    ['courseTagIds', 'courseTags', 'replaceCourseTagIds'],
  ] as const;

  it.each(lists)('%s are added without doubles, and %s follow', async (list, content) => {
    const clientId = randomUUID();
    const [a, b, c] = ids(3);
    await create(server, { clientId, [list]: [a, b] });
    const { client } = await create(server, { clientId, [list]: [b, c] });
    expect(client[list]).toEqual([a, b, c]);
    expect(client[content].map((item) => item['id'])).toEqual([a, b, c]);
  });

  it.each(lists)('%s take the place of the old ones (%s by %s)', async (list, content, replace) => {
    const clientId = randomUUID();
    const [a, b, c] = ids(3);
    await create(server, { clientId, [list]: [a, b] });
    const replaced = await create(server, { clientId, [list]: [c, b], [replace]: true });
    expect(replaced.client[list]).toEqual([c, b]);
    const next = await create(server, { clientId });
    expect(next.client[list]).toEqual([c, b]);
    expect(next.client[content].map((item) => item['id'])).toEqual([c, b]);
    const emptied = await create(server, { clientId, [replace]: true });
    expect(emptied.client[list]).toEqual([]);
  });

  it('are replaced one by one', async () => {
    const clientId = randomUUID();
    const [a, b, c, d] = ids(4);
    await create(server, { clientId, courseIds: [a], learningPathIds: [b], courseTagIds: [c] });
    const { client } = await create(server, { clientId, courseIds: [d], replaceCourseIds: true });
    expect(client).toMatchObject({ courseIds: [d], learningPathIds: [b], courseTagIds: [c] });
  });

  it('are not those of another client', async () => {
    const [a] = ids(1);
    await create(server, { courseIds: [a] });
    expect((await create(server)).client.courseIds).toEqual([]);
  });

  it('TI-LICENSE-LISTS: the license keeps its own, each id once', async () => {
    const clientId = randomUUID();
    const [a, b] = ids(2);
    await create(server, { clientId, courseIds: [a] });
    const answer = await post(server, newLicense({ clientId, courseIds: [b, b] }));
    expect(ledgerOf(answer)).toContain('TI-LICENSE-LISTS');
    const license = licenseOf(answer);
    expect(license['courseIds']).toEqual([b]);
    expect(license.courses.map(({ id }) => id)).toEqual([b]);
    expect(license.client.courseIds).toEqual([a, b]);
  });
});

describe('what is answered of a license', () => {
  it('is what was sent', async () => {
    const sent = newLicense({
      label: 'Spring',
      sku: 'LIC-1',
      seatsLimit: 250,
      accessDays: 365,
      enableBranding: true,
      isDefault: true,
    });
    expect(await create(server, sent)).toMatchObject({
      name: 'Spring cohort',
      label: 'Spring',
      sku: 'LIC-1',
      seatsLimit: 250,
      accessDays: 365,
      enableBranding: true,
      isDefault: true,
      client: { id: sent['clientId'] },
      createdAt: '2026-11-21T09:30:00.000Z',
      updatedAt: '2026-11-21T09:30:00.000Z',
    });
  });

  it('has every reference as sent', async () => {
    const refs = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`ref${index + 1}`, ` ${index} "ß" \u0000 {} `]),
    );
    expect(await create(server, refs)).toMatchObject(refs);
  });

  it('TI-OMITTED: is null, or false for a switch, where nothing was sent', async () => {
    const license = await create(server);
    const none = ['label', 'sku', 'seatsLimit', 'parentLicenseId', 'accessDays', 'expirationDate'];
    for (const name of [...none, 'ref1', 'ref10', 'parentLicense', 'dashboardLayoutId']) {
      expect(license[name], name).toBeNull();
    }
    expect(license).toMatchObject({ enableBranding: false, isDefault: false, childLicenses: [] });
  });

  it('names the rows behind it: TI-OMITTED only where something was left out', async () => {
    const always = [
      'TI-FIELD-ORDER',
      'TI-MADE-CONTENT',
      'TI-NESTED-DEPTH',
      'TI-SAMPLE-ONLY-FIELDS',
    ];
    const least = ledgerOf(await post(server, newLicense()));
    expect(least).toEqual(expect.arrayContaining([...always, 'TI-OMITTED']));

    const refs = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`ref${i + 1}`, 'a']));
    const optional = {
      ...refs,
      label: 'Lab',
      sku: 'LIC-1',
      seatsLimit: 5,
      parentLicenseId: (await create(server)).id,
      accessDays: 30,
      expirationDate: '2027-07-01T00:00:00.000Z',
      enableBranding: true,
      isDefault: false,
    };
    const whole = ledgerOf(await post(server, newLicense(optional)));
    expect(whole).toEqual(expect.arrayContaining(always));
    expect(whole).not.toContain('TI-OMITTED');
  });

  it('TI-SEATS: has 0 for 0 seats', async () => {
    const answer = await post(server, newLicense({ seatsLimit: 0 }));
    expect(licenseOf(answer)['seatsLimit']).toBe(0);
    expect(ledgerOf(answer)).toContain('TI-SEATS');
  });

  it.each([
    ['2027-07-01T00:00:00+02:00', '2027-06-30T22:00:00.000Z'],
    ['2020-02-29T23:59:59.5Z', '2020-02-29T23:59:59.500Z'],
  ])('TI-TIMESTAMPS: has %s as %s', async (expirationDate, utc) => {
    const answer = await post(server, newLicense({ expirationDate }));
    expect(licenseOf(answer)['expirationDate']).toBe(utc);
    expect(ledgerOf(answer)).toContain('TI-TIMESTAMPS');
    expect(warningsOf(answer)).toBe(1);
  });

  it('TI-DUPLICATES: has an id of its own, also for the same name and sku', async () => {
    const same = { clientId: randomUUID(), sku: 'LIC-1' };
    const [first, second] = [await create(server, same), await create(server, same)];
    expect(first.id).not.toBe(second.id);
  });

  it('TI-NESTED-DEPTH: holds objects to the second level and null below', async () => {
    const clientId = randomUUID();
    await create(server, { clientId, isDefault: true });
    const license = await create(server, { clientId, courseIds: ids(1) });
    expect(license.client.primaryLicense).toMatchObject({ client: null, courses: null });
    expect(license.client.courses[0]).toMatchObject({ courseGroup: null, prices: [] });
    expect(license['appearance']).toBeNull();
  });

  it('TI-UUID-CASE: has ids in lower case, and knows them in any', async () => {
    const clientId = randomUUID();
    const [a] = ids(1);
    await create(server, { clientId, courseIds: [a] });
    const answer = await post(
      server,
      newLicense({ clientId: clientId.toUpperCase(), courseIds: [a?.toUpperCase()] }),
    );
    expect(licenseOf(answer).client).toMatchObject({ id: clientId, courseIds: [a] });
    expect(ledgerOf(answer)).toContain('TI-UUID-CASE');
    expect(warningsOf(answer)).toBe(0);
  });
});

describe('the default license of a client', () => {
  it('TI-DEFAULT-LICENSE: is the last one that asked to be', async () => {
    const clientId = randomUUID();
    expect((await create(server, { clientId })).client.primaryLicense).toBeNull();
    const first = await create(server, { clientId, isDefault: true });
    expect(first.client.primaryLicense).toMatchObject({ id: first.id, isDefault: true });
    const second = await create(server, { clientId, isDefault: true });
    expect(second.client.primaryLicense?.id).toBe(second.id);
    const defaults = second.client.licenses.filter(({ isDefault }) => isDefault);
    expect(defaults.map(({ id }) => id)).toEqual([second.id]);
    const third = await create(server, { clientId });
    expect(third.client.primaryLicense?.id).toBe(second.id);
  });

  it('TI-LICENSE-END-DATE: says when the license of the client ends', async () => {
    const clientId = randomUUID();
    const expirationDate = '2027-01-01T00:00:00.000Z';
    const plain = await create(server, { clientId, expirationDate });
    expect(plain.client['licenseEndDate']).toBeNull();
    const standard = await post(server, newLicense({ clientId, expirationDate, isDefault: true }));
    expect(licenseOf(standard).client['licenseEndDate']).toBe(expirationDate);
    expect(ledgerOf(standard)).toContain('TI-LICENSE-END-DATE');
  });
});

describe('TI-EXPIRED-LICENSES: left-out', () => {
  it('takes an expired license from its client by the sandbox clock', async () => {
    const two = await startTestServer({
      clock: '2026-01-01T00:00:00Z',
      settings: { 'TI-EXPIRED-LICENSES': 'left-out' },
    });
    const clientId = randomUUID();
    const expirationDate = '2026-02-01T00:00:00.000Z';
    const term = { clientId, expirationDate, isDefault: true, seatsLimit: 30 };
    const first = await create(two, term);
    const rest = { clientId, seatsLimit: 5 };
    expect((await create(two, rest)).client).toMatchObject({
      licenseEndDate: expirationDate,
      primaryLicense: { id: first.id },
      seatsAllocatedCount: 35,
    });
    await control(two.url, 'PUT /sandboxes/default/clock', { mode: 'frozen', now: expirationDate });
    const { client } = await create(two, rest);
    expect(client).toMatchObject({
      licenseEndDate: null,
      primaryLicense: null,
      seatsAllocatedCount: 10,
    });
    expect(client.licenses.map(({ id }) => id)).not.toContain(first.id);
    await two.stop();
  });

  it('TI-EXPIRED-LICENSES: kept: nothing changes', async () => {
    const clientId = randomUUID();
    const past = {
      clientId,
      expirationDate: '2020-01-01T00:00:00.000Z',
      isDefault: true,
      seatsLimit: 30,
    };
    const { id } = await create(server, past);
    expect((await create(server, { clientId })).client).toMatchObject({
      primaryLicense: { id },
      seatsAllocatedCount: 30,
    });
  });
});

describe('the licenses of a client', () => {
  it('TI-CLIENT-LICENSES: are listed newest first, up to a number', async () => {
    const two = await startTestServer({ settings: { 'TI-CLIENT-LICENSES': '2' } });
    const clientId = randomUUID();
    const made = [];
    for (const name of ['a', 'b', 'c']) made.push(await create(two, { clientId, name }));
    const { client } = made.at(-1) ?? (await create(two));
    expect(client.licenses.map(({ id }) => id)).toEqual([made[2]?.id, made[1]?.id]);
    expect(client.licenses[0]).toMatchObject({ name: 'c', client: null });
    await two.stop();
  });

  it('TI-CLIENT-COUNTS: hold seats together', async () => {
    const clientId = randomUUID();
    await create(server, { clientId, seatsLimit: 10 });
    await create(server, { clientId });
    const answer = await post(server, newLicense({ clientId, seatsLimit: 5 }));
    const { client } = licenseOf(answer);
    expect(client).toMatchObject({ seatsAllocatedCount: 15, seatsUsedCount: 0 });
    expect(ledgerOf(answer)).toContain('TI-CLIENT-COUNTS');
  });
});

describe('a hierarchy', () => {
  it('TI-PARENTS: shows the parent with all its children', async () => {
    const clientId = randomUUID();
    const courseIds = ids(1);
    const parent = await create(server, { clientId, name: 'Parent', courseIds });
    const first = await create(server, { clientId, parentLicenseId: parent.id });
    const second = await create(server, { clientId, parentLicenseId: parent.id });
    expect(second).toMatchObject({ parentLicenseId: parent.id, childLicenses: [] });
    expect(second.parentLicense).toMatchObject({
      id: parent.id,
      name: 'Parent',
      client: { id: clientId },
      courses: [{ id: courseIds[0] }],
      childLicenses: [{ id: first.id }, { id: second.id }],
    });
    const grandchild = await create(server, { clientId, parentLicenseId: second.id });
    expect(grandchild.parentLicense?.parentLicense).toBeNull();
    expect(grandchild.parentLicense?.['parentLicenseId']).toBe(parent.id);
  });

  it('TI-PARENTS: refuses a parent that is no license, also with open references', async () => {
    const answer = await post(server, newLicense({ parentLicenseId: randomUUID() }));
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({
      error: 'unprocessable_entity',
      message: 'parentLicenseId names nothing that exists.',
    });
  });

  it('TI-PARENTS: takes a parent of another client with a warning; strict does not', async () => {
    const parent = await create(server, { name: 'Parent' });
    const answer = await post(server, newLicense({ parentLicenseId: parent.id }));
    expect(answer.status).toBe(200);
    expect(warningsOf(answer)).toBe(2);
    expect(licenseOf(answer).parentLicense?.childLicenses).toHaveLength(1);
    const fields = { clientId: clientOfStrict, parentLicenseId: licenseOfAnother };
    const refused = await post(strict, newLicense(fields));
    expect(refused.status).toBe(422);
    expect(refused.body).toHaveProperty(
      'message',
      'parentLicenseId names a license of another client.',
    );
  });
});

describe('what is not known', () => {
  const unknown = () =>
    newLicense({ courseIds: ids(1), learningPathIds: ids(1), courseTagIds: ids(2) });

  it('TI-REFERENCES: is made on first use with a warning each, and known from then on', async () => {
    const license = unknown();
    const first = await post(server, license);
    expect(first.status).toBe(200);
    expect(warningsOf(first)).toBe(5);
    expect(ledgerOf(first)).toContain('TI-REFERENCES');
    const second = await post(server, license);
    expect(warningsOf(second)).toBe(0);
    expect(ledgerOf(second)).not.toContain('TI-REFERENCES');
  });

  it('TI-REFERENCES: is refused by closed references, all of it at once, and nothing is made', async () => {
    const license = unknown();
    for (const answer of [await post(closed, license), await post(closed, license)]) {
      expect(answer.status).toBe(422);
      expect(answer.body).toEqual({
        error: 'unprocessable_entity',
        message:
          'clientId names nothing that exists. courseIds[0] names nothing that exists. learningPathIds[0] names nothing that exists. courseTagIds[0] names nothing that exists. courseTagIds[1] names nothing that exists.',
      });
    }
  });

  it('TI-REFUSAL-WORDS: TI-INVALID-STATUS: is not looked up where a parameter is wrong by itself', async () => {
    const answer = await post(closed, { ...unknown(), seatsLimit: -1, label: 7 });
    expect(answer.status).toBe(400);
    expect(answer.body).toHaveProperty(
      'message',
      'label must be a string. seatsLimit must not be negative.',
    );
    expect(ledgerOf(answer)).not.toContain('TI-REFERENCES');
  });

  it('TI-REFERENCES: is refused in profile strict', async () => {
    const answer = await post(strict, newLicense({ clientId: clientOfStrict, courseIds: ids(1) }));
    expect(answer.status).toBe(422);
    expect(answer.body).toHaveProperty('message', 'courseIds[0] names nothing that exists.');
    expect((await post(strict, newLicense({ clientId: clientOfStrict }))).status).toBe(200);
  });
});

describe('what GraphQL tolerates', () => {
  it('TI-SCALAR-IDS: one id is a list of one, with a warning', async () => {
    const clientId = randomUUID();
    const [courseIds] = ids(1);
    await create(server, { clientId, courseIds: [courseIds] });
    const answer = await post(server, newLicense({ clientId, courseIds }));
    expect(licenseOf(answer)['courseIds']).toEqual([courseIds]);
    expect(warningsOf(answer)).toBe(1);
    expect(ledgerOf(answer)).toContain('TI-SCALAR-IDS');
  });

  it('TI-NULLS: null is nothing sent, with a warning', async () => {
    const answer = await post(server, newLicense({ label: null, seatsLimit: null }));
    expect(licenseOf(answer)).toMatchObject({ label: null, seatsLimit: null });
    expect(warningsOf(answer)).toBe(3);
  });

  it('TI-UNKNOWN-PARAMETERS: what the operation does not know is ignored, with a warning', async () => {
    const answer = await post(server, newLicense({ colour: 'red', ['__proto__']: 'x' }));
    expect(answer.status).toBe(200);
    expect(licenseOf(answer)).not.toHaveProperty('colour');
    expect(warningsOf(answer)).toBe(3);
    expect(ledgerOf(answer)).toContain('TI-UNKNOWN-PARAMETERS');
  });

  it('TI-TIMESTAMPS: a date alone or without offset is UTC, with a warning', async () => {
    const answer = await post(server, newLicense({ expirationDate: '2027-01-01' }));
    expect(licenseOf(answer)['expirationDate']).toBe('2027-01-01T00:00:00.000Z');
    expect(warningsOf(answer)).toBe(2);
  });

  it.each([
    [{ courseIds: randomUUID() }, 'courseIds must be a list of UUIDs.'],
    [{ label: null }, 'label must be a string.'],
    [{ seatsLimit: null }, 'seatsLimit must be an integer.'],
    [{ colour: 'red' }, 'colour is not a known parameter.'],
    [{ expirationDate: '2027-01-01' }, 'expirationDate must be an ISO 8601 timestamp.'],
  ])('is refused in profile strict: %j', async (fields, message) => {
    const answer = await post(strict, newLicense({ clientId: clientOfStrict, ...fields }));
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: 'bad_request', message });
  });
});

describe('switches', () => {
  it('TI-ENVELOPE: unwrapped answers the license alone', async () => {
    const bare = await startTestServer({ settings: { 'TI-ENVELOPE': 'unwrapped' } });
    const answer = await post(bare, newLicense());
    expect(Object.keys(answer.body as object).slice(0, 5)).toEqual([
      'id',
      'name',
      'label',
      'sku',
      'client',
    ]);
    await bare.stop();
  });

  it('TI-CREATE-STATUS: answers 201 where it is chosen', async () => {
    expect((await post(server, newLicense())).status).toBe(200);
    const created = await startTestServer({
      settings: { 'TI-CREATE-STATUS': '201', 'TI-ENVELOPE': 'unwrapped' },
    });
    expect((await post(created, newLicense())).status).toBe(201);
    await created.stop();
  });
});
