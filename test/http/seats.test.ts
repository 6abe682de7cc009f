/** Seats of every vendor compared with one simple model: never given twice, never lost, never above the limit. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drivers, type Driver, type Seats } from '../support/seat-drivers.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let sandboxes = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Step =
  | { readonly do: 'create'; readonly limit: number }
  | { readonly do: 'give' | 'take'; readonly license: number; readonly person: number }
  | { readonly do: 'giveGroup' | 'remove'; readonly license: number }
  | { readonly do: 'setLimit'; readonly license: number; readonly limit: number };

/** Most steps find their license: the first two are there from the start. */
const license = fc.nat(2);
const limit = fc.integer({ min: 1, max: 4 });
const holder = { license, person: fc.nat(4) };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('give' as const), ...holder }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take' as const), ...holder }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('giveGroup' as const), license }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('setLimit' as const), license, limit }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('create' as const), limit }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), license }) },
);
const LIMITS = [2, 3];

type License = { limit: number; readonly holders: Set<number> };

/** The model: what a license is, in a few lines. Removed licenses are undefined. */
function openModel({ lowersBelowUse, groups }: Driver) {
  const licenses: (License | undefined)[] = [];
  const give = (to: License, people: readonly number[]): boolean => {
    const missing = people.filter((each) => !to.holders.has(each));
    const free = Math.max(0, to.limit - to.holders.size);
    if (groups === 'all-or-none' && missing.length > free) return false;
    for (const each of missing.slice(0, free)) to.holders.add(each);
    return missing.length <= free;
  };
  return {
    licenses,
    run(each: Step): boolean {
      if (each.do === 'create') {
        licenses.push({ limit: each.limit, holders: new Set() });
        return true;
      }
      const found = licenses[each.license];
      if (!found) return false;
      switch (each.do) {
        case 'give':
          return give(found, [each.person]);
        case 'giveGroup':
          return give(found, [0, 1, 2]);
        case 'take':
          found.holders.delete(each.person);
          return true;
        case 'remove':
          licenses[each.license] = undefined;
          return true;
        case 'setLimit':
          if (each.limit < found.holders.size && !lowersBelowUse) return false;
          found.limit = each.limit;
          return true;
      }
    },
  };
}

/** Undefined: the vendor's answer does not tell. */
async function run(seats: Seats, each: Step): Promise<boolean | undefined> {
  switch (each.do) {
    case 'create':
      await seats.create(each.limit);
      return true;
    case 'give':
      return seats.give(each.license, each.person);
    case 'giveGroup':
      return seats.giveGroup?.(each.license);
    case 'take':
      await seats.take?.(each.license, each.person);
      return undefined;
    case 'remove':
      await seats.remove?.(each.license);
      return undefined;
    case 'setLimit':
      return seats.setLimit(each.license, each.limit);
  }
}

describe.each(drivers)('$name', (driver) => {
  async function open() {
    sandboxes += 1;
    const seats = await driver.open(server.url, `seats-${sandboxes}`);
    const model = openModel(driver);
    for (const each of LIMITS) {
      await seats.create(each);
      model.run({ do: 'create', limit: each });
    }
    return { seats, model };
  }

  it('gives and frees seats as the model does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
        const { seats, model } = await open();
        const answers: { step: Step; isDone: boolean }[] = [];
        const expected: typeof answers = [];
        for (const each of steps) {
          // A license that is not there yet, and what this vendor does not offer.
          if (each.do !== 'create' && each.license >= model.licenses.length) continue;
          if (!seats[each.do]) continue;
          const isDone = model.run(each);
          expected.push({ step: each, isDone });
          answers.push({ step: each, isDone: (await run(seats, each)) ?? isDone });
        }
        expect(answers).toEqual(expected);
        let taken = 0;
        for (const [at, own] of model.licenses.entries()) {
          if (!own) continue;
          taken += own.holders.size;
          expect((await seats.holders(at)).toSorted()).toEqual([...own.holders].toSorted());
        }
        expect(await seats.taken(model.licenses.length)).toBe(taken);
      }),
      { numRuns: 20 },
    );
  }, 120_000);

  it('gives no seat twice or above the limit to those who ask at the same time', async () => {
    const asked = fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.record({ do: fc.constant('give' as const), ...holder }) },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('giveGroup' as const), license }) },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('take' as const), ...holder }) },
      ),
      { minLength: 4, maxLength: 16 },
    );
    await fc.assert(
      fc.asyncProperty(asked, async (steps) => {
        const { seats } = await open();
        await Promise.all(steps.filter((each) => each.license < 2).map((each) => run(seats, each)));
        let taken = 0;
        for (const [at, most] of LIMITS.entries()) {
          const holders = await seats.holders(at);
          taken += holders.length;
          expect(holders).toHaveLength(new Set(holders).size);
          expect(holders.length).toBeLessThanOrEqual(most);
        }
        expect(await seats.taken(LIMITS.length)).toBe(taken);
      }),
      { numRuns: 10 },
    );
  }, 120_000);
});
