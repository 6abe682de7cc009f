/**
 * The way of a request, on one page: one call a line, none of the detail.
 *
 *   read -> sandbox -> vendor, operation -> receive (method, credentials, media type, decode: the vendor's order)
 *   -> coerce -> Prism: request -> Prefer, override (before) -> handler -> Prism: response -> commit
 *   -> override (after) -> encode, send -> journal
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MockError, messageOf } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import { createLoopEnd } from './loop-end.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Sandboxes } from '../sandboxes/registry.ts';
import { nowIn, StartedOver, type Sandbox } from '../sandboxes/sandbox.ts';
import type { Store } from '../store/store.ts';
import { isProblem } from '../frameworks/framework.ts';
import {
  finish,
  findViolations,
  generate,
  handle,
  refuse,
  renderFault,
  withinSpec,
} from './answer.ts';
import { actOverride, findActing } from './act-override.ts';
import { answerPreflight, corsHeaders, isPreflight } from './cors.ts';
import { isReply, openExchange, type Outcome, type Tracked } from './exchange.ts';
import { findRoute, findVendor, nearestPaths, type Served } from './find-route.ts';
import { findSandbox } from './find-sandbox.ts';
import { parsePrefer } from './prefer.ts';
import { readRequest, type RawRequest } from './read-request.ts';
import type { RequestLog } from './request-log.ts';
import { toAnswered, toRecord } from './record.ts';
import { sendResponse } from './send-response.ts';
import { wait } from './wait.ts';

export type PipelineParts = {
  readonly served: readonly Served[];
  readonly sandboxes: Sandboxes;
  readonly store: Store;
  readonly journal: Journal;
  readonly metrics: Metrics;
  readonly log: RequestLog;
  readonly wallClock: () => number;
  readonly bodyLimitBytes: number;
  readonly cors: boolean;
};

/** Answers every request that is not for the control API. Never throws, never leaves one unanswered. */
export function createPipeline(parts: PipelineParts) {
  /** Numbers requests until their sandbox does. */
  let unplaced = 0;
  const loopEnd = createLoopEnd();
  return async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedMs = performance.now();
    let raw: RawRequest;
    try {
      raw = await readRequest(incoming, parts.bodyLimitBytes);
    } catch (cause) {
      parts.log.brokenOff(incoming.url ?? '', cause);
      response.destroy();
      return;
    }
    unplaced += 1;
    const tracked: Tracked = {
      sandbox: 'default',
      requestId: `unplaced-${unplaced}`,
      now: parts.wallClock(),
      onGone: (listener) => void response.once('close', listener),
    };
    const outcome = await answerInOneWorld(parts, raw, tracked).catch((thrown: unknown) =>
      answerFault(parts, tracked, thrown),
    );
    // Answers go out together: each alone would wake its client, a quarter of the time of a create (decision 10).
    await loopEnd();
    sendResponse(response, raw.method, outcome, { ...tracked, cors: corsHeaders(raw, parts.cors) });
    const durationMs = performance.now() - startedMs;
    leave(tracked);
    if (isOfItsJournal(tracked)) {
      parts.journal.record(toRecord(raw, outcome, tracked, durationMs));
    }
    parts.metrics.answered(toAnswered(outcome, tracked, durationMs));
    parts.log.answered(raw, outcome, tracked, durationMs);
  };
}

/** A sandbox that starts over while a request is on its way answers it in its new world, from the first step on. */
async function answerInOneWorld(
  parts: PipelineParts,
  raw: RawRequest,
  tracked: Tracked,
): Promise<Outcome> {
  for (;;) {
    try {
      return await answer(parts, raw, tracked);
    } catch (thrown) {
      if (!(thrown instanceof StartedOver)) throw thrown;
      if (tracked.home?.fate === 'removed') throw removed(tracked.home, thrown);
    }
  }
}

