/** What happens next by a sandbox's clock: the dates of its records. */
import type { ClockEvent } from '../../control-api/control-api.ts';
import { timeOf } from '../../time/clock.ts';
import { json, sandboxOf, type Topic } from '../call.ts';
import { keyIn, momentsOf, recordsIn, shownCollections, titleOf } from '../collections.ts';

export const events: Topic = {
  async listEvents(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const wallMs = parts.wallClock();
    const limit = Number(call.query['limit'] ?? 10);
    const found = await parts.sandboxes.transactNow(name, async ({ setup }, transaction) => {
      const now = timeOf(setup.clock, wallMs);
      const next: ClockEvent[] = [];
      for (const { outline } of shownCollections(parts)) {
        const { collection, moments } = outline;
        if (moments.length === 0) continue;
        for (const record of await recordsIn(transaction, collection).find()) {
          const key = keyIn(record, collection);
          const title = titleOf(record, outline);
          for (const { at, event } of momentsOf(record, outline)) {
            if (Date.parse(at) <= now) continue;
            next.push({ at, event, collection: collection.name, key, title });
          }
        }
      }
      next.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
      return {
        now: new Date(now).toISOString(),
        events: next.slice(0, limit),
        total: next.length,
      };
    });
    return json(found);
  },
};
