/** Compares the mock's answer to a request with the live vendor's. What depends on the vendor's records is no drift. */
import type { Drift, NotComparable } from '../../control-api/control-api.ts';
import type { Problem } from '../../frameworks/framework.ts';
import { isJsonObject, type Json } from '../../messages/json.ts';
import type { Violation } from '../../messages/message.ts';
import type { Schema } from '../../openapi/operation.ts';
import { compareHeaders } from './compare-headers.ts';
import { compareShapes, type Differences } from './compare-shapes.ts';
import { compareWords } from './compare-words.ts';

export type ComparedAnswer = {
  readonly status: number;
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: no body, or none that can be read. */
  readonly body: Json | undefined;
};

/** The mock knows why it refused. */
export type MockAnswer = ComparedAnswer & {
  readonly refusal: Pick<Problem, 'problem'> | undefined;
  readonly violations: readonly Violation[];
};

export type Comparison = {
  readonly drift: readonly Drift[];
  readonly notComparable: readonly NotComparable[];
};

export function compareAnswers(
  mock: MockAnswer,
  live: ComparedAnswer,
  facts: {
    /** Of the mock's answer. */
    readonly schema: Schema | undefined;
    readonly isHead: boolean;
  },
): Comparison {
  const found: Differences = { drift: [], notComparable: [] };
  const reason = whyOneSided(mock, live);
  if (reason !== undefined) {
    found.notComparable.push({ path: 'status', reason });
    return found;
  }
  if (mock.status !== live.status) {
    // Everything else follows from it.
    found.drift.push({ path: 'status', what: 'status', mock: mock.status, live: live.status });
    return found;
  }
  compareHeaders(mock.headers, live.headers, found.drift);
  if (!facts.isHead) compareBodies(mock, live, facts.schema, found);
  return found;
}

function compareBodies(
  mock: MockAnswer,
  live: ComparedAnswer,
  schema: Schema | undefined,
  found: Differences,
): void {
  if (mock.status >= 400 || (mock.refusal && isRefused(live))) {
    compareWords(mock.body, live.body, dependsOnRecords(mock), found.drift);
    return;
  }
  if (mock.body === undefined || live.body === undefined) {
    if (mock.body === live.body) return;
    const side = mock.body === undefined ? 'live' : 'mock';
    found.drift.push({ path: 'body', what: 'field', [side]: 'a body' });
    return;
  }
  const shapes = compareShapes(mock.body, live.body, schema);
  found.drift.push(...shapes.drift);
  found.notComparable.push(...shapes.notComparable);
}

/** These statuses say that the vendor is busy, not what it would answer. */
const BUSY = new Set([429, 502, 503, 504]);
/** These say that a record is missing, gone, or in the way. */
const BY_RECORDS = new Set([404, 409, 410]);

/** Why the vendor's status says nothing of how it would answer. Undefined: it does. */
export function whyNoAnswer(
  mockStatus: number,
  liveStatus: number,
  hasOtherCredentials: boolean,
): string | undefined {
  if (mockStatus === liveStatus) return undefined;
  if (BUSY.has(liveStatus)) return `The vendor is busy: it answered ${liveStatus}.`;
  if (!hasOtherCredentials || ![401, 403].includes(liveStatus)) return undefined;
  return `The vendor refused the credentials that it was sent, with ${liveStatus}. Give it others with --upstream-header, or those of the clients with --forward-credentials.`;
}

/** Undefined: the answers can be compared. */
function whyOneSided(mock: MockAnswer, live: ComparedAnswer): string | undefined {
  const isSameStatus = mock.status === live.status;
  const hasFailed = isRefused(live);
  if (dependsOnRecords(mock) && !(isSameStatus && hasFailed)) {
    return 'The mock refused it because of its records.';
  }
  if (!mock.refusal && mock.status < 400 && hasFailed) {
    if (isSameStatus || BY_RECORDS.has(live.status)) {
      return 'The vendor refused it because of its records.';
    }
  }
  return undefined;
}

function dependsOnRecords({ refusal, violations }: MockAnswer): boolean {
  switch (refusal?.problem) {
    case 'not-found':
    case 'conflict':
    case 'rate-limited':
      return true;
    case 'invalid':
      // A handler looks at records; Prism looks at the request alone.
      return violations.some(({ keyword }) => keyword === 'rule' || keyword === 'reference');
    default:
      return false;
  }
}

/** Some vendors refuse with status 200, and a list of errors. */
function isRefused({ status, body }: ComparedAnswer): boolean {
  if (status >= 400) return true;
  if (!isJsonObject(body)) return false;
  const errors = body['errors'] ?? body['Errors'];
  return Array.isArray(errors) && errors.length > 0;
}
