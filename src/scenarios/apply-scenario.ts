/** Stores the records of a scenario in a sandbox, in one transaction. */
import { MockError, messageOf } from '../errors.ts';
import type { JsonObject } from '../messages/json.ts';
import type { Vendor, World } from '../vendors/vendor.ts';
import type { Scenario } from './scenario.ts';

/** By vendor name, what the vendor keeps of its section besides records, as JSON. */
export function configureVendors(
  scenario: Scenario,
  vendors: readonly Vendor[],
  references: Scenario['references'],
): Record<string, unknown> {
  return Object.fromEntries(
    vendors.map((vendor) => [
      vendor.name,
      vendor.scenario.configure(sectionOf(scenario, vendor, references)),
    ]),
  );
}

/** Throws `MockError` `broken-scenario` if the records contradict each other. */
export async function plantRecords(
  scenario: Scenario,
  vendors: readonly Vendor[],
  references: Scenario['references'],
  worldOf: (vendor: Vendor) => World<unknown>,
): Promise<void> {
  for (const vendor of vendors) {
    try {
      await vendor.scenario.plant(sectionOf(scenario, vendor, references), worldOf(vendor));
    } catch (cause) {
      throw new MockError(
        'broken-scenario',
        `${scenario.origin} ${vendor.name}: ${messageOf(cause)}`,
        { cause },
      );
    }
  }
}

/** The section of the vendor, plus the scenario's `references`. */
function sectionOf(
  scenario: Scenario,
  vendor: Vendor,
  references: Scenario['references'],
): JsonObject {
  return { ...scenario.sections[vendor.name], references };
}
