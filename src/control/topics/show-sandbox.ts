/** A sandbox as the control API shows it. */
import type { ClockReading, SandboxView } from '../../control-api/control-api.ts';
import { timeOf, type Clock } from '../../time/clock.ts';
import type { Vendor } from '../../vendors/vendor.ts';
import type { ControlParts } from '../call.ts';

export function showClock(clock: Clock, wallMs: number): ClockReading {
  return { mode: clock.mode, now: new Date(timeOf(clock, wallMs)).toISOString() };
}

/** The base URL with which a vendor's client uses the sandbox. */
export function urlOf(name: string, origin: string): string {
  return `${origin}/_sandbox/${name}`;
}

export function showSandbox(
  name: string,
  parts: ControlParts,
  origin: string,
): Promise<SandboxView> {
  // Read before the transaction, because a repeated transaction must give the same result.
  const wallMs = parts.wallClock();
  return parts.sandboxes.transactNow(name, async ({ setup, profile, settings }, transaction) => {
    const records: Record<string, number> = {};
    for (const collection of collectionsOf(parts.served)) {
      records[collection.name] = await transaction.in(collection).count();
    }
    return {
      name,
      scenario: setup.scenario,
      seed: setup.seed,
      clock: showClock(setup.clock, wallMs),
      profile,
      references: setup.references,
      settings,
      records,
      url: urlOf(name, origin),
    };
  });
}

export function collectionsOf(
  served: readonly { readonly vendor: Vendor }[],
): Vendor['collections'] {
  return served.flatMap(({ vendor }) => vendor.collections);
}
