/** What the journal and the metrics keep of a request. */
import type { RecordedExchange } from '../journal/entry.ts';
import type { Answered } from '../metrics/metrics.ts';
import type { Outcome, Tracked } from './exchange.ts';
import type { RawRequest } from './read-request.ts';

export function toRecord(
  raw: RawRequest,
  { status, encoded, notes, kind, override }: Outcome,
  { requestId, sandbox, now, exchange, decoded }: Tracked,
  durationMs: number,
): RecordedExchange {
  const url = raw.query === '' ? raw.path : `${raw.path}?${raw.query}`;
  return {
    id: requestId,
    time: now,
    sandbox,
    vendor: exchange?.vendor.name,
    operation: exchange?.spec?.operation.id,
    kind,
    status,
    durationMs,
    warnings: notes.warnings,
    violations: notes.violations,
    ledger: [...notes.ledger],
    override,
    request: { method: raw.method, url, headers: raw.headers, body: raw.body, decoded },
    response: { status, headers: encoded.headers, body: encoded.body },
  };
}

export function toAnswered(
  { status, notes, override }: Outcome,
  { exchange }: Tracked,
  durationMs: number,
): Answered {
  return {
    vendor: exchange?.vendor.name,
    operation: exchange?.spec?.operation.id,
    status,
    durationMs,
    warnings: notes.warnings.length,
    violations: notes.violations.length,
    isOverridden: override !== undefined,
  };
}
