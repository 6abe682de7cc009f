/** Builds the complete content of a sandbox from a scenario, in a separate memory store. */
import { MockError } from '../errors.ts';
import { parseClock, timeOf, type Clock } from '../time/clock.ts';
import { configureVendors, plantRecords } from '../scenarios/apply-scenario.ts';
import type { ScenarioUse } from '../scenarios/load-scenario.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Window } from '../shared/shared.ts';
import type { SandboxContent, Store } from '../store/store.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { createContext, createNotes, createWorld } from './context.ts';
import { fingerprintOf } from './stored-state.ts';
import { newIdentity, setups, type Sandbox, type Setup, type StartOptions } from './sandbox.ts';

export type Builder = {
  readonly vendors: readonly Vendor[];
  /** An empty memory store for building. */
  readonly scratch: Store;
  readonly wallClock: () => number;
  /** The sandbox as a vendor sees it, derived from its setup. */
  readonly open: (name: string, setup: Setup) => Sandbox;
};

export type Blueprint = {
  readonly scenario: Scenario;
  readonly start: StartOptions;
  readonly states: readonly ScenarioUse[];
  readonly journalId: string;
  readonly seed: number;
  /** As `parseClock` reads it. */
  readonly clock: string;
  readonly references: 'open' | 'closed';
  /** True: the scenario is an exported state. */
  readonly isImported: boolean;
};

let builds = 0;

/** Throws `MockError` `broken-scenario`, or `bad-option` for a clock that is not a date. */
export async function buildContent(
  builder: Builder,
  blueprint: Blueprint,
): Promise<SandboxContent> {
  const { vendors, scratch, wallClock, open } = builder;
  const { scenario, references } = blueprint;
  const wallMs = wallClock();
  const setup: Setup = {
    id: 'setup',
    generation: newIdentity(),
    journalId: blueprint.journalId,
    revision: 0,
    ruleCount: 0,
    states: blueprint.states,
    start: blueprint.start,
    scenario: scenario.name,
    madeFrom: { scenario: fingerprintOf(scenario), clock: blueprint.clock },
    seed: blueprint.seed,
    clock: clockOf(blueprint.clock, wallMs),
    references,
    ...(blueprint.isImported && { isImported: true }),
    ...(scenario.profile && { profile: scenario.profile }),
    settings: scenario.settings,
    configs: configureVendors(scenario, vendors, references),
  };
  builds += 1;
  const place = `build-${builds}`;
  const sandbox = open(place, setup);
  const now = timeOf(setup.clock, wallMs);
  try {
    await scratch.transact(place, async (transaction) => {
      await transaction.in(setups).insert(setup);
      await plantRecords(scenario, vendors, references, (vendor) =>
        createWorld(
          sandbox,
          createContext(sandbox, vendor, { notes: createNotes(), now, meter: countNothing }),
          transaction,
        ),
      );
    });
    return await scratch.export(place);
  } finally {
    await scratch.drop(place);
  }
}

/** Records are planted without a request, so no rate limit applies. */
export function countNothing(): Window {
  return { used: 0, resetsAt: 0 };
}

function clockOf(text: string, wallMs: number): Clock {
  const clock = parseClock(text, wallMs);
  if (clock) return clock;
  throw new MockError(
    'bad-option',
    `The clock cannot be set to "${text.slice(0, 80)}". Use now, an offset from real time such as now-30d, or an ISO 8601 date-time from 1970 to 9999 such as 2026-01-01T00:00:00Z.`,
    { pointer: '#/clock' },
  );
}
