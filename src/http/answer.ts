/** The steps between reading a request and sending its answer, each values in, values out. */
import { MockError, messageOf } from '../errors.ts';
import { checkRequest } from '../openapi/check-request.ts';
import { checkResponse } from '../openapi/check-response.ts';
import { generateResponse, type Preference } from '../openapi/generate-response.ts';
import { createNotes, createWorld, setups, StartedOver } from '../sandboxes/sandbox.ts';
import type { Store } from '../store/store.ts';
import {
  isProblem,
  type CheckedRequest,
  type Problem,
  type Received,
} from '../frameworks/framework.ts';
import type { Reply, Violation, Warning } from '../messages/message.ts';
import type { Exchange, Outcome } from './exchange.ts';

/** Carries a refusal out of a transaction, so that nothing the handler wrote is kept. */
class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.problem);
    this.problem = problem;
  }
}

/** What the request breaks: Prism's violations of the coerced request and, in profile strict, each warning. */
export function findViolations(exchange: Exchange, received: Received): readonly Violation[] {
  const { spec, route, http, notes, sandbox } = exchange;
  if (!spec || !route) return [];
  const broken = checkRequest(spec, route, received, http.headers);
  const tolerated = sandbox.profile === 'strict' ? notes.warnings.map(toViolation) : [];
  notes.violations.push(...tolerated, ...broken);
  return notes.violations;
}

function toViolation(warning: Warning): Violation {
  return { ...warning };
}

/** Runs the operation's handler in one transaction; the answer is checked before anything is stored. */
export async function handle(
  exchange: Exchange,
  received: Received,
  store: Store,
): Promise<Outcome> {
  const { vendor, spec, route, http, sandbox, context, notes } = exchange;
  const handler = vendor.handlers[spec?.operation.id ?? ''];
  if (!handler || !spec || !route) return generate(exchange, {});
  const request: CheckedRequest = { ...received, http, route };
  const seenBefore = notes.warnings.length;
  try {
    return await store.transact(sandbox.name, async (transaction) => {
      const setup = await transaction.in(setups).get('setup');
      if (setup?.generation !== sandbox.setup.generation) throw new StartedOver();
      const answer = await handler(request, createWorld(sandbox, context, transaction));
      if (isProblem(answer)) throw new Refused(answer);
      // What only a handler can see it tolerates (a platform made on first use) is refused in strict as well.
      const tolerated = notes.warnings.slice(seenBefore).map(toViolation);
      if (sandbox.profile === 'strict' && tolerated.length > 0) {
        throw new Refused({ problem: 'invalid', violations: tolerated });
      }
      return finish(exchange, answer, 'handled');
    });
  } catch (thrown) {
    if (thrown instanceof Refused) return refuse(exchange, thrown.problem);
    throw thrown;
  }
}

/** Prism's own answer: for an operation without a handler, and for `Prefer`. Stores nothing. */
export async function generate(exchange: Exchange, preference: Preference): Promise<Outcome> {
  const { spec, sandbox, http } = exchange;
  if (!spec) throw new MockError('unknown-path', `No operation is at ${http.path}.`);
  const seed = `${sandbox.setup.seed}:${spec.operation.id}`;
  const reply = await generateResponse(spec, preference, seed);
  return finish(exchange, reply, 'generated');
}

/** The vendor's own words for a refusal. */
export async function refuse(exchange: Exchange, problem: Problem): Promise<Outcome> {
  const { vendor, http, route, context } = exchange;
  return finish(exchange, vendor.render(problem, http, route, context), 'handled');
}

/** A vendor's own answer to a method that the path does not offer (OPTIONS) is of no operation, so that no spec speaks of it. */
export function withinSpec(exchange: Exchange): Exchange {
  const { http, route } = exchange;
  const asked = http.method === 'HEAD' ? 'GET' : http.method;
  return route?.methods.includes(asked) ? exchange : { ...exchange, spec: undefined };
}

/** Encodes a reply and holds it against the spec. Throws `MockError` `broken-answer`. */
export function finish(exchange: Exchange, reply: Reply, kind: Outcome['kind']): Outcome {
  const { vendor, http, spec, notes } = exchange;
  const encoded = vendor.encode(reply, http);
  if (spec) {
    const { status, body } = reply;
    const faults = checkResponse(spec, { status, headers: encoded.headers, body });
    if (faults.length > 0) {
      throw new MockError(
        'broken-answer',
        `${spec.operation.id} would have answered ${status}, which its spec does not allow: ${faults.join(' ')} Nothing was stored.`,
      );
    }
  }
  return {
    status: reply.status,
    body: reply.body,
    encoded,
    notes,
    kind: spec ? kind : 'unmatched',
  };
}

/** A fault of the mock as `application/problem+json` (RFC 9457). */
export function renderFault(thrown: unknown): Outcome {
  const fault =
    thrown instanceof MockError
      ? thrown
      : new MockError('handler-crashed', `The mock failed: ${messageOf(thrown)}`);
  const body = {
    type: `docs/errors.md#${fault.code}`,
    title: fault.title,
    status: fault.status,
    detail: fault.message,
    ...(fault.pointer !== undefined && { pointer: fault.pointer }),
  };
  return {
    status: fault.status,
    body,
    encoded: {
      headers: { 'content-type': 'application/problem+json' },
      body: JSON.stringify(body),
    },
    notes: createNotes(),
    kind: 'unmatched',
  };
}
