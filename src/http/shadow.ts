/**
 * Asks the live vendor what the mock was asked, after the mock has answered, and says in the journal how the answers
 * differ. The client never waits for it.
 */
import type { UpstreamConfig } from '../config/upstream-options.ts';
import type { Drift, LiveResult } from '../control-api/control-api.ts';
import { MockError, messageOf } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Shadowed } from '../journal/recorded-exchange.ts';
import { compareAnswers, whyNoAnswer, type Comparison } from '../live/compare/compare-answers.ts';
import type { LiveAnswer } from '../live/http-client.ts';
import type { Live } from '../live/live.ts';
import { createShadowQueue } from '../live/shadow-queue.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { isWrite } from '../openapi/effect.ts';
import { responseSchemaOf } from '../openapi/response-schema.ts';
import type { SpecOperation } from '../openapi/spec.ts';
import type { Awaitable } from '../shared/awaitable.ts';
import { isWithinSpec, type Ended, type Routed } from './exchange.ts';
import { createExplainer, type Rehearse } from './explain-drift.ts';
import { readAnswer } from './read-answer.ts';
import type { RequestLog } from './request-log.ts';

export type Shadow = {
  /** Undefined: the request is not shadowed. */
  follow(ended: Ended): Followed | undefined;
  /** Drops what waits, and gives up what is under way. */
  close(): void;
};

type Followed = {
  /** What its entry in the journal says. */
  readonly live: LiveResult;
  /** The vendor is asked once the entry is stored, because the comparison is added to it. */
  askAfter(stored: Awaitable<void>): void;
};

type Answered = Ended & Routed & { readonly spec: SpecOperation };

const BOUNDS = { maxWaiting: 500, maxWaitingBytes: 16 * 1024 * 1024, maxSending: 8 };

export function createShadow(
  parts: {
    readonly live: Live;
    readonly journal: Journal;
    readonly metrics: Metrics;
    readonly log: RequestLog;
  },
  rehearse: Rehearse,
): Shadow {
  const { live, journal, metrics } = parts;
  const explain = createExplainer(rehearse);
  const closing = new AbortController();
  const reads = createShadowQueue(BOUNDS);
  // One at a time, because they depend on each other.
  const inOrder = createShadowQueue({ ...BOUNDS, maxSending: 1 });

  const ask = async (ended: Answered, upstream: UpstreamConfig): Promise<Shadowed> => {
    const { http, spec } = ended;
    const startedMs = performance.now();
    const time = () => ({ durationMs: Math.round((performance.now() - startedMs) * 100) / 100 });
    let answer: LiveAnswer;
    try {
      answer = await live.ask(http, upstream, {
        operation: spec.operation,
        signal: closing.signal,
      });
    } catch (thrown) {
      if (!(thrown instanceof MockError)) throw thrown;
      return { live: { outcome: 'failed', ...time(), reason: thrown.message } };
    }
    const { status } = answer;
    const took = time();
    // The vendor may have been asked with other credentials than the mock.
    const reason = whyNoAnswer(ended.outcome.status, status, !upstream.forwardsCredentials);
    if (reason !== undefined) return { live: { outcome: 'failed', status, ...took, reason } };
    const { drift, notComparable } = await find(ended, answer, upstream);
    return {
      live: {
        outcome: 'compared',
        status,
        ...took,
        ...(notComparable.length > 0 && { notComparable }),
      },
      drift,
    };
  };

  /** Compares the answers, and explains what differs. */
  const find = async (
    ended: Answered,
    answer: LiveAnswer,
    upstream: UpstreamConfig,
  ): Promise<Comparison> => {
    const explained = (found: Comparison) =>
      explain(ended, found, (other) =>
        isAnswered(other) ? compare(other, answer, upstream) : undefined,
      );
    const found = compare(ended, answer, upstream);
    const status = statusesOfMissing(ended, answer);
    if (status && found.notComparable.length > 0) {
      // Neither side has the record. That the vendor says it otherwise is known if a choice of a row says it so too.
      const drift = await explained({ drift: [status], notComparable: [] });
      if (drift[0]?.row !== undefined) return { drift, notComparable: [] };
    }
    return { drift: await explained(found), notComparable: found.notComparable };
  };

  const tell = async (ended: Answered, shadowed: Shadowed): Promise<void> => {
    const { drift } = shadowed;
    const isCompared = drift !== undefined;
    metrics.shadowed(
      ended.vendor.name,
      isCompared ? (drift.length > 0 ? 'drift' : 'compared') : 'failed',
    );
    await journal.amend(ended.sandbox.world, ended.requestId, shadowed);
  };

  return {
    follow(ended) {
      const upstream = findShadowing(ended, live);
      if (!upstream || !isAnswered(ended)) return undefined;
      const stored = Promise.withResolvers<boolean>();
      const work = async (): Promise<void> => {
        if (!(await stored.promise)) return;
        try {
          await tell(ended, await ask(ended, upstream));
        } catch (thrown) {
          parts.log.failed(ended, thrown);
          const reason = `The answers could not be compared: ${messageOf(thrown)}`;
          // The journal may be what failed.
          await tell(ended, { live: { outcome: 'failed', reason } }).catch(() => {});
        }
      };
      const queue = upstream.allowsWrites ? inOrder : reads;
      const hasRoom = queue.add(sizeOf(ended), work);
      if (!hasRoom) metrics.shadowed(ended.vendor.name, 'dropped');
      return {
        live: { outcome: hasRoom ? 'waiting' : 'dropped' },
        askAfter(storing) {
          stored.resolve(isFulfilled(storing));
        },
      };
    },
    close() {
      closing.abort();
      reads.close();
      inOrder.close();
    },
  };
}

