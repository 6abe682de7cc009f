/** A sandbox of alice in memory, for tests of its parts without a server. */
import type { JsonObject } from '../../src/messages/json.ts';
import { alice } from '../../src/vendors/alice/alice.ts';
import { openVendorWorld } from './vendor-world.ts';

export const NOW = Date.parse('2026-11-21T09:30:00.000Z');

/** With the section planted. */
export function openAliceWorld(section: JsonObject = {}) {
  return openVendorWorld(alice, { section, now: NOW });
}
