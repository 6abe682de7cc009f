/** The index may show changes of a license late. Seats are not affected. ALICE-INDEX. */
import type { World } from '../vendor.ts';
import type { License } from './records.ts';

const LAG_MS = 5000;

/** Returns the updated license, with the old one if the index still shows that. */
export function withPrevious(updated: License, old: License, world: World<unknown>): License {
  const plain = withoutPrevious(updated);
  const previous = isLagging(world) ? asIndexed(old, world) : undefined;
  return previous ? { ...plain, previous } : plain;
}

/** The license as the index shows it; undefined if it is not indexed yet. */
export function findIndexed(license: License, world: World<unknown>): License | undefined {
  return isLagging(world) ? asIndexed(license, world) : license;
}

function isLagging(world: World<unknown>): boolean {
  return world.choose('ALICE-INDEX') === 'lags';
}

function asIndexed(license: License, { now }: World<unknown>): License | undefined {
  const changed = Date.parse(license.modified ?? license.created);
  if (now - changed >= LAG_MS) return withoutPrevious(license);
  return license.previous;
}

function withoutPrevious({ previous: _previous, ...license }: License): License {
  return license;
}
