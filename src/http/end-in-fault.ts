/** The end of a request that failed. */
import { MockError, messageOf, type ErrorCode } from '../errors.ts';
import { explain, refuse } from './answer.ts';
import type { Arrived, Ended, Known, Routed } from './exchange.ts';
import { findSandbox } from './find-sandbox.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { place, route } from './place-request.ts';

/**
 * A crash or a failure of the state is answered with the vendor's 500; a fault that we can explain, with a problem
 * document.
 */
export function endInFault(parts: PipelineParts, known: Known, thrown: unknown): Ended {
  const { log } = parts;
  const isExplained = thrown instanceof MockError;
  if (!isExplained) log.failed(known, thrown);
  // The store has logged the reason. The client gets the answer that the vendor would send.
  const isOfState = isExplained && STATE_FAILS.has(thrown.code);
  if (isExplained && !isOfState) return explain(known, thrown);
  const routed = isRouted(known) ? known : isOfState ? routeUnseen(parts, known) : undefined;
  if (!routed) return explain(known, thrown);
  try {
    const ended = refuse(routed, { problem: 'server-error' });
    // While the state cannot be read, its journal cannot be written either.
    if (!isRouted(known)) return { ...ended, outcome: { ...ended.outcome, isUnrecorded: true } };
    return ended;
  } catch (second) {
    log.failed(known, second);
    return explain(known, new MockError('handler-crashed', messageOf(thrown), { cause: thrown }));
  }
}

const STATE_FAILS: ReadonlySet<string> = new Set<ErrorCode>(['not-stored', 'database-unavailable']);

function isRouted(known: Known): known is Routed {
  return known.reading !== undefined;
}

/** Finds the vendor of a request whose sandbox could not be read. Undefined: no vendor has the path. */
function routeUnseen(parts: PipelineParts, arrived: Arrived): Routed | undefined {
  try {
    const found = findSandbox(arrived.raw);
    const sandbox = parts.sandboxes.lastSeen(found.name);
    const placed = place(parts, arrived, found, { sandbox, request: 0 });
    return route(parts, { ...placed, requestId: arrived.requestId });
  } catch {
    return undefined;
  }
}