/** Only the vendor's own answers to documented operations: nothing that a test has changed. */
function findShadowing(ended: Ended, live: Live): UpstreamConfig | undefined {
  if (!isAnswered(ended)) return undefined;
  const { vendor, sandbox, spec, raw, outcome, http } = ended;
  if (live.modeOf(sandbox, vendor.name) !== 'shadow') return undefined;
  const upstream = live.upstreamOf(vendor.name);
  if (!upstream || raw.isTooLarge || !isWithinSpec(ended)) return undefined;
  if (isWrite(spec, raw.method) && !upstream.allowsWrites) return undefined;
  if (outcome.override !== undefined || http.headers['prefer'] !== undefined) return undefined;
  // With other credentials the vendor has no reason to refuse them.
  const { problem = '' } = outcome.refusal ?? {};
  const isForbidden = ['unauthenticated', 'forbidden'].includes(problem);
  return isForbidden && !upstream.forwardsCredentials ? undefined : upstream;
}

async function isFulfilled(awaited: Awaitable<void>): Promise<boolean> {
  try {
    await awaited;
    return true;
  } catch {
    return false;
  }
}

function isAnswered(ended: Ended): ended is Answered {
  return ended.reading !== undefined && ended.spec !== undefined;
}

function sizeOf({ raw, outcome }: Ended): number {
  return raw.body.length + outcome.encoded.body.length;
}

function compare(ended: Answered, answer: LiveAnswer, upstream: UpstreamConfig): Comparison {
  const { outcome, spec, http, notes, raw, vendor } = ended;
  const { status, encoded, refusal } = outcome;
  const own = { status, headers: encoded.headers, content: encoded.body };
  return compareAnswers(
    {
      ...readAnswer(own, vendor.framework, http.baseUrl),
      refusal,
      violations: notes.violations,
    },
    readAnswer({ ...answer, content: answer.body }, vendor.framework, upstream.url),
    {
      schema: responseSchemaOf(spec, status, contentTypeOf(encoded.headers)),
      isHead: raw.method === 'HEAD',
    },
  );
}

/** Undefined: the mock has the record, or the vendor does not refuse the request. */
function statusesOfMissing({ outcome }: Answered, { status: live }: LiveAnswer): Drift | undefined {
  const { status: mock, refusal } = outcome;
  const isRefused = live >= 400 && live < 500 && live !== mock;
  if (refusal?.problem !== 'not-found' || !isRefused) return undefined;
  return { path: 'status', what: 'status', mock, live };
}

function contentTypeOf(headers: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
}
