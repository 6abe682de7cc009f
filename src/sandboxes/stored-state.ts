/** How a stored world differs from what the server was asked to start with. */
import { createHash } from 'node:crypto';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Defaults, Sandbox } from './sandbox.ts';

/** Differs where a world made from the scenario would differ. */
export function fingerprintOf({ origin: _origin, ...scenario }: Scenario): string {
  return createHash('sha256').update(JSON.stringify(scenario)).digest('base64url').slice(0, 16);
}

/**
 * One sentence for each option that has no influence on the stored world. `scenario`: the one that was asked for.
 * Empty: a world started now would be the same.
 */
export function describeOverruled(
  { setup }: Sandbox,
  asked: Pick<Defaults, 'clock' | 'seed'>,
  scenario: Scenario,
): readonly string[] {
  // The sandbox was given options of its own, by name, so the server's do not apply to it.
  const { start, madeFrom } = setup;
  const notes: string[] = [];
  if (start.scenario === undefined && setup.scenario !== scenario.name) {
    notes.push(
      `The stored state comes from scenario ${setup.scenario}, not from ${scenario.name}.`,
    );
  } else if (
    start.scenario === undefined &&
    madeFrom &&
    madeFrom.scenario !== fingerprintOf(scenario)
  ) {
    notes.push(`${scenario.origin} has changed since the stored state was made from it.`);
  }
  if (asked.seed !== undefined && start.seed === undefined && asked.seed !== setup.seed) {
    notes.push(`--seed ${asked.seed} does not apply: the stored state has seed ${setup.seed}.`);
  }
  if (
    asked.clock !== undefined &&
    start.clock === undefined &&
    madeFrom &&
    asked.clock !== madeFrom.clock
  ) {
    notes.push(
      `--clock ${asked.clock} does not apply: the stored state started with ${madeFrom.clock}.`,
    );
  }
  return notes;
}
