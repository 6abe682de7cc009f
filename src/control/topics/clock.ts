/** Shows, freezes, sets, runs and advances a sandbox's clock. */
import type { SetClock } from '../../control-api/control-api.ts';
import { canShow, clockAt, realTime, timeOf, type Clock } from '../../time/clock.ts';
import { addDuration, parseIsoDuration } from '../../time/duration.ts';
import { parseMoment } from '../../time/moment.ts';
import type { Reply } from '../../messages/message.ts';
import { json, sandboxOf, type Call, type ControlParts, type Topic } from '../call.ts';
import { InvalidCall } from '../problem.ts';
import { showClock } from './show-sandbox.ts';

export const clock: Topic = {
  async getClock(call, parts) {
    const { setup } = await sandboxOf(call, parts);
    return json(showClock(setup.clock, parts.wallClock()));
  },

  setClock: (call, parts) =>
    change(call, parts, (before, wallMs) => {
      const { mode, now } = call.body as SetClock;
      const shown = timeOf(before, wallMs);
      const at = now === undefined ? shown : parseMoment(now, shown);
      if (at !== undefined && canShow(at)) return clockAt(mode, at, wallMs);
      throw new InvalidCall([
        {
          detail: `now: "${now}" is not a valid time. Use an ISO 8601 date-time from 1970 to 9999, such as 2026-01-01T00:00:00Z, or a time relative to the clock, such as now+30d.`,
          pointer: '#/now',
        },
      ]);
    }),

  unsetClock: (call, parts) => change(call, parts, () => realTime),

  advanceClock: (call, parts) =>
    change(call, parts, (before, wallMs) => {
      const { by } = call.body as { readonly by: string };
      const duration = parseIsoDuration(by);
      const at = duration && addDuration(timeOf(before, wallMs), duration);
      if (at !== undefined && canShow(at)) return clockAt(before.mode, at, wallMs);
      throw new InvalidCall([
        {
          detail: `by: the clock cannot move by "${by}". Use an ISO 8601 duration such as P1M, P30D, PT12H or -P1D, and stay within the years 1970 to 9999.`,
          pointer: '#/by',
        },
      ]);
    }),
};

async function change(
  call: Call,
  parts: ControlParts,
  next: (before: Clock, wallMs: number) => Clock,
): Promise<Reply> {
  const { name } = await sandboxOf(call, parts);
  const wallMs = parts.wallClock();
  const { setup } = await parts.sandboxes.change(name, (before) => ({
    ...before,
    clock: next(before.clock, wallMs),
  }));
  return json(showClock(setup.clock, wallMs));
}
