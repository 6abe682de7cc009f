/** Puts a refusal in the form that TI-ERRORS chooses. */
import type { Problem } from '../../frameworks/framework.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { HttpRequest, Reply } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import { authenticate } from './authenticate.ts';
import type { TiContext } from './config.ts';
import { describeRefusal, type Refusal } from './describe-refusal.ts';
import { rateLimitHeaders } from './rate-limit.ts';
import { rowsBehind } from './rows-behind.ts';

/** Refusals of what a request says; by TI-ERRORS graphql they are a 200 like any answer of GraphQL. */
const BY_CONTENT: ReadonlySet<Problem['problem']> = new Set([
  'forbidden',
  'unparsable',
  'invalid',
  'not-found',
  'conflict',
]);

export function render(
  problem: Problem,
  http: HttpRequest,
  route: Route | undefined,
  context: TiContext,
): Reply {
  // TI-CREDENTIALS: whatever is wrong with the key, there is no body.
  if (problem.problem === 'unauthenticated') {
    context.note('TI-CREDENTIALS');
    return { status: 401 };
  }
  const headers = limitHeaders(problem, http, context);
  if (problem.problem === 'rate-limited') {
    return renderRateLimit(problem.retryAfterSeconds, headers);
  }
  const refusal = describeRefusal(problem, http.method, route);
  context.note('TI-REFUSAL-WORDS');
  if (problem.problem === 'invalid') {
    context.note('TI-INVALID-STATUS');
    for (const row of rowsBehind(problem.violations)) context.note(row);
  }
  const allow = problem.problem === 'wrong-method' && { Allow: problem.methods.join(', ') };
  const isGraphql = context.choose('TI-ERRORS') === 'graphql';
  return {
    status: isGraphql && BY_CONTENT.has(problem.problem) ? 200 : refusal.status,
    headers: { ...headers, ...allow },
    body: isGraphql ? toGraphql(refusal) : toRest(refusal),
  };
}

/** TI-TOO-LARGE: what refuses a large body stands before the part that knows API keys. */
function limitHeaders(
  problem: Problem,
  http: HttpRequest,
  context: TiContext,
): Record<string, string> {
  if (problem.problem === 'too-large') {
    context.note('TI-TOO-LARGE');
    return {};
  }
  const identity = authenticate(http, context.config);
  return identity ? rateLimitHeaders(identity.name, context) : {};
}

function renderRateLimit(seconds: number, headers: Record<string, string>): Reply {
  return {
    status: 429,
    headers: { ...headers, 'Retry-After': String(seconds) },
    body: {
      error: 'rate_limit_exceeded',
      message: `Request rate limit reached. Retry after ${seconds} seconds.`,
      retryAfter: seconds,
    },
  };
}

function toRest({ error, sentences }: Refusal): JsonObject {
  return { error, message: sentences.join(' ') };
}

function toGraphql({ sentences }: Refusal): JsonObject {
  return { errors: sentences.map((message) => ({ message })) };
}
