/** Property tests of the handlers that create and update. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, openIblWorld } from '../../../../test/support/ibl-world.ts';
import { isProblem, type Problem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Reply } from '../../../messages/message.ts';
import { toChanges } from '../history.ts';

const good = {
  platform_key: 'acme',
  program_key: 'bar',
  name: 'Spring',
  count: 10,
  started: '2026-01-01T00:00:00Z',
};
const bodyOf = (answer: Reply | Problem) =>
  isProblem(answer) ? undefined : (answer.body as JsonObject & { id: number });

describe('creating at the same moment', () => {
  it('with one external_id: exactly one wins, and ids are unique and rise', async () => {
    const externalId = fc.constantFrom('a', 'b', 'c', null);
    await fc.assert(
      fc.asyncProperty(fc.array(externalId, { minLength: 2, maxLength: 12 }), async (wanted) => {
        const { ask, run } = await openIblWorld();
        const answers = await Promise.all(
          wanted.map((external_id) =>
            ask('createProgramLicense', { body: { ...good, external_id } }),
          ),
        );
        const made = answers.flatMap(({ answer }) => bodyOf(answer) ?? []);
        const named = wanted.filter((each) => each !== null);
        expect(made).toHaveLength(new Set(named).size + wanted.length - named.length);
        for (const name of new Set(named)) {
          expect(made.filter(({ external_id }) => external_id === name)).toHaveLength(1);
        }
        const ids = made.map(({ id }) => id);
        expect(ids).toEqual(ids.toSorted((a, b) => a - b));
        expect(new Set(ids).size).toBe(ids.length);
        expect(await run((world) => world.in(kindOf('program').licenses).count())).toBe(
          made.length,
        );
        expect(await run((world) => world.in(kindOf('program').history).count())).toBe(made.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('updating', () => {
  const change = fc.record(
    {
      name: fc.constantFrom('Spring', 'Autumn'),
      count: fc.integer({ min: 3, max: 12 }),
      started: fc.constantFrom('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'),
      expired: fc.constantFrom(null, '2027-01-01T00:00:00Z'),
      active: fc.boolean(),
      metadata: fc.constantFrom<JsonObject>({}, { a: 1 }, { a: { b: [] } }),
      source: fc.constantFrom('api', 'stripe'),
    },
    { requiredKeys: [] },
  );

  it('IBL-HISTORY: any way leaves a history that leads from the first state to the last', async () => {
    const start = { ...good, id: 5, expired: null, assignments: { active: 3 } };
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
        const { ask, run } = await openIblWorld({ section: { licenses: [start] } });
        const states = [
          { ...good, expired: null, active: true, metadata: {}, source: 'api' } as JsonObject,
        ];
        for (const each of changes) {
          const { answer } = await ask('updateProgramLicense', {
            body: { license_id: 5, ...each },
          });
          states.push({ ...states.at(-1), ...each });
          expect(bodyOf(answer)).toMatchObject(states.at(-1) ?? {});
        }
        const [, ...entries] = await run((world) => world.in(kindOf('program').history).find());
        expect(entries).toHaveLength(changes.length);
        for (const [i, entry] of entries.entries()) {
          const [before = {}, after = {}] = states.slice(i, i + 2);
          const fields = Object.keys(after).filter(
            (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
          );
          expect(toChanges(entry)).toEqual(
            Object.fromEntries(
              fields.map((field) => [field, { from: before[field], to: after[field] }]),
            ),
          );
        }
      }),
      { numRuns: 40 },
    );
  });
});
