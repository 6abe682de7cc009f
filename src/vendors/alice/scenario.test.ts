import { describe, expect, it } from 'vitest';
import { NOW, openAliceWorld } from '../../../test/support/alice-world.ts';
import { compileSchema } from '../../schema/json-schema.ts';
import type { JsonObject } from '../../messages/json.ts';
import { alice } from './alice.ts';
import { licenses, nextLicense } from './records.ts';
import { scenario } from './scenario.ts';

const GUID = 'ea677d34-15bf-4074-97b1-5b9661e2b4d0';
const check = compileSchema(scenario.schema);

const section: JsonObject = {
  credentials: [{ header: 'X-Api-Key', token: 'one' }],
  rules: [
    { property: 'Name', validator: 'NotEmpty' },
    { property: 'Name', validator: 'Matches', arguments: ['^[a-z]'] },
    {
      property: 'StartDate',
      validator: 'GreaterThan',
      arguments: ['2026-03-02T04:02:01.5797227Z'],
    },
    { property: 'EndDate', validator: 'After', arguments: ['StartDate'] },
    { property: 'OwnerId', validator: 'NotEqual', arguments: [GUID.toUpperCase()] },
  ],
  licenses: [
    {
      Name: 'Spring',
      StartDate: 'now-1d',
      EndDate: '2026-12-31T23:59:59.9999999+02:00',
      SeatUserGroupIds: [GUID.toUpperCase()],
      Isbns: ['9780306406157', null],
      created: 'now-1d',
    },
    { id: GUID, Name: null, StartDate: '2026-03-02' },
  ],
};

describe('the section of a scenario', () => {
  it('fits its schema', () => expect(check(section)).toEqual([]));

  it.each([
    [{ licences: [] }, 'licences'],
    [{ credentials: [{ token: 'x' }] }, 'credentials'],
    [{ credentials: [{ header: 'a b', token: 'x' }] }, 'credentials'],
    [{ rules: [{ property: 'Nmae', validator: 'NotEmpty' }] }, 'rules'],
    [{ rules: [{ property: 'Name', validator: 'Unheard' }] }, 'rules'],
    [{ licenses: [{ StartDate: 'soon' }] }, 'licenses'],
    [{ licenses: [{ AvailableSeats: 2_147_483_648 }] }, 'licenses'],
    [{ licenses: [{ OwnerId: null }] }, 'licenses'],
    [{ licenses: [{ Seats: 1 }] }, 'licenses'],
  ])('is refused as %j', (broken, field) => {
    expect(check(broken)[0]?.path[0]).toBe(field);
  });

  it.each([
    [{ property: 'Name', validator: 'GreaterThan', arguments: [0] }, 'cannot be used on Name'],
    [{ property: 'Isbns', validator: 'Email' }, 'cannot be used on Isbns'],
    [{ property: 'Name', validator: 'Length', arguments: [1] }, 'has 1 arguments'],
    [{ property: 'Name', validator: 'Length', arguments: [1, 'x'] }, '"x" is not an integer'],
    [
      { property: 'Name', validator: 'Matches', arguments: ['('] },
      '"(" is not a regular expression',
    ],
    [
      { property: 'EndDate', validator: 'After', arguments: ['Name'] },
      '"Name" is not a date property',
    ],
    [{ property: 'EndDate', validator: 'LessThan', arguments: ['soon'] }, '"soon" is not a valid'],
    [{ property: 'Buffer', validator: 'LessThan', arguments: ['x'] }, '"x" is not a valid Buffer'],
  ])('is refused for the rule %j', (rule, message) => {
    expect(() => scenario.configure({ rules: [rule as JsonObject] })).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message) as string }),
    );
    expect(() => scenario.configure({ rules: [rule as JsonObject] })).toThrow('alice.rules[0]');
  });

  it('plants licenses with dates resolved, digits kept and defaults filled in', async () => {
    const { run } = await openAliceWorld(section);
    const planted = await run((world) => world.in(licenses).find());
    expect(planted.find(({ Name }) => Name === 'Spring')).toMatchObject({
      StartDate: '2026-11-20T09:30:00Z',
      EndDate: '2026-12-31T21:59:59.9999999+00:00',
      SeatUserGroupIds: [GUID],
      AvailableSeats: 0,
      OwnerId: '00000000-0000-0000-0000-000000000000',
      created: new Date(NOW - 86_400_000).toISOString(),
    });
    expect(planted.find(({ id }) => id === GUID)).toMatchObject({
      StartDate: '2026-03-02T00:00:00-00:00',
      Isbns: null,
    });
  });

  it('is described so that planting it again gives the same', async () => {
    const first = await openAliceWorld(section);
    const described = await first.run((world) => scenario.describe(world));
    expect(check(described)).toEqual([]);
    const second = await openAliceWorld(described);
    expect(await second.run((world) => scenario.describe(world))).toEqual(described);
    const all = [first, second].map(({ run }) => run((world) => world.in(licenses).find()));
    const [one, other] = await Promise.all(all);
    expect(other).toEqual(one);
  });

  it('describes the default rules, so that they stay when they change', async () => {
    const { run } = await openAliceWorld();
    const described = await run((world) => scenario.describe(world));
    expect(scenario.configure(described)).toEqual(scenario.configure({}));
  });

  it('gives a new license no id that an imported one has', async () => {
    const { run: elsewhere } = await openAliceWorld();
    const { id: taken } = await elsewhere((world) => nextLicense(world));
    const { run } = await openAliceWorld({ licenses: [{ Name: 'a' }, { Name: 'b', id: taken }] });
    const { id: next } = await run((world) => nextLicense(world));
    expect(next).not.toBe(taken);
  });
});

describe('introduce', () => {
  it('shows that no credential is needed, and a request that is a license', () => {
    const { credentials, example } = alice.introduce(scenario.configure({}));
    expect(credentials).toEqual(['none needed']);
    expect(example).toMatchObject({ method: 'POST', path: '/api/licenses/add' });
  });

  it('sends the first credential along', () => {
    const { credentials, example } = alice.introduce(scenario.configure(section));
    expect(credentials).toEqual(['X-Api-Key: one']);
    expect(example?.headers).toMatchObject({ 'X-Api-Key': 'one' });
  });
});
