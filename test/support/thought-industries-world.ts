/** A sandbox of thought-industries in memory, for tests of its parts without a server. */
import { thoughtIndustries } from '../../src/vendors/thought-industries/thought-industries.ts';
import { openVendorWorld, type WorldOptions } from './vendor-world.ts';

export const NOW = Date.parse('2026-11-21T09:30:00.000Z');

export function openTestWorld(options: WorldOptions = {}) {
  return openVendorWorld(thoughtIndustries, { now: NOW, ...options });
}
