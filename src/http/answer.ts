/** The ways in which a request is answered: by its handler, by Prism, by a refusal. Each ends an exchange. */
import { linkOf, MockError, messageOf } from '../errors.ts';
import { isProblem, type CheckedRequest, type Problem } from '../frameworks/framework.ts';
import type { Reply, Violation } from '../messages/message.ts';
import { checkResponse } from '../openapi/check-response.ts';
import type { Preference } from '../messages/prefer.ts';
import { isWrite } from '../openapi/effect.ts';
import type { SpecOperation } from '../openapi/spec.ts';
import { createWorld, markNotes, type Notes } from '../sandboxes/context.ts';
import type { Sandboxes } from '../sandboxes/sandboxes.ts';
import type { Transaction } from '../store/store.ts';
import { isWithinSpec, type Ended, type Known, type Outcome, type Routed } from './exchange.ts';

/** Thrown inside a transaction to roll back the handler's writes, and to carry its refusal out. */
class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.problem);
    this.problem = problem;
  }
}

/** Runs the operation's handler in one transaction. The answer is checked before anything is stored. */
export async function handle(exchange: Routed, sandboxes: Sandboxes): Promise<Ended> {
  const { vendor, spec, route, sandbox } = exchange;
  const handler = vendor.handlers[spec?.operation.id ?? ''];
  if (!handler || !spec || !route) return generate(exchange, {});
  const request = toCheckedRequest(exchange);
  const { notes, context } = exchange;
  const seenBefore = notes.warnings.length;
  const takeBack = markNotes(notes);
  let isAgain = false;
  try {
    const effect = isWrite(spec, exchange.raw.method) ? 'write' : 'read';
    const work = async (transaction: Transaction): Promise<Ended> => {
      // The driver may run the work again: what its first run noted must not count.
      if (isAgain) takeBack();
      isAgain = true;
      const answer = await handler(request, createWorld(sandbox, context, transaction));
      if (isProblem(answer)) throw new Refused(answer);
      // Profile strict also refuses what only a handler recognizes as tolerated, such as a platform made on first use.
      const tolerated = notes.warnings.slice(seenBefore);
      if (sandbox.profile === 'strict' && tolerated.length > 0) {
        throw new Refused({ problem: 'invalid', violations: tolerated });
      }
      const ended = finish(exchange, answer, 'handled', spec);
      if (!answer.violations) return ended;
      addViolations(notes, answer.violations);
      return { ...ended, outcome: { ...ended.outcome, refusal: { problem: 'invalid' } } };
    };
    return await sandboxes.transact(sandbox, work, effect);
  } catch (thrown) {
    if (thrown instanceof Refused) {
      const { problem } = thrown;
      if ('violations' in problem) addViolations(notes, problem.violations);
      return refuse(exchange, problem);
    }
    throw thrown;
  }
}

/** What only the handler could see. In profile strict these are warnings, which are told already. */
function addViolations({ warnings, violations }: Notes, found: readonly Violation[]): void {
  const isTold = new Set<object>([...warnings, ...violations]);
  violations.push(...found.filter((each) => !isTold.has(each)));
}

function toCheckedRequest({ http, route, reading }: Routed): CheckedRequest {
  const { identity, content } = reading;
  if (!route || !identity || !content) throw new Error('The request has not been read.');
  return { http, route, identity, query: content.query, body: content.body };
}

/** Prism's answer, for an operation without a handler and for `Prefer`. Stores nothing. */
export async function generate(exchange: Routed, preference: Preference): Promise<Ended> {
  const { spec, sandbox, http, vendor, reading } = exchange;
  if (!spec) throw new MockError('unknown-path', `No operation matches ${http.path}.`);
  const seed = `${sandbox.setup.seed}:${spec.operation.id}`;
  const reply = await vendor.framework.generate(spec, reading, preference, seed);
  return finish(exchange, reply, 'generated', spec);
}

/** A refusal in the vendor's words. */
export function refuse(exchange: Routed, problem: Problem): Ended {
  const { vendor, reading, context, spec } = exchange;
  const ended = finish(
    exchange,
    vendor.framework.render(problem, reading, context),
    'handled',
    spec,
  );
  return { ...ended, outcome: { ...ended.outcome, refusal: problem } };
}

/** An answer of the framework itself. Not checked if the path does not document the method, such as OPTIONS. */
export function answerItself(exchange: Routed, reply: Reply): Ended {
  return finish(exchange, reply, 'handled', isWithinSpec(exchange) ? exchange.spec : undefined);
}

/** Encodes a reply and checks it against the spec, if the spec documents it. Throws `MockError` `broken-answer`. */
function finish(
  exchange: Routed,
  reply: Reply,
  kind: Outcome['kind'],
  spec: SpecOperation | undefined,
): Ended {
  const { framework } = exchange.vendor;
  const encoded = framework.encode(reply, exchange.reading);
  const { status, body } = reply;
  const isJudged = spec && !framework.judgesItself;
  const faults = isJudged ? checkResponse(spec, { status, headers: encoded.headers, body }) : [];
  if (faults.length > 0) {
    throw new MockError(
      'broken-answer',
      `${spec?.operation.id} answered ${status}, which its spec does not allow: ${faults.join(' ')} Nothing was stored.`,
    );
  }
  return { ...exchange, outcome: { status, body, encoded, kind: spec ? kind : 'unmatched' } };
}

/** Renders a fault of the mock as `application/problem+json` (RFC 9457). */
export function explain(known: Known, thrown: unknown): Ended {
  const fault =
    thrown instanceof MockError
      ? thrown
      : new MockError('handler-crashed', `A request handler failed: ${messageOf(thrown)}`);
  return {
    ...known,
    outcome: { ...renderFault(fault), kind: known.spec ? 'handled' : 'unmatched' },
  };
}

export function renderFault(fault: MockError): Omit<Outcome, 'kind'> {
  const body = {
    type: linkOf(fault.code),
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
  };
}
