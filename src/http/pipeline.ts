/**
 * The steps of a request on one page. Each step takes an exchange and returns one that knows more.
 *
 *   arrive -> place (sandbox) -> route (vendor, operation) -> read -> coerce -> judge (Prism)
 *   -> plan (Prefer, overrides) -> answer (handler or Prism) -> judge (Prism) -> commit -> journal -> send
 *
 * A request that ends early or with a fault also goes through `end`, with everything known by then.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MockError, messageOf } from '../errors.ts';
import { isProblem } from '../frameworks/framework.ts';
import type { Calibration } from '../ledger/calibration.ts';
import type { Journal } from '../journal/journal.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Live } from '../live/live.ts';
import { isPreflight, type Cors } from '../messages/cors.ts';
import type { PublicAddress } from '../messages/public-address.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { createContext, createNotes, markNotes, type Meter } from '../sandboxes/context.ts';
import { nowIn } from '../sandboxes/sandbox.ts';
import { StartedOver, type Entered } from '../sandboxes/current-worlds.ts';
import type { Sandboxes } from '../sandboxes/sandboxes.ts';
import type { Shared } from '../shared/shared.ts';
import { answerItself, explain, refuse } from './answer.ts';
import { carryOut } from './carry-out.ts';
import { answerPreflight, exposedHeaders } from './cors.ts';
import { createEnd } from './end.ts';
import type { Arrived, Ended, Known, Placed, Routed } from './exchange.ts';
import { findPreferences } from './find-preferences.ts';
import { findAddress, unknownPath, type Served } from './find-route.ts';
import { findSandbox, type FoundSandbox } from './find-sandbox.ts';
import { answerIndex, isIndex } from './index-page.ts';
import { findForwarding, forward } from './forward.ts';
import { createLoopEnd } from './loop-end.ts';
import { planFor } from './plan.ts';
import { coerce, judge, read, type Read } from './read.ts';
import { readRequest, type RawRequest } from './read-request.ts';
import { createRehearsal } from './rehearse.ts';
import type { RequestLog } from './request-log.ts';
import { sendResponse } from './send-response.ts';
import { createShadow } from './shadow.ts';
import { createSpeak } from './speak.ts';

export type PipelineParts = {
  readonly served: readonly Served[];
  readonly calibrations: readonly Calibration[];
  readonly sandboxes: Sandboxes;
  readonly shared: Shared;
  readonly journal: Journal;
  readonly metrics: Metrics;
  readonly log: RequestLog;
  readonly wallClock: () => number;
  readonly bodyLimitBytes: number;
  /** Undefined: pages of other origins have no access. */
  readonly cors: Cors | undefined;
  readonly address: PublicAddress;
  readonly live: Live;
  readonly ledger: Ledger;
  /** Aborted when the server starts to stop. */
  readonly stopping: AbortSignal;
};

/** Answers every request that is not for the control API. Never throws, and never leaves a request unanswered. */
export function createPipeline(parts: PipelineParts) {
  /** Counts requests that never reached a sandbox, to give them ids. */
  let unplaced = 0;
  const loopEnd = createLoopEnd();
  const end = createEnd(parts);
  const exposed = exposedHeaders(parts.served);
  const shadow = createShadow(parts, createRehearsal(parts, answer));
  parts.stopping.addEventListener('abort', shadow.close);
  const speak = createSpeak(parts.calibrations);
  return async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedMs = performance.now();
    let raw: RawRequest;
    try {
      raw = findPreferences(await readRequest(incoming, parts));
    } catch (cause) {
      parts.log.brokenOff(incoming.url ?? '', cause);
      response.destroy();
      return;
    }
    unplaced += 1;
    const { ended: answered, leave } = await answerInOneWorld(parts, {
      raw,
      requestId: `unplaced-${unplaced}`,
      now: parts.wallClock(),
      notes: createNotes(),
      onGone: (listener) => void response.once('close', listener),
    });
    const ended = speak(answered);
    // Answers are sent together: waking the client for each would take a quarter of a create's time (decision 10).
    await loopEnd();
    const durationMs = performance.now() - startedMs;
    const recorded = end.record(ended, durationMs, shadow.follow(ended));
    // Waits only if the journal is not in memory.
    if (recorded instanceof Promise) await recorded;
    sendResponse(response, ended, parts.cors?.headersFor(raw.headers, exposed));
    leave();
    end.report(ended, durationMs);
  };
}

