import { describe, expect, it } from 'vitest';
import { NOW, openTestWorld } from '../../../../test/support/thought-industries-world.ts';
import type { CheckedRequest } from '../../../frameworks/framework.ts';
import { compileSchema } from '../../../schema/json-schema.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { TiWorld } from '../credentials.ts';
import { findById, nextRecord } from '../find.ts';
import { deleteLicense } from '../operations/delete-license.ts';
import { clients, courses, licenses } from '../records.ts';
import { codeGroups } from '../redemption-codes.ts';
import { allocations, seatsUsedOf } from '../seats.ts';
import { users } from '../users.ts';
import { sectionSchema } from './schema.ts';
import { thoughtIndustries } from '../thought-industries.ts';

const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const check = compileSchema(sectionSchema);

const section: JsonObject = {
  credentials: [{ token: 'one' }, { token: 'two' }],
  clients: [
    { id: id(1), name: 'Northwind', seatsLimit: 500, courseIds: [id(5)], createdAt: 'now-1y' },
    { id: id(2), name: 'Contoso' },
  ],
  courses: [{ id: id(5), title: 'Bees', customFields: { hives: 3 }, publishDate: 'now-30d' }],
  learningPaths: [{ id: id(6), name: 'Beekeeper' }],
  courseTags: [{ id: id(7), label: 'Insects' }],
  licenses: [
    {
      id: id(8),
      clientId: id(1),
      name: 'Parent',
      isDefault: true,
      seatsLimit: 0,
      expirationDate: 'now+1y',
      createdAt: 'now-10d',
      courseIds: [id(5), id(9)],
      ref3: 'x',
    },
    { clientId: id(1), name: 'Child', parentLicenseId: id(8), seatsLimit: 25 },
    { clientId: id(2), name: 'Other', courseIds: [id(9)], learningPathIds: [id(6)] },
    { clientId: id(2), name: 'More', courseIds: [id(5), id(9)], courseTagIds: [id(7)] },
    { clientId: id(3), name: 'Of a client that is not described', seatsLimit: 9, students: 4 },
  ],
  users: [
    {
      email: 'Ada@Example.com',
      firstName: null,
      clientId: id(1),
      role: 'sublicense-manager',
      disabled: true,
      courseIds: [id(5)],
      ref1: 'x',
      licenses: [
        { licenseId: id(8), createdAt: 'now-3d' },
        { licenseId: id(8), role: 'manager' },
      ],
      createdAt: 'now-9d',
    },
  ],
  redemptionCodes: [
    { label: 'Fair', codeLength: 8, totalCodesCount: 5, licenseIds: [id(8)], accessDays: 3 },
  ],
};