/** A sandbox that answers is not idle. */
function enter(tracked: Tracked, home: Sandbox): void {
  leave(tracked);
  tracked.home = home;
  home.underWay += 1;
  home.requests += 1;
  tracked.sandbox = home.name;
  tracked.requestId = `${home.name}-${home.requests}`;
}

function leave({ home }: Tracked): void {
  if (home) home.underWay -= 1;
}

/** What was asked of a world that is over, or of none, is of no interest to the journal of another. */
function isOfItsJournal({ home }: Tracked): boolean {
  return home !== undefined && home.fate !== 'over' && home.fate !== 'removed';
}

function removed({ name }: Sandbox, cause: unknown): MockError {
  const message = `The sandbox "${name}" was removed while this request was on its way.`;
  return new MockError('no-such-sandbox', message, { cause });
}

async function answer(parts: PipelineParts, raw: RawRequest, tracked: Tracked): Promise<Outcome> {
  const { name, base, local } = findSandbox(raw);
  const sandbox = await parts.sandboxes.enter(name);
  enter(tracked, sandbox);
  tracked.now = nowIn(sandbox, parts.wallClock());

  if (parts.cors && isPreflight(raw)) return answerPreflight(raw);
  const served = findVendor(local, parts.served);
  if (!served) throw unknownPath(local, parts.served);
  const exchange = openExchange(findRoute(local, base, served), sandbox, parts.wallClock());
  tracked.exchange = exchange;
  tracked.now = exchange.context.now;

  const { vendor, http, route, context } = exchange;
  // Whatever stands before a vendor's application looks at the size before anything else.
  if (raw.isTooLarge) {
    return refuse(exchange, { problem: 'too-large', limitBytes: parts.bodyLimitBytes });
  }
  const received = vendor.receive(http, route, context);
  if (isProblem(received)) return refuse(exchange, received);
  if (isReply(received)) return finish(withinSpec(exchange), received, 'handled');
  if (!route) return refuse(exchange, { problem: 'unknown-path' });

  const coerced = vendor.coerce(received, route, context);
  tracked.decoded = coerced.body;
  const violations = findViolations(exchange, coerced);
  if (violations.length > 0) return refuse(exchange, { problem: 'invalid', violations });

  const { preference, delayMs } = parsePrefer(http.headers['prefer']);
  if (delayMs > 0) await wait(delayMs, tracked.onGone);
  if (sandbox.fate !== 'current') throw new StartedOver();
  if (preference) return generate(exchange, preference);
  const acting = await findActing(exchange, coerced, parts.store);
  const answerAsVendor = () => handle(exchange, coerced, parts.store);
  return acting ? actOverride(acting, exchange, answerAsVendor, tracked.onGone) : answerAsVendor();
}

/** What cannot be stored or crashed is the vendor's own 500; what we can explain better is a problem document. */
async function answerFault(
  parts: PipelineParts,
  tracked: Tracked,
  thrown: unknown,
): Promise<Outcome> {
  const isExplained = thrown instanceof MockError;
  if (!isExplained) parts.log.failed(tracked, thrown);
  // The store has logged why; a client is to see what the vendor would send.
  const isVendors = !isExplained || thrown.code === 'not-stored';
  if (!isVendors || !tracked.exchange) return renderFault(thrown);
  return refuse(tracked.exchange, { problem: 'server-error' }).catch((second: unknown) => {
    parts.log.failed(tracked, second);
    return renderFault(new MockError('handler-crashed', messageOf(thrown), { cause: thrown }));
  });
}

function unknownPath(raw: RawRequest, all: readonly Served[]): MockError {
  const vendors = all.map(({ vendor }) => vendor.name).join(', ');
  return new MockError(
    'unknown-path',
    `No vendor serves ${raw.path.slice(0, 200)}. Nearest: ${nearestPaths(raw.path, all).join(', ')}. To ask a vendor all the same send X-Mock-Vendor: one of ${vendors}.`,
  );
}
