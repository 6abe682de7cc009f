import { describe, expect, it } from 'vitest';
import { kindOf, NOW, openIblWorld } from '../../../../test/support/ibl-world.ts';
import { compileSchema } from '../../../schema/json-schema.ts';
import type { JsonObject } from '../../../messages/json.ts';
import { ibl } from '../ibl.ts';
import { platforms, users } from '../records.ts';
import { scenario } from './scenario.ts';

const { configure } = scenario;
const check = compileSchema(scenario.schema);

const section: JsonObject = {
  credentials: [
    { token: 'adm', role: 'dm-admin' },
    { token: 'ro', role: 'platform-admin', platform: 'acme' },
  ],
  platforms: [
    { key: 'acme', org: 'acme-org', name: 'Acme' },
    { id: 7, key: 'beta' },
  ],
  programs: [
    { key: 'bar', name: 'Bar Exam', platform: 'acme' },
    { key: 'bar', id: 'bar-of-beta', platform: 'beta' },
    { key: 'law', platform: 'gamma' },
  ],
  licenses: [
    { platform_key: 'acme', program_key: 'bar', name: 'Without id', count: 3 },
    {
      id: 40,
      platform_key: 'acme',
      program_key: 'bar',
      name: 'Spring',
      count: 100,
      created: 'now-31d',
      started: 'now-30d',
      expired: 'now+1y',
      external_id: 'acme-1',
      active: false,
      metadata: { region: 'emea', nested: { a: [1, null] } },
      enrollment_config: { auto: true },
      source: 'salesforce',
      assignments: { active: 45, pending: 5 },
      history: [
        { change_type: 'create', at: 'now-31d' },
        {
          id: 9,
          change_type: 'renewal',
          transaction_id: 't-1',
          by: 'adm',
          at: '2026-11-01T00:00:00.000007Z',
          changes: { count: { from: 50, to: 100 } },
        },
      ],
    },
    { platform_key: 'delta', program_key: 'new', name: 'Of no one', count: 0, expired: null },
    { generate: 30 },
    { generate: 5, platform_key: 'acme', program_key: 'bar' },
    { generate: 2, platform_key: 'epsilon' },
  ],
};

const contentOf = async (from: JsonObject, seed = 1) => {
  const { store } = await openIblWorld({ section: from, seed });
  return store.export('test');
};

describe('the section', () => {
  it('fits its schema', () => expect(check(section)).toEqual([]));

  it.each<[JsonObject, string[]]>([
    [{ credentials: [{ token: 'a b', role: 'dm-admin' }] }, ['credentials', '0', 'token']],
    [{ credentials: [{ token: 'a', role: 'root' }] }, ['credentials', '0', 'role']],
    [{ credentials: [{ token: 'a', role: 'platform-admin' }] }, ['credentials', '0']],
    [{ platforms: [{ key: 'a', nmae: 'x' }] }, ['platforms', '0', 'nmae']],
    [{ programs: [{ key: 'a' }] }, ['programs', '0']],
    [{ licenses: [{ platform_key: 'a', program_key: 'b', name: 'c' }] }, ['licenses', '0']],
    [{ licenses: [{ generate: 0 }] }, ['licenses', '0', 'generate']],
    [{ licenses: [{ generate: 2, name: 'x' }] }, ['licenses', '0', 'name']],
    [
      {
        licenses: [{ platform_key: 'a', program_key: 'b', name: 'c', count: 1, started: 'soon' }],
      },
      ['licenses', '0', 'started'],
    ],
  ])('%j is refused, saying where', (broken, at) => {
    expect(check(broken).map((fault) => fault.path)).toContainEqual(at);
  });

  it('gives two credentials where it names none', () => {
    expect(configure({}).credentials.map(({ token }) => token)).toEqual([
      'dm-admin',
      'platform-admin',
    ]);
    expect(configure({ credentials: [] }).credentials).toEqual([]);
    expect(configure({ references: 'closed' }).references).toBe('closed');
  });
});

