/**
 * The vendor's statuses, words and format of refusals. Only the words of 401 and 429 are documented. The others
 * (TI-REFUSAL-WORDS) are ours: clear, but not the vendor's.
 */
import type { Problem } from '../../frameworks/framework.ts';
import {
  describeViolation,
  distinct,
  nameOf,
  refusal,
  toBody,
  type Refusal,
  type Refusals,
} from '../../frameworks/rest-json/refusals.ts';
import type { Reply, Violation } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import type { TiContext } from './credentials.ts';

/** Keywords of values that have the right type but are not allowed (TI-INVALID-STATUS). */
const SEMANTIC = new Set(['rule', 'reference', 'minimum', 'minLength']);

export const refusals: Partial<Refusals> = {
  // TI-CREDENTIALS: no error text and no WWW-Authenticate.
  unauthenticated: () => ({ status: 401, error: 'unauthorized', sentences: [] }),
  forbidden: () => refusal(403, 'forbidden', 'This API key may not do this.'),
  invalid({ violations }, { route }) {
    const sentences = distinct(violations.map((violation) => toSentence(violation, route)));
    return violations.every(({ keyword }) => SEMANTIC.has(keyword))
      ? { status: 422, error: 'unprocessable_entity', sentences }
      : { status: 400, error: 'bad_request', sentences };
  },
};

export function toSentence(violation: Violation, route: Route | undefined): string {
  const name = nameOf(violation.path);
  if (violation.keyword === 'reference') return `${name} names nothing that exists.`;
  if (violation.keyword === 'malformed') {
    return violation.in === 'path' ? `${name} must be a UUID.` : `${name} is not valid here.`;
  }
  if (violation.keyword === 'maximum') return `${name} must be a 32-bit integer.`;
  return describeViolation(violation, route);
}

/** Refusals because of a request's content. With TI-ERRORS graphql, they have status 200, like any GraphQL answer. */
const BY_CONTENT: ReadonlySet<Problem['problem']> = new Set([
  'forbidden',
  'unparsable',
  'invalid',
  'not-found',
  'conflict',
]);

/** Formats a refusal as TI-ERRORS selects. A 401 and a 429 always have the same format. */
export function refuse(given: Refusal, problem: Problem, context: TiContext): Partial<Reply> {
  const described = withStatus(given, problem, context);
  if (problem.problem === 'unauthenticated') return {};
  if (problem.problem === 'rate-limited') {
    return { body: { ...toBody(described), retryAfter: problem.retryAfterSeconds } };
  }
  context.note('TI-REFUSAL-WORDS');
  if (problem.problem === 'invalid') {
    for (const row of rowsBehind(problem.violations)) context.note(row);
  }
  const { status } = described;
  if (context.choose('TI-ERRORS') !== 'graphql') return { status, body: toBody(described) };
  return {
    status,
    ...(BY_CONTENT.has(problem.problem) && { status: 200 }),
    body: { errors: described.sentences.map((message) => ({ message })) },
  };
}

/** TI-INVALID-STATUS: whether a rule that is broken has a status of its own. */
function withStatus(described: Refusal, { problem }: Problem, context: TiContext): Refusal {
  if (problem !== 'invalid' || context.choose('TI-INVALID-STATUS') === 'both') return described;
  return { ...described, status: 400, error: 'bad_request' };
}

/** Ledger rows that these violations depend on, besides the rows of every refusal. */
function rowsBehind(violations: readonly Violation[]): ReadonlySet<string> {
  return new Set(violations.flatMap((violation) => rowBehind(violation) ?? []));
}

function rowBehind({ in: place, path: [root], keyword }: Violation): string | undefined {
  if (place !== 'body') return undefined;
  if (keyword === 'minimum' || keyword === 'maximum') return 'TI-INTEGERS';
  if (root !== 'name') return undefined;
  if (keyword === 'required') return 'TI-NAME';
  return keyword === 'minLength' ? 'TI-BLANK-NAME' : undefined;
}