/** If the sandbox starts over during the request, the request is repeated from the first step. */
async function answerInOneWorld(
  parts: PipelineParts,
  arrived: Arrived,
): Promise<{ readonly ended: Ended; readonly leave: () => void }> {
  let enter: Sandboxes['enter'] = parts.sandboxes.enter;
  const takeBack = markNotes(arrived.notes);
  for (;;) {
    let leave: Entered['leave'] = leaveNothing;
    let known: Known = arrived;
    const know = <K extends Known>(next: K): K => {
      known = next;
      return next;
    };
    try {
      const found = findSandbox(arrived.raw);
      const entered = await enter(found.name);
      leave = entered.leave;
      return {
        ended: await answer(parts, know(place(parts, arrived, found, entered)), know),
        leave,
      };
    } catch (thrown) {
      if (!(thrown instanceof StartedOver))
        return { ended: endInFault(parts, known, thrown), leave };
      leave();
      takeBack();
      enter = parts.sandboxes.enterAgain;
    }
  }
}

function leaveNothing(): void {}

/** Runs the steps from sandbox to answer. `know` records what is known, in case a step throws. */
async function answer(
  parts: PipelineParts,
  placed: Placed,
  know: <K extends Known>(next: K) => K,
): Promise<Ended> {
  const { method, headers } = placed.raw;
  if (parts.cors && isPreflight(method, headers)) return answerPreflight(placed, parts.cors);
  if (isIndex(placed) && !findAddress(placed.local, placed.base, parts.served)) {
    return answerIndex(placed, parts.served);
  }
  const routed = know(route(parts, placed));
  parts.live.refuseLoop(routed.http);
  const upstream = findForwarding(routed, parts.live);
  if (upstream) return forward(routed, upstream, parts);
  const sent = await read(routed, parts.bodyLimitBytes);
  know(sent.exchange);
  if (sent.end) return endEarly(sent.exchange, sent.end);
  const coerced = know(coerce(sent.exchange));
  const violations = judge(coerced);
  if (violations.length > 0) return refuse(coerced, { problem: 'invalid', violations });
  const plan = await planFor(coerced, parts.sandboxes);
  return carryOut(coerced, plan, parts.sandboxes);
}

function place(
  { wallClock }: PipelineParts,
  arrived: Arrived,
  { base, local }: FoundSandbox,
  { sandbox, request }: Entered,
): Placed {
  const requestId = `${sandbox.name}-${request}`;
  return { ...arrived, requestId, now: nowIn(sandbox, wallClock()), sandbox, base, local };
}

function route({ served: all, shared }: PipelineParts, placed: Placed): Routed {
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

function endEarly(exchange: Routed, end: NonNullable<Read['end']>): Ended {
  return isProblem(end) ? refuse(exchange, end) : answerItself(exchange, end);
}

/** A crash or storage failure is answered with the vendor's 500; a fault that we can explain, with a problem document. */
function endInFault({ log }: PipelineParts, known: Known, thrown: unknown): Ended {
  const isExplained = thrown instanceof MockError;
  if (!isExplained) log.failed(known, thrown);
  // The store has logged the reason. The client gets the answer that the vendor would send.
  const isVendors = !isExplained || thrown.code === 'not-stored';
  if (!isVendors || !isRouted(known)) return explain(known, thrown);
  try {
    return refuse(known, { problem: 'server-error' });
  } catch (second) {
    log.failed(known, second);
    return explain(known, new MockError('handler-crashed', messageOf(thrown), { cause: thrown }));
  }
}

function isRouted(known: Known): known is Routed {
  return known.reading !== undefined;
}
