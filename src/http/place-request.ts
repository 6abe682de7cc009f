/** Finds what a request is for: its sandbox, its vendor, its operation. */
import { createContext, type Meter } from '../sandboxes/context.ts';
import type { Entered } from '../sandboxes/current-worlds.ts';
import { nowIn } from '../sandboxes/sandbox.ts';
import type { Arrived, Placed, Routed } from './exchange.ts';
import { findAddress, unknownPath } from './find-route.ts';
import type { FoundSandbox } from './find-sandbox.ts';
import type { PipelineParts } from './pipeline-parts.ts';

export function place(
  { wallClock }: Pick<PipelineParts, 'wallClock'>,
  arrived: Arrived,
  { base, local }: FoundSandbox,
  { sandbox, request }: Pick<Entered, 'sandbox' | 'request'>,
): Placed {
  const requestId = `${sandbox.name}-${request}`;
  return { ...arrived, requestId, now: nowIn(sandbox, wallClock()), sandbox, base, local };
}

/** Throws `MockError` `unknown-path`. */
export function route({ served: all, shared }: PipelineParts, placed: Placed): Routed {
  const { local, base, sandbox, now, notes } = placed;
  const address = findAddress(local, base, all);
  if (!address) throw unknownPath(local, all);
  const { http, found } = address;
  const { vendor } = address.served;
  const meter: Meter = (key, windowMs) => shared.count(sandbox.world, key, { windowMs, now });
  return {
    ...placed,
    vendor,
    http,
    route: found?.route,
    spec: found?.spec,
    meter,
    context: createContext(sandbox, vendor, { notes, now, meter }),
    reading: vendor.framework.open(http, found?.route),
  };
}