describe('the section of a scenario', () => {
  it('fits its schema', () => expect(check(section)).toEqual([]));

  it.each([
    [{ courses: [{ id: 'x' }] }, 'courses'],
    [{ courses: [{ title: 'no id' }] }, 'courses'],
    [{ courses: [{ id: id(1), tilte: 'typo' }] }, 'courses'],
    [{ licenses: [{ clientId: id(1) }] }, 'licenses'],
    [{ licenses: [{ clientId: id(1), name: 'x', expirationDate: 'soon' }] }, 'licenses'],
    [{ credentials: [{ token: 'has space' }] }, 'credentials'],
  ])('is refused as %j', (broken, field) => {
    expect(check(broken)[0]?.path[0]).toBe(field);
  });

  it('plants records with dates resolved and lists joined', async () => {
    const { run } = await openTestWorld({ section });
    await run(async (world) => {
      const northwind = await findById(clients, id(1), world);
      expect(northwind).toMatchObject({
        given: { name: 'Northwind', seatsLimit: 500, createdAt: '2025-11-21T09:30:00.000Z' },
        courseIds: [id(5)],
        defaultLicenseId: id(8),
        seatsAllocated: 25,
      });
      const contoso = await findById(clients, id(2), world);
      expect(contoso).toMatchObject({
        courseIds: [id(9), id(5)],
        learningPathIds: [id(6)],
        courseTagIds: [id(7)],
      });
      expect(await findById(licenses, id(8), world)).toMatchObject({
        expirationDate: '2027-11-21T09:30:00.000Z',
        createdAt: '2026-11-11T09:30:00.000Z',
        updatedAt: '2026-11-11T09:30:00.000Z',
        seatsLimit: 0,
        ref3: 'x',
        ref4: null,
      });
      expect(await world.in(courses).get(id(9))).toMatchObject({ id: id(9), given: {} });
      expect(await findById(clients, id(3), world)).toMatchObject({ id: id(3), given: {} });
    });
  });

  const holder = { licenses: [{ licenseId: id(8) }] };
  it.each([
    [
      { users: [{ email: 'ida@example.com' }, { email: 'IDA@example.com' }] },
      'Two users have the email IDA@example.com. Give each user an email of its own.',
    ],
    [
      {
        licenses: [{ id: id(8), clientId: id(1), name: 'Spring', seatsLimit: 1 }],
        users: [holder, holder],
      },
      'The license "Spring" has 2 students, but only 1 seats. Add seats, or remove students.',
    ],
  ])('names what cannot be: %j', async (broken, message) => {
    await expect(openTestWorld({ section: broken })).rejects.toThrow(message);
  });

  it('TI-SEATS-BELOW-USE: may have more students than seats, if an update may leave it so', async () => {
    const { run } = await openTestWorld({
      section: {
        licenses: [{ id: id(8), clientId: id(1), name: 'Spring', seatsLimit: 1 }],
        users: [holder, holder],
      },
      settings: { 'TI-SEATS-BELOW-USE': 'accepted' },
    });
    const [client] = await run((world) => world.in(clients).find());
    expect(client).toMatchObject({ seatsAllocated: 1 });
  });

  it('takes ids in any letter case', async () => {
    const upper = 'ABCDEFAB-0000-4000-8000-000000000000';
    const { run } = await openTestWorld({
      section: { licenses: [{ clientId: upper, name: 'x', courseIds: [upper] }] },
    });
    const client = await run((world) => findById(clients, upper.toLowerCase(), world));
    expect(client?.courseIds).toEqual([upper.toLowerCase()]);
  });

  it('comes back from describe, and plants the same records again', async () => {
    const first = await openTestWorld({ section });
    const described = await first.run((world) => thoughtIndustries.scenario.describe(world));
    expect(check(described)).toEqual([]);
    const later = NOW + 86_400_000;
    const second = await openTestWorld({ section: described, now: later });
    expect(await second.run((world) => thoughtIndustries.scenario.describe(world))).toEqual(
      described,
    );
    expect(await second.run(all)).toEqual(await first.run(all));
  });

  it('goes on with the same ids after the newest licenses were deleted', async () => {
    const first = await openTestWorld({ section });
    const [newest] = await first.run((world) =>
      world.in(licenses).find({ sort: { field: 'number', direction: 'descending' }, limit: 1 }),
    );
    await first.run((world) => deleteLicense(deletionOf(newest?.id ?? ''), world));
    const described = await first.run((world) => thoughtIndustries.scenario.describe(world));
    expect(check(described)).toEqual([]);
    expect(described['highestDeletedLicense']).toBe(newest?.number);
    const second = await openTestWorld({ section: described });
    const next = (world: TiWorld) => nextRecord(licenses, 'license', world);
    expect(await second.run(next)).toEqual(await first.run(next));
  });

  it('makes students, who have seats, and users with their licenses', async () => {
    const pair = [{ licenseId: id(8) }, { licenseId: id(8), role: 'manager' }];
    const { run } = await openTestWorld({
      section: {
        licenses: [{ id: id(8), clientId: id(1), name: 'Full', seatsLimit: 3, students: 2 }],
        users: [{ email: 'ada@example.com', licenses: pair }, {}],
      },
    });
    await run(async (world) => {
      const license = await findById(licenses, id(8), world);
      expect(license && (await seatsUsedOf(license, world))).toBe(3);
      const [student, , ada] = await world.in(users).find();
      expect(student).toMatchObject({
        clientId: id(1),
        email: expect.stringMatching(/^\w+\.\w+1@/),
      });
      expect(ada).toMatchObject({ email: 'ada@example.com', firstName: expect.any(String) });
    });
  });

  it.each([
    [{ seatsLimit: 1, students: 2 }, [], 'The license "Full" has 2 students, but only 1 seats.'],
    [{}, [{ email: 'a@b.c', licenses: [{ licenseId: id(7) }] }], 'The user a@b.c has the license'],
  ])('says what cannot be: %j %j', async (fields, people, message) => {
    const full = { id: id(8), clientId: id(1), name: 'Full', ...fields };
    await expect(openTestWorld({ section: { licenses: [full], users: people } })).rejects.toThrow(
      message,
    );
  });

  it('says which license names a parent that is not there', async () => {
    const orphan = [{ clientId: id(1), name: 'Orphan', parentLicenseId: id(4) }];
    await expect(openTestWorld({ section: { licenses: orphan } })).rejects.toThrow(
      `The license "Orphan" has the parent ${id(4)}`,
    );
  });

  it('may name a parent before it comes', async () => {
    const child = { clientId: id(1), name: 'Child', parentLicenseId: id(8) };
    const parent = { id: id(8), clientId: id(1), name: 'Parent' };
    await expect(openTestWorld({ section: { licenses: [child, parent] } })).resolves.toBeDefined();
  });

  it('has the key ti-key where it names none', () => {
    expect(thoughtIndustries.scenario.configure({}).credentials).toEqual([{ token: 'ti-key' }]);
    expect(thoughtIndustries.scenario.configure({ credentials: [] }).credentials).toEqual([]);
  });
});

describe('introduce', () => {
  it('shows a key and a request that can be sent', () => {
    const { credentials, example } = thoughtIndustries.introduce(
      thoughtIndustries.scenario.configure({}),
    );
    expect(credentials).toEqual(['Authorization: Bearer ti-key']);
    expect(example?.headers['authorization']).toBe('Bearer ti-key');
    expect(JSON.parse(example?.body ?? '')).toHaveProperty('clientId');
  });
  it('shows no request that would be refused', () => {
    const { configure } = thoughtIndustries.scenario;
    expect(
      thoughtIndustries.introduce(configure({ references: 'closed' })).example,
    ).toBeUndefined();
    expect(thoughtIndustries.introduce(configure({ credentials: [] })).example).toBeUndefined();
  });
});

/** What the handler reads of a request. */
function deletionOf(license: string): CheckedRequest {
  return { route: { parameters: { id: license } } } as unknown as CheckedRequest;
}

async function all(world: TiWorld) {
  return [
    await world.in(licenses).find(),
    await world.in(clients).find(),
    await world.in(courses).find(),
    await world.in(users).find(),
    await world.in(allocations).find(),
    await world.in(codeGroups).find(),
  ];
}
