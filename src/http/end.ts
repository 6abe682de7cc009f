/** The place where every request ends. Journal, log and metrics record it from the same facts. */
import { MockError } from '../errors.ts';
import type { LiveResult } from '../control-api/control-api.ts';
import type { RecordedExchange } from '../journal/recorded-exchange.ts';
import type { Journal } from '../journal/journal.ts';
import type { Answered, Metrics } from '../metrics/metrics.ts';
import type { Awaitable } from '../shared/awaitable.ts';
import { factsOf, type Ended } from './exchange.ts';
import type { RequestLog } from './request-log.ts';

export type End = {
  /**
   * Call it before the answer is sent, so that the client finds it in the journal. Rejects with `MockError` if a
   * database did not keep the entry; logs every other error instead of failing.
   */
  record(ended: Ended, durationMs: number, live?: LiveResult): Awaitable<void>;
  report(ended: Ended, durationMs: number): void;
};

export function createEnd(parts: {
  readonly journal: Journal;
  readonly metrics: Metrics;
  readonly log: RequestLog;
}): End {
  return {
    record(ended, durationMs, live) {
      // A request that never reached a sandbox belongs to no journal.
      if (!ended.sandbox || ended.outcome.isUnrecorded) return undefined;
      const { name, world } = ended.sandbox;
      const failed = (thrown: unknown): void => parts.log.failed(ended, thrown);
      try {
        const recorded = parts.journal.record(world, {
          ...toRecord(ended, name, durationMs),
          live,
        });
        return recorded instanceof Promise ? recorded.catch(unlessExplained(failed)) : recorded;
      } catch (thrown) {
        return failed(thrown);
      }
    },
    report(ended, durationMs) {
      parts.metrics.answered(toAnswered(ended, durationMs));
      parts.log.answered(ended, durationMs);
    },
  };
}

function unlessExplained(failed: (thrown: unknown) => void): (thrown: unknown) => void {
  return (thrown) => {
    if (thrown instanceof MockError) throw thrown;
    failed(thrown);
  };
}

function toRecord(ended: Ended, sandbox: string, durationMs: number): RecordedExchange {
  const { raw, requestId, now, notes, outcome } = ended;
  const { vendor, operation, method, path, headers, content } = factsOf(ended);
  const { status, encoded, kind, override } = outcome;
  return {
    id: requestId,
    time: now,
    sandbox,
    vendor,
    operation,
    kind,
    status,
    durationMs,
    warnings: notes.warnings,
    violations: notes.violations,
    ledger: [...notes.ledger],
    override,
    request: {
      method,
      url: raw.query === '' ? raw.path : `${raw.path}?${raw.query}`,
      path,
      headers,
      body: raw.body,
      content,
    },
    response: { status, headers: encoded.headers, body: encoded.body },
  };
}

function toAnswered(ended: Ended, durationMs: number): Answered {
  const { notes, outcome } = ended;
  const { vendor, operation } = factsOf(ended);
  return {
    vendor,
    operation,
    status: outcome.status,
    durationMs,
    warnings: notes.warnings.length,
    violations: notes.violations.length,
    isOverridden: outcome.override !== undefined,
  };
}
