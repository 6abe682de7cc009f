/** Every call's handler, by the id of its operation in specs/control.yaml. */
import { MockError } from '../errors.ts';
import type { Spec } from '../openapi/load-spec.ts';
import type { Handler } from './call.ts';
import { clock } from './clock.ts';
import { coverage } from './coverage.ts';
import { health } from './health.ts';
import { journal } from './journal.ts';
import { metrics } from './metrics.ts';
import { overrides } from './overrides.ts';
import { providerStates } from './provider-states.ts';
import { sandboxes } from './sandboxes.ts';
import { scenarios } from './scenarios.ts';
import { snapshots } from './snapshots.ts';
import { state } from './state.ts';
import { vendors } from './vendors.ts';

const topics = [
  health,
  metrics,
  vendors,
  coverage,
  scenarios,
  sandboxes,
  state,
  snapshots,
  clock,
  overrides,
  journal,
  providerStates,
];

/** Throws `MockError` `broken-spec` where an operation has no handler, or a handler no operation. */
export function findHandlers({ operations, file }: Spec): ReadonlyMap<string, Handler> {
  const handlers = new Map(topics.flatMap((topic) => Object.entries(topic)));
  const ids = new Set(operations.map(({ operation }) => operation.id));
  const unmatched = [...ids].filter((id) => !handlers.has(id));
  unmatched.push(...[...handlers.keys()].filter((id) => !ids.has(id)));
  if (unmatched.length === 0) return handlers;
  throw new MockError(
    'broken-spec',
    `${file} and the handlers of the control API do not agree about ${unmatched.join(', ')}.`,
  );
}
