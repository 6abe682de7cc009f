/**
 * The vendor's own statuses, words and form of refusals. Only the words of 401 and 429 are documented; TI-REFUSAL-WORDS
 * are ours, clear rather than genuine.
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

/** Keywords of values that are of the right type and yet cannot be (TI-INVALID-STATUS). */
const SEMANTIC = new Set(['rule', 'reference', 'minimum', 'minLength']);

export const refusals: Partial<Refusals> = {
  // TI-CREDENTIALS: no words and no WWW-Authenticate.
  unauthenticated: () => ({ status: 401, error: 'unauthorized', sentences: [] }),
  forbidden: () => refusal(403, 'forbidden', 'This API key may not do this.'),
  invalid({ violations }, { route }) {
    const sentences = distinct(violations.map((violation) => toSentence(violation, route)));
    return violations.every(({ keyword }) => SEMANTIC.has(keyword))
      ? { status: 422, error: 'unprocessable_entity', sentences }
      : { status: 400, error: 'bad_request', sentences };
  },
};

function toSentence(violation: Violation, route: Route | undefined): string {
  const name = nameOf(violation.path);
  if (violation.keyword === 'reference') return `${name} names nothing that exists.`;
  if (violation.keyword === 'maximum') return `${name} must be a 32-bit integer.`;
  return describeViolation(violation, route);
}

/** Refusals of what a request says; by TI-ERRORS graphql they are a 200 like any answer of GraphQL. */
const BY_CONTENT: ReadonlySet<Problem['problem']> = new Set([
  'forbidden',
  'unparsable',
  'invalid',
  'not-found',
  'conflict',
]);

/** Puts a refusal in the form that TI-ERRORS chooses; 401 and 429 have one form. */
export function refuse(described: Refusal, problem: Problem, context: TiContext): Partial<Reply> {
  if (problem.problem === 'unauthenticated') return {};
  if (problem.problem === 'rate-limited') {
    return { body: { ...toBody(described), retryAfter: problem.retryAfterSeconds } };
  }
  context.note('TI-REFUSAL-WORDS');
  if (problem.problem === 'invalid') {
    context.note('TI-INVALID-STATUS');
    for (const row of rowsBehind(problem.violations)) context.note(row);
  }
  if (context.choose('TI-ERRORS') !== 'graphql') return { body: toBody(described) };
  return {
    ...(BY_CONTENT.has(problem.problem) && { status: 200 }),
    body: { errors: described.sentences.map((message) => ({ message })) },
  };
}

/** The rows that decide how a fault is seen, apart from those of every refusal. */
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