describe('plant', () => {
  it('stores what is written, dates resolved', async () => {
    const { run } = await openIblWorld({ section });
    await run(async (world) => {
      expect(await world.in(kindOf('program').licenses).get(40)).toEqual({
        id: 40,
        created: '2026-10-21T09:30:00.250000Z',
        started: '2026-10-22T09:30:00.250000Z',
        expired: '2027-11-21T09:30:00.250000Z',
        name: 'Spring',
        count: 100,
        active: false,
        metadata: { region: 'emea', nested: { a: [1, null] } },
        source: 'salesforce',
        external_id: 'acme-1',
        platform_key: 'acme',
        platform_org: 'acme-org',
        program_id: 'bar',
        program_key: 'bar',
        program_name: 'Bar Exam',
        usage_count: 50,
        invited_count: 5,
        unfulfilled_count: 5,
        enrollment_config: { auto: true },
      });
    });
  });

  it('gives ids after those that are written', async () => {
    const { run } = await openIblWorld({ section });
    await run(async (world) => {
      const found = await world.in(kindOf('program').licenses).find();
      expect(found.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, i) => 40 + i));
      expect(await world.in(kindOf('program').licenses).nextId()).toBe(80);
      expect(await world.in(platforms).find()).toMatchObject([
        { id: 7, key: 'beta' },
        { id: 8, key: 'acme' },
        { id: 9, key: 'gamma' },
        { id: 10, key: 'delta' },
        { id: 11, key: 'epsilon' },
      ]);
      expect(await world.in(kindOf('program').history).nextId()).toBeGreaterThan(9);
    });
  });

  it('makes platforms and programs that are named and not listed', async () => {
    const { run } = await openIblWorld({ section });
    await run(async (world) => {
      const found = await kindOf('program').subject?.of('delta', world);
      expect(found).toEqual([
        { name: 'new', fields: { program_id: 'new', program_key: 'new', program_name: 'new' } },
      ]);
    });
  });

  it('writes a history where none is written', async () => {
    const { run } = await openIblWorld({ section });
    await run(async (world) => {
      const where = [{ field: 'license_id', equals: 41 }] as const;
      const [entry, ...others] = await world.in(kindOf('program').history).find({ where });
      expect(others).toEqual([]);
      expect(entry).toMatchObject({
        change_type: 'create',
        by: 'scenario',
        at: '2026-11-21T09:30:00.250000Z',
        before: null,
        after: { name: 'Without id', count: 3 },
      });
    });
  });

  it('refuses more active assignments than seats', async () => {
    const license = { platform_key: 'a', program_key: 'b', name: 'Full', count: 1 };
    const broken = { licenses: [{ ...license, assignments: { active: 2 } }] };
    await expect(openIblWorld({ section: broken })).rejects.toThrow(/"Full" has 2 active/);
    const invited = { licenses: [{ ...license, assignments: { active: 1, pending: 1 } }] };
    await expect(openIblWorld({ section: invited })).rejects.toThrow(/"Full" has 2 active/);
    const settings = { 'IBL-PENDING-SEATS': 'free' };
    await expect(openIblWorld({ section: invited, settings })).resolves.toBeDefined();
  });

  const user = { email: 'maya@example.com', platform_key: 'acme' };
  it.each([
    [
      { users: [user, { ...user, email: 'MAYA@example.com' }] },
      'two users of platform acme have the e-mail address MAYA@example.com',
    ],
    [
      { users: [user, { ...user, email: 'm@example.com', username: 'maya' }] },
      'two users have the username maya',
    ],
    [
      {
        users: [{ ...user, id: 1 }],
        groups: [{ name: 'Staff', platform_key: 'beta', members: [1] }],
      },
      '"Staff" has the member 1, who is not in users of beta',
    ],
  ])('names what cannot be: %j', async (broken, message) => {
    await expect(openIblWorld({ section: broken })).rejects.toThrow(message);
  });

  it('gives users of one name usernames of their own, and a user what the address was given', async () => {
    const license = { id: 3, platform_key: 'acme', program_key: 'bar', name: 'Spring', count: 5 };
    const { run } = await openIblWorld({
      section: {
        users: [user, { ...user, platform_key: 'beta' }],
        licenses: [{ ...license, assignments: [{ email: 'Maya@example.com' }] }],
      },
    });
    await run(async (world) => {
      const names = (await world.in(users).find()).map(({ username }) => username);
      expect(names).toEqual(['maya', 'maya.2']);
      const [seat] = await world.in(kindOf('program').assignments).find();
      expect(seat).toMatchObject({ user_id: 1, email: 'maya@example.com' });
    });
  });
});

describe('generated licenses', () => {
  it('are the same for the same seed, and others for another', async () => {
    const some = { licenses: [{ generate: 20 }] };
    expect(await contentOf(some)).toEqual(await contentOf(some));
    expect(await contentOf(some, 2)).not.toEqual(await contentOf(some));
  });

  it('do not depend on how many there are', async () => {
    const many = await contentOf({ licenses: [{ generate: 20, platform_key: 'acme' }] });
    const few = await contentOf({ licenses: [{ generate: 3, platform_key: 'acme' }] });
    expect(many.records['ibl.program-licenses']?.slice(0, 3)).toEqual(
      few.records['ibl.program-licenses'],
    );
  });

  it('are of all kinds, and make sense', async () => {
    const { run } = await openIblWorld({
      section: { platforms: [{ key: 'a' }, { key: 'b' }], licenses: [{ generate: 300 }] },
    });
    const found = await run((world) => world.in(kindOf('program').licenses).find());
    const now = new Date(NOW).toISOString();
    expect(new Set(found.map(({ platform_key }) => platform_key))).toEqual(new Set(['a', 'b']));
    expect(found.some(({ expired }) => expired === null)).toBe(true);
    expect(found.some(({ expired }) => expired !== null && expired < now)).toBe(true);
    expect(found.some(({ started }) => started > now)).toBe(true);
    expect(found.some(({ active }) => !active)).toBe(true);
    expect(found.some(({ external_id }) => external_id === null)).toBe(true);
    for (const license of found) {
      expect(license.usage_count).toBeLessThanOrEqual(license.count);
      expect(license.created <= now && license.created < license.started).toBe(true);
      expect(license.expired === null || license.started < license.expired).toBe(true);
    }
  });
});

it('describe gives a section that plants the same again', async () => {
  const first = await openIblWorld({ section });
  const described = await first.run((world) => ibl.scenario.describe(world));
  expect(check(described)).toEqual([]);
  expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  const second = await openIblWorld({ section: described, now: NOW + 86_400_000 });
  expect((await second.store.export('test')).records).toEqual(
    (await first.store.export('test')).records,
  );
  expect(await second.run((world) => ibl.scenario.describe(world))).toEqual(described);
  expect(configure(described).credentials).toEqual(section['credentials']);
});
