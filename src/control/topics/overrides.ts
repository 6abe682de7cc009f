/** Rules that change what an operation answers. */
import type { Override } from '../../control-api/control-api.ts';
import { MockError } from '../../errors.ts';
import { checkOverride, type KnownVendors } from '../../overrides/check-override.ts';
import { compareRules, createRule, overrides as rules } from '../../overrides/override.ts';
import { done, json, sandboxOf, type ControlParts, type Topic } from '../call.ts';

/** Limited, because each request is compared with all of them. */
const MAX_OVERRIDES = 100;

export const overrides: Topic = {
  async listOverrides(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const found = await parts.sandboxes.transactNow(name, (_, transaction) =>
      transaction.in(rules).find(),
    );
    return json({ overrides: found.toSorted(compareRules) });
  },

  async addOverride(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const override = call.body as Override;
    checkOverride(override, knownVendors(parts));
    const rule = await parts.sandboxes.changeOverrides(name, async (transaction) => {
      const records = transaction.in(rules);
      if ((await records.count()) >= MAX_OVERRIDES) {
        throw new MockError(
          'too-many-overrides',
          `The sandbox ${name} has ${MAX_OVERRIDES} overrides, which is the maximum. Remove those that you no longer need.`,
        );
      }
      const added = createRule(override, await records.nextId());
      await records.insert(added);
      return added;
    });
    return json(rule, 201);
  },

  async clearOverrides(call, parts) {
    const { name } = await sandboxOf(call, parts);
    await parts.sandboxes.changeOverrides(name, async (transaction) => {
      const records = transaction.in(rules);
      for (const { id } of await records.find()) await records.remove(id);
    });
    return done;
  },

  async removeOverride(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const id = call.parameters['override'] ?? '';
    const wasThere = await parts.sandboxes.changeOverrides(name, (transaction) =>
      transaction.in(rules).remove(id),
    );
    if (wasThere) return done;
    throw new MockError(
      'no-such-override',
      `The sandbox ${name} has no override "${id.slice(0, 80)}". A GET request lists its overrides.`,
    );
  },
};

export function knownVendors({ served }: ControlParts): KnownVendors {
  return served.map(({ vendor, spec }) => ({
    name: vendor.name,
    operations: spec.operations.map(({ operation }) => operation.id),
  }));
}
