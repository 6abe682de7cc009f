/** Reads a request in Web API's order: path, method, credentials, then media type and body together. */
import type { Context, Problem, ReadResult } from '../framework.ts';
import type { Source } from './bind-value.ts';
import { bindModel } from './bind-model.ts';
import { decodeBody } from './decode-body.ts';
import { failureToViolation, type Decoded } from './decoded.ts';
import type { WebApiFacts, WebApiReading } from './facts.ts';
import type { Model } from './model.ts';
import { negotiate } from './negotiate.ts';

type Result = ReadResult<WebApiReading>;

/** The `detail` of the 500 answer if an action was called with null. */
export const NULL_ARGUMENT = 'null argument';

export function read<Config>(
  opened: WebApiReading,
  identify: WebApiFacts<Config>['identify'],
  context: Context<Config>,
): Result {
  const { http, route, action, uri } = opened;
  if (!route) return { reading: opened, problem: { problem: 'unknown-path' } };
  const { methods } = route;
  if (!methods.includes(http.method)) {
    return { reading: opened, problem: { problem: 'wrong-method', methods } };
  }
  // Web API selects an action by the names of its parameters before it checks credentials. Row URI-BINDING.
  if (uri && uri.missing.length > 0) {
    context.note('URI-BINDING');
    return { reading: opened, problem: { problem: 'not-found' } };
  }
  const identity = identify(http, context.config);
  if (!identity) {
    const why = 'The credentials are not those of the scenario.';
    return { reading: opened, problem: { problem: 'unauthenticated', why } };
  }
  const reading = { ...opened, identity, answer: orderFormatters(opened, context) };
  const result = action?.argument
    ? readBody(reading, http.body, action.argument.model, context)
    : { reading: { ...reading, sent: { query: {}, body: undefined } } };
  // Web API binds all parameters together, but an unsupported media type ends the binding.
  if (!uri || uri.unbound.length === 0) return result;
  if (result.problem?.problem === 'unsupported-media-type') return result;
  context.note('URI-BINDING');
  return { reading, problem: { problem: 'invalid', violations: uri.unbound } };
}

/** Chooses XML if the service prefers it and the request does not decide. Row FORMATTERS. */
function orderFormatters(
  { http, action, mediaType, answer }: WebApiReading,
  context: Context<unknown>,
): WebApiReading['answer'] {
  if (!action?.mayPreferXml) return answer;
  const reordered = negotiate(http.headers, mediaType, 'xml');
  if (reordered.format === answer.format) return answer;
  return context.choose('FORMATTERS') === 'xml-first' ? reordered : answer;
}

function readBody(
  reading: WebApiReading,
  bytes: Buffer,
  model: Model,
  context: Context<unknown>,
): Result {
  const { http, mediaType, source } = reading;
  // Web API calls no formatter for an empty body, whatever its media type.
  if (bytes.length === 0) return noArgument(reading, context);
  if (!source) {
    return {
      reading,
      problem: { problem: 'unsupported-media-type', mediaType: mediaType?.name },
    };
  }
  // Row CONTENT-ENCODING: bodies are not decompressed.
  if ((http.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    context.note('CONTENT-ENCODING');
  }
  const decoded = decodeBody(bytes, source, mediaType?.charset, model);
  for (const warning of decoded.tolerated) context.warn(warning);
  for (const row of decoded.rows) context.note(row);
  const decodedReading = { ...reading, decoded };
  if (decoded.faults.length > 0) {
    for (const { row } of decoded.faults) context.note(row);
    return { reading: decodedReading, problem: refuseFaults(decoded, source, model) };
  }
  if (decoded.body === null) return noArgument(decodedReading, context);
  return { reading: { ...decodedReading, sent: { query: {}, body: decoded.body } } };
}

/** Nothing is bound, so ModelState is valid and Web API calls the action with null. */
function noArgument(reading: WebApiReading, context: Context<unknown>): Result {
  const isChecked = context.choose('EMPTY-BODY') === '400';
  const problem: Problem = isChecked
    ? { problem: 'unparsable' }
    : { problem: 'server-error', detail: NULL_ARGUMENT };
  return { reading, problem };
}

/** Also reports the values that did not bind before the reader stopped. */
function refuseFaults({ body, faults }: Decoded, source: Source, model: Model): Problem {
  const { unbound } = bindModel(body, source, model);
  const before = unbound.map((path) => ({
    in: 'body' as const,
    path,
    keyword: 'type',
    message: 'did not bind',
  }));
  return { problem: 'invalid', violations: [...before, ...faults.map(failureToViolation)] };
}
