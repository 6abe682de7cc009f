/** Random calls that take, move and free seats, one after the other and in parallel, compared with a simple model. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { NO_LISTS, openSchool } from '../support/thought-industries-school.ts';
import { runs } from '../support/runs.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const { call, shown, license, seatsUsed } = openSchool(() => server);

type Step =
  | {
      readonly kind: 'give';
      readonly user: number;
      readonly students: readonly number[];
      readonly managers: readonly number[];
      readonly replace: boolean;
      readonly isBulk: boolean;
    }
  | { readonly kind: 'limit'; readonly license: number; readonly seats: number }
  | { readonly kind: 'delete'; readonly license: number };

const index = fc.nat(2);
const few = fc.uniqueArray(index, { maxLength: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('give' as const),
      user: fc.nat(4),
      students: few,
      managers: few,
      replace: fc.boolean(),
      isBulk: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('limit' as const),
      license: index,
      seats: fc.nat(3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('delete' as const), license: index }),
  },
);

/** A school with three licenses and five users. */
async function openWorld() {
  const clientId = randomUUID();
  const ids: string[] = [];
  for (const seatsLimit of [1, 2, 3]) ids.push((await license({ clientId, seatsLimit })).id);
  const emails = Array.from({ length: 5 }, () => `${randomUUID()}@example.com`);
  for (const email of emails) await call('POST', 'users', { email });
  const idOf = (each: number) => ids[each] ?? '';

  async function run(each: Step): Promise<boolean> {
    if (each.kind === 'delete') {
      return (await call('DELETE', `licenses/${idOf(each.license)}`)).status === 200;
    }
    if (each.kind === 'limit') {
      const body = { name: 'n', ...NO_LISTS, seatsLimit: each.seats };
      return (await call('PUT', `licenses/${idOf(each.license)}`, body)).status === 200;
    }
    const email = emails[each.user];
    const wanted = {
      studentLicenseIds: each.students.map(idOf),
      managerLicenseIds: each.managers.map(idOf),
      replaceLicenseAccess: each.replace,
    };
    if (!each.isBulk) return (await call('PUT', `users/${email}`, wanted)).status === 200;
    const path = 'users/bulkClientLicenseAssignment';
    const answer = await shown(call('POST', path, { users: [{ email, ...wanted }] }));
    return answer['updatedRecordCount'] === 1;
  }

  /** What each user has, as `student 0`. */
  async function held(): Promise<readonly (readonly string[])[]> {
    const all = [];
    for (const email of emails) {
      const { allocatedLicenses } = await shown(call('GET', `users/${email}`));
      const own = allocatedLicenses.map(
        ({ licenseId, licenseRole }) => `${licenseRole} ${ids.indexOf(licenseId)}`,
      );
      all.push(own.toSorted());
    }
    return all;
  }
  return { clientId, run, held };
}

/** The same in a few lines. */
function openModel() {
  const limits = new Map([
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  const users = Array.from({ length: 5 }, () => new Set<string>());
  const usedOf = (each: number) => users.filter((own) => own.has(`student ${each}`)).length;
  const isFull = (each: number) => {
    const limit = limits.get(each) ?? 0;
    return limit > 0 && usedOf(each) >= limit;
  };

  function run(each: Step): boolean {
    if (each.kind === 'delete') {
      for (const own of users)
        for (const role of ['student', 'manager']) own.delete(`${role} ${each.license}`);
      return limits.delete(each.license);
    }
    if (each.kind === 'limit') {
      const isPossible = each.seats === 0 || usedOf(each.license) <= each.seats;
      const isSame = limits.get(each.license) === each.seats;
      if (!limits.has(each.license) || !(isPossible || isSame)) return false;
      limits.set(each.license, each.seats);
      return true;
    }
    const own = users[each.user] ?? new Set();
    if ([...each.students, ...each.managers].some((one) => !limits.has(one))) return false;
    if (each.students.some((one) => !own.has(`student ${one}`) && isFull(one))) return false;
    if (each.replace) own.clear();
    for (const one of each.students) own.add(`student ${one}`);
    for (const one of each.managers) own.add(`manager ${one}`);
    return true;
  }
  return {
    run,
    held: () => users.map((own) => [...own].toSorted()),
    used: () => [0, 1, 2].reduce((sum, each) => sum + usedOf(each), 0),
  };
}

it('seats are given and freed as a simple model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const world = await openWorld();
      const model = openModel();
      for (const each of steps) expect(await world.run(each)).toBe(model.run(each));
      expect(await world.held()).toEqual(model.held());
      expect(await seatsUsed(world.clientId)).toBe(model.used());
    }),
    { numRuns: runs(40) },
  );
}, 120_000);

it('seats are never given twice, lost or above the limit in parallel', async () => {
  const gives = fc.array(
    fc.record({
      kind: fc.constant('give' as const),
      user: fc.nat(4),
      students: few,
      managers: few,
      replace: fc.boolean(),
      isBulk: fc.boolean(),
    }),
    { minLength: 2, maxLength: 14 },
  );
  await fc.assert(
    fc.asyncProperty(gives, async (steps) => {
      const world = await openWorld();
      await Promise.all(steps.map((each) => world.run(each)));
      const held = await world.held();
      const students = held.flat().filter((each) => each.startsWith('student'));
      expect(await seatsUsed(world.clientId)).toBe(students.length);
      for (const [each, limit] of [1, 2, 3].entries()) {
        const used = students.filter((one) => one === `student ${each}`).length;
        expect(used).toBeLessThanOrEqual(limit);
      }
      for (const own of held) expect(new Set(own).size).toBe(own.length);
    }),
    { numRuns: runs(25) },
  );
}, 120_000);
