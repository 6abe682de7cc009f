/** Reads a routed request once with its vendor's framework, and checks it against the spec. */
import type { Problem, Reading } from '../frameworks/framework.ts';
import type { Reply, Violation } from '../messages/message.ts';
import { checkRequest } from '../openapi/check-request.ts';
import { andThen, type Awaitable } from '../shared/awaitable.ts';
import type { Routed } from './exchange.ts';

/** `end` is set if the framework itself answers or refuses the request. */
export type Read = { readonly exchange: Routed; readonly end?: Problem | Reply };

export function read(exchange: Routed, bodyLimitBytes: number): Awaitable<Read> {
  const { vendor, raw, reading, context, route, notes } = exchange;
  // A server in front of the vendor's application checks the size first.
  if (raw.isTooLarge) {
    return { exchange, end: { problem: 'too-large', limitBytes: bodyLimitBytes } };
  }
  return andThen(vendor.framework.read(reading, context), (result) => {
    const known = withReading(exchange, result.reading);
    const end = result.problem ?? result.reply;
    if (result.problem) notes.violations.push(...violationsOf(result.problem));
    if (end) return { exchange: known, end };
    return route ? { exchange: known } : { exchange: known, end: { problem: 'unknown-path' } };
  });
}

/** For log and journal: what is wrong with a request that was refused before it could be checked. */
function violationsOf(problem: Problem): readonly Violation[] {
  const { detail } = problem;
  switch (problem.problem) {
    case 'invalid':
      return problem.violations;
    case 'unauthenticated': {
      const message = problem.why ?? detail ?? 'The credentials are not accepted.';
      return [{ in: 'header', path: [], keyword: 'security', message }];
    }
    case 'unparsable': {
      const message = detail ?? 'The body cannot be parsed as its media type.';
      return [{ in: 'body', path: [], keyword: 'syntax', message }];
    }
    default:
      return [];
  }
}

/** Converts query and body to the documented types. */
export function coerce(exchange: Routed): Routed {
  const { vendor, reading, context } = exchange;
  if (!reading.sent) throw new Error(`${vendor.name} read neither query nor body.`);
  const content = vendor.framework.coerce(reading.sent, reading, context);
  return withReading(exchange, { ...reading, content });
}

/** Returns Prism's violations of the coerced request and, in the strict profile, every warning as a violation. */
export function judge(exchange: Routed): readonly Violation[] {
  const { vendor, spec, route, http, notes, sandbox, reading } = exchange;
  if (vendor.framework.judgesItself) return [];
  if (!spec || !route || !reading.content) return [];
  const broken = checkRequest(spec, route, reading.content, http.headers);
  const tolerated = sandbox.profile === 'strict' ? notes.warnings : [];
  notes.violations.push(...tolerated, ...broken);
  return notes.violations;
}

function withReading(exchange: Routed, reading: Reading): Routed {
  return { ...exchange, reading };
}
