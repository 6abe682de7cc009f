/**
 * What the vendor says of a refusal. Only the words of 401 and 429 are documented; TI-REFUSAL-WORDS are ours,
 * clear rather than genuine, and name every fault that was found.
 */
import type { Problem } from '../../frameworks/framework.ts';
import type { Violation } from '../../messages/message.ts';
import type { Route, Schema } from '../../openapi/operation.ts';

export type Refusal = {
  readonly status: number;
  /** The `error` of form `rest`. */
  readonly error: string;
  /** One a fault. */
  readonly sentences: readonly string[];
};

type Rendered = Exclude<Problem, { problem: 'unauthenticated' | 'rate-limited' }>;

export function describeRefusal(
  problem: Rendered,
  method: string,
  route: Route | undefined,
): Refusal {
  const own = problem.detail;
  const refusal = (status: number, error: string, sentence: string): Refusal => ({
    status,
    error,
    sentences: [own ?? sentence],
  });
  switch (problem.problem) {
    case 'unknown-path':
    case 'not-found':
      return refusal(404, 'not_found', 'The requested resource was not found.');
    case 'wrong-method':
      return refusal(
        405,
        'method_not_allowed',
        `${method} is not allowed here. Use ${problem.methods.join(', ')}.`,
      );
    case 'forbidden':
      return refusal(403, 'forbidden', 'This API key may not do this.');
    case 'not-acceptable':
      return refusal(406, 'not_acceptable', 'Only application/json can be had here.');
    case 'unsupported-media-type':
      return refusal(
        415,
        'unsupported_media_type',
        problem.mediaType === undefined
          ? 'The request body has no media type. Send application/json.'
          : `The media type ${problem.mediaType.slice(0, 80)} is not supported. Send application/json.`,
      );
    case 'unparsable':
      return refusal(400, 'bad_request', 'The request body is not valid JSON.');
    case 'too-large':
      return refusal(
        413,
        'payload_too_large',
        `The request body is larger than ${problem.limitBytes} bytes.`,
      );
    case 'invalid':
      return describeInvalid(problem.violations, route);
    case 'conflict':
      return {
        status: 409,
        error: 'conflict',
        sentences: problem.violations.map(({ message }) => message),
      };
    case 'unavailable':
      return refusal(503, 'service_unavailable', 'The service is not available. Try again later.');
    case 'server-error':
      return refusal(500, 'internal_server_error', 'Something went wrong. Try again later.');
  }
}

/** Keywords of values that are of the right type and yet cannot be (TI-INVALID-STATUS). */
const SEMANTIC = new Set(['rule', 'reference', 'minimum', 'minLength']);

function describeInvalid(violations: readonly Violation[], route: Route | undefined): Refusal {
  const sentences = [...new Set(violations.map((violation) => toSentence(violation, route)))];
  return violations.every(({ keyword }) => SEMANTIC.has(keyword))
    ? { status: 422, error: 'unprocessable_entity', sentences }
    : { status: 400, error: 'bad_request', sentences };
}

function toSentence(violation: Violation, route: Route | undefined): string {
  const { path, keyword, message } = violation;
  const [root, ...indexes] = path;
  if (root === undefined) return describeWhole(violation);
  const name = `${root}${indexes.map((index) => `[${index}]`).join('')}`.slice(0, 80);
  const property = route?.operation.body?.properties?.[root];
  const schema = indexes.length > 0 ? property?.items : property;
  switch (keyword) {
    case 'rule':
      return message;
    case 'reference':
      return `${name} names nothing that exists.`;
    case 'required':
      return `${name} is required.`;
    case 'additionalProperties':
      return `${name} is not a known parameter.`;
    case 'minLength':
      return `${name} must not be empty.`;
    case 'minimum':
      return `${name} must not be negative.`;
    case 'maximum':
      return `${name} must be a 32-bit integer.`;
    default:
      return `${name} must be ${describeType(schema)}.`;
  }
}

function describeWhole({ in: place, keyword }: Violation): string {
  switch (keyword) {
    case 'type':
    // To Prism null is no body at all.
    case 'required':
      return 'The request body must be a JSON object.';
    case 'encoding':
      return 'The request body is not valid UTF-8.';
    case 'additionalProperties':
      return `The request ${place} has more parameters that are not known.`;
    default:
      return `The request ${place} is not valid.`;
  }
}

function describeType(schema: Schema | undefined): string {
  if (schema?.format === 'uuid') return 'a UUID';
  if (schema?.format === 'date-time') return 'an ISO 8601 timestamp';
  switch (schema?.type) {
    case 'array':
      return 'a list of UUIDs';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return 'an integer';
    case 'string':
      return 'a string';
    default:
      return 'valid';
  }
}
