/** Seats compared with a simple model: never given twice, never lost, never above the limit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openIblWorld } from '../../../../test/support/ibl-world.ts';
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import { seatKinds } from '../kinds.ts';

const GROUPS = [
  [1, 2],
  [2, 3, 4],
];
const section = (list: string, subject: JsonObject): JsonObject => ({
  users: [1, 2, 3, 4].map((id) => ({ id, email: `u${id}@example.com`, platform_key: 'acme' })),
  groups: GROUPS.map((members, at) => ({
    id: at + 1,
    name: `g${at + 1}`,
    platform_key: 'acme',
    members,
  })),
  [list]: [{ id: 1, platform_key: 'acme', ...subject, name: 'Spring', count: 3 }],
});

type Step =
  | { readonly do: 'assign'; readonly who: number | string; readonly active: boolean }
  | { readonly do: 'unassign'; readonly at: number }
  | { readonly do: 'group' | 'ungroup'; readonly group: number }
  | { readonly do: 'count'; readonly count: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('assign' as const),
    who: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom('a@example.com', 'b@x.org')),
    active: fc.boolean(),
  }),
  fc.record({ do: fc.constant('unassign' as const), at: fc.nat(5) }),
  fc.record({ do: fc.constantFrom('group' as const, 'ungroup' as const), group: fc.nat(1) }),
  fc.record({ do: fc.constant('count' as const), count: fc.nat(6) }),
);

/** Who holds the license: whether the seat is taken, and the group that gave it. */
type Model = {
  count: number;
  readonly held: Map<number | string, { active: boolean; group?: number }>;
  readonly groups: Set<number>;
};

function taken({ held }: Model): number {
  return [...held.values()].filter(({ active }) => active).length;
}

/** Changes the model, and tells whether the step succeeds. `who` holds what is removed. */
function apply(model: Model, each: Step, who: number | string | undefined): boolean {
  const { held, groups } = model;
  switch (each.do) {
    case 'assign': {
      const needed = each.active && !held.get(each.who)?.active ? 1 : 0;
      if (needed > 0 && taken(model) + needed > model.count) return false;
      held.set(each.who, { active: each.active });
      return true;
    }
    case 'unassign':
      return who !== undefined && held.delete(who);
    case 'group': {
      const members = (GROUPS[each.group] ?? []).filter((member) => {
        const own = held.get(member);
        return !own || (own.group === each.group && !own.active);
      });
      if (members.length > 0 && taken(model) + members.length > model.count) return false;
      for (const member of members) held.set(member, { active: true, group: each.group });
      groups.add(each.group);
      return true;
    }
    case 'ungroup':
      if (!groups.delete(each.group)) return false;
      for (const [member, own] of held) {
        if (own.group !== each.group) continue;
        const heir = [...groups].find((at) => GROUPS[at]?.includes(Number(member)));
        if (heir === undefined) held.delete(member);
        else held.set(member, { ...own, group: heir });
      }
      return true;
    case 'count':
      if (each.count < taken(model)) return false;
      model.count = each.count;
      return true;
  }
}

describe.each(seatKinds.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
  it('after any calls, the license and its lists agree with the model', async () => {
    const subject = kind.subject ? { [kind.subject.field]: 'bar' } : {};
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { ask, run } = await openIblWorld({ section: section(kind.list, subject) });
        const model: Model = { count: 3, held: new Map(), groups: new Set() };
        const call = async (operation: string, parts: Parameters<typeof ask>[1]) => {
          const { answer } = await ask(operation, parts);
          return isProblem(answer) ? undefined : (answer.body as JsonObject);
        };
        const list = async (operation: string) => {
          const body = await call(operation, { query: 'license_id=1&page_size=100' });
          return body?.['results'] as (JsonObject & { id: number })[];
        };
        for (const each of steps) {
          const seats = await list(`list${kind.title}LicenseAssignments`);
          const found = each.do === 'unassign' ? seats[each.at] : undefined;
          const holder = found && ((found['user_id'] ?? found['email']) as number | string);
          let answer: JsonObject | undefined;
          if (each.do === 'assign') {
            const whom = typeof each.who === 'number' ? { user_id: each.who } : { email: each.who };
            answer = await call(`create${kind.title}LicenseAssignment`, {
              body: { license_id: 1, ...whom, active: each.active },
            });
          } else if (each.do === 'unassign') {
            answer = await call(`delete${kind.title}LicenseAssignment`, {
              query: `assignment_id=${found?.id ?? 999}`,
            });
          } else if (each.do === 'count') {
            answer = await call(`update${kind.title}License`, {
              body: { license_id: 1, count: each.count },
            });
          } else if (each.do === 'group') {
            answer = await call(`create${kind.title}LicenseGroupAssignment`, {
              body: { license_id: 1, group_id: each.group + 1 },
            });
          } else {
            const grouped = await list(`list${kind.title}LicenseGroupAssignments`);
            const own = grouped.find(({ group_id }) => group_id === each.group + 1);
            answer = await call(`delete${kind.title}LicenseGroupAssignment`, {
              query: `assignment_id=${own?.id ?? 999}`,
            });
          }
          expect(answer !== undefined).toBe(apply(model, each, holder));
          const after = await list(`list${kind.title}LicenseAssignments`);
          const shown = after.map((seat) => [seat['user_id'] ?? seat['email'], seat['active']]);
          const wanted = [...model.held].map(([who, { active }]) => [who, active]);
          expect(new Map(shown as [])).toEqual(new Map(wanted as []));
          expect(shown).toHaveLength(wanted.length);
          const license = await run((world) => world.in(kind.licenses).get(1));
          expect(license).toMatchObject({ count: model.count, usage_count: taken(model) });
          expect(taken(model)).toBeLessThanOrEqual(model.count);
        }
      }),
      { numRuns: 60 },
    );
  });
});
