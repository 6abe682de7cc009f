/**
 * The steps of a request on one page. Each step takes an exchange and returns one that knows more.
 *
 *   arrive -> place (sandbox) -> route (vendor, operation) -> read -> coerce -> judge (Prism)
 *   -> plan (Prefer, overrides) -> answer (handler or Prism) -> judge (Prism) -> commit -> journal -> send
 *
 * A request that ends early or with a fault also goes through `end`, with everything known by then.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isProblem } from '../frameworks/framework.ts';
import { isPreflight } from '../messages/cors.ts';
import { createNotes, markNotes } from '../sandboxes/context.ts';
import { StartedOver, type Entered } from '../sandboxes/current-worlds.ts';
import type { Sandboxes } from '../sandboxes/sandboxes.ts';
import { answerItself, refuse } from './answer.ts';
import { carryOut } from './carry-out.ts';
import { answerPreflight, exposedHeaders } from './cors.ts';
import { createEnd } from './end.ts';
import { endInFault } from './end-in-fault.ts';
import type { Arrived, Ended, Known, Placed, Routed } from './exchange.ts';
import { findPreferences } from './find-preferences.ts';
import { findAddress } from './find-route.ts';
import { findSandbox } from './find-sandbox.ts';
import { answerIndex, isIndex } from './index-page.ts';
import { findForwarding, forward } from './forward.ts';
import { createLoopEnd } from './loop-end.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { place, route } from './place-request.ts';
import { planFor } from './plan.ts';
import { coerce, judge, read, type Read } from './read.ts';
import { readRequest, type RawRequest } from './read-request.ts';
import { createRehearsal } from './rehearse.ts';
import { sendResponse } from './send-response.ts';
import { createShadow } from './shadow.ts';
import { createSpeak } from './speak.ts';

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
    const followed = shadow.follow(ended);
    const recorded = end.record(ended, durationMs, followed?.live);
    followed?.askAfter(recorded);
    // Waits only if the journal is not in memory.
    const told = recorded instanceof Promise ? await toldOf(parts, ended, recorded) : ended;
    sendResponse(response, told, parts.cors?.headersFor(raw.headers, exposed));
    leave();
    end.report(told, durationMs);
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

/** What the client gets: no answer that the journal could not keep, so that a verification misses none. */
async function toldOf(parts: PipelineParts, ended: Ended, recorded: Promise<void>): Promise<Ended> {
  try {
    await recorded;
    return ended;
  } catch (thrown) {
    return endInFault(parts, ended, thrown);
  }
}

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

function endEarly(exchange: Routed, end: NonNullable<Read['end']>): Ended {
  return isProblem(end) ? refuse(exchange, end) : answerItself(exchange, end);
}
