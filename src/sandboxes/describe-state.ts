/** A sandbox's state as a scenario document: what `build-content` turns into the same state again. */
import { describeClock } from '../time/clock.ts';
import type { Settings } from '../ledger/ledger.ts';
import type { Transaction } from '../store/store.ts';
import type { JsonObject } from '../messages/json.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { countNothing } from './build-content.ts';
import { createContext, createNotes, createWorld } from './context.ts';
import { nowIn, type Sandbox } from './sandbox.ts';

/** `defaults`: the ledger's choices; those that are not in force are in the document. */
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

/** A scenario file's name may be one that `name` in a scenario cannot be. */
function nameOf(scenario: string): string {
  const name = scenario.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return name.replace(/^-/, '').slice(0, 64) || 'state';
}
