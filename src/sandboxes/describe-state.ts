/** The state of a sandbox as a scenario document, from which `build-content` restores the same state. */
import { describeClock } from '../time/clock.ts';
import type { Settings } from '../ledger/ledger.ts';
import type { Transaction } from '../store/store.ts';
import type { JsonObject } from '../messages/json.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { countNothing } from './build-content.ts';
import { createContext, createNotes, createWorld } from './context.ts';
import { nowIn, type Sandbox } from './sandbox.ts';

/** `defaults`: the default choices of the ledger. The document contains only the choices that differ from them. */
export async function describeState(
  sandbox: Sandbox,
  transaction: Transaction,
  parts: {
    readonly vendors: readonly Vendor[];
    readonly defaults: Settings;
    readonly wallMs: number;
  },
): Promise<JsonObject> {
  const { setup, profile, settings } = sandbox;
  const now = nowIn(sandbox, parts.wallMs);
  const chosen = Object.entries(settings).filter(([id, choice]) => parts.defaults[id] !== choice);
  const document: JsonObject = {
    name: nameOf(setup.scenario),
    description: `The state of sandbox ${sandbox.name}, which started from ${setup.scenario}.`,
    clock: describeClock(setup.clock),
    seed: setup.seed,
    references: setup.references,
    profile,
    settings: Object.fromEntries(chosen),
  };
  for (const vendor of parts.vendors) {
    const context = createContext(sandbox, vendor, {
      notes: createNotes(),
      now,
      meter: countNothing,
    });
    const section = await vendor.scenario.describe(createWorld(sandbox, context, transaction));
    if (Object.keys(section).length > 0) document[vendor.name] = section;
  }
  return document;
}

/** The name of a scenario file can be invalid as the `name` in a scenario. */
function nameOf(scenario: string): string {
  const name = scenario.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return name.replace(/^-/, '').slice(0, 64) || 'state';
}
