/** The handlers of all calls, by operation id in specs/control.yaml. */
import { MockError } from '../errors.ts';
import type { Spec } from '../openapi/spec.ts';
import type { Handler } from './call.ts';
import { clock } from './topics/clock.ts';
import { coverage } from './topics/coverage.ts';
import { errors } from './topics/errors.ts';
import { events } from './topics/events.ts';
import { examples } from './topics/examples.ts';
import { health } from './topics/health.ts';
import { journal } from './topics/journal.ts';
import { metrics } from './topics/metrics.ts';
import { overrides } from './topics/overrides.ts';
import { providerStates } from './topics/provider-states.ts';
import { records } from './topics/records.ts';
import { sandboxes } from './topics/sandboxes.ts';
import { scenarios } from './topics/scenarios.ts';
import { snapshots } from './topics/snapshots.ts';
import { state } from './topics/state.ts';
import { upstreams } from './topics/upstreams.ts';
import { vendors } from './topics/vendors.ts';

const topics = [
  health,
  errors,
  metrics,
  vendors,
  coverage,
  scenarios,
  sandboxes,
  records,
  examples,
  state,
  snapshots,
  clock,
  events,
  overrides,
  upstreams,
  journal,
  providerStates,
];

/** Throws `MockError` `broken-spec` if an operation has no handler or a handler has no operation. */
export function findHandlers({ operations, file }: Spec): ReadonlyMap<string, Handler> {
  const handlers = new Map(topics.flatMap((topic) => Object.entries(topic)));
  const ids = new Set(operations.map(({ operation }) => operation.id));
  const unmatched = [...ids].filter((id) => !handlers.has(id));
  unmatched.push(...[...handlers.keys()].filter((id) => !ids.has(id)));
  if (unmatched.length === 0) return handlers;
  throw new MockError(
    'broken-spec',
    `${file} and the handlers of the control API disagree about ${unmatched.join(', ')}.`,
  );
}
