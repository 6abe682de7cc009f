/** Default status and plain words for each refusal, for vendors that do not supply their own. */
import type { Problem, Reading } from '../framework.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { Place, Violation } from '../../messages/message.ts';
import type { Route, Schema } from '../../openapi/operation.ts';

export type Refusal = {
  readonly status: number;
  /** For programs: `not_found`. */
  readonly error: string;
  /** For people; one sentence for each fault. */
  readonly sentences: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

type ProblemOf<Kind extends Problem['problem']> = Extract<Problem, { problem: Kind }>;

export type Refusals = {
  readonly [Kind in Problem['problem']]: (problem: ProblemOf<Kind>, reading: Reading) => Refusal;
};

const fixed: Omit<Refusals, 'unauthenticated'> = {
  'unknown-path': () => refusal(404, 'not_found', 'The requested resource was not found.'),
  'not-found': () => refusal(404, 'not_found', 'The requested resource was not found.'),
  'wrong-method': ({ methods }, { http }) => {
    const allow = methods.join(', ');
    const sentence = `${http.method} is not allowed here. Use ${allow}.`;
    return { ...refusal(405, 'method_not_allowed', sentence), headers: { Allow: allow } };
  },
  forbidden: () => refusal(403, 'forbidden', 'This token may not do this.'),
  'not-acceptable': () => refusal(406, 'not_acceptable', 'Only application/json can be had here.'),
  'unsupported-media-type': ({ mediaType }) => {
    const found =
      mediaType === undefined
        ? 'The request body has no media type.'
        : `The media type ${mediaType.slice(0, 80)} is not supported.`;
    return refusal(415, 'unsupported_media_type', `${found} Send application/json.`);
  },
  unparsable: () => refusal(400, 'bad_request', 'The request body is not valid JSON.'),
  'too-large': ({ limitBytes }) =>
    refusal(413, 'payload_too_large', `The request body is larger than ${limitBytes} bytes.`),
  invalid: ({ violations }, { route }) => ({
    status: 400,
    error: 'bad_request',
    sentences: distinct(violations.map((violation) => describeViolation(violation, route))),
  }),
  conflict: ({ violations }) => ({
    status: 409,
    error: 'conflict',
    sentences: violations.map(({ message }) => message),
  }),
  'rate-limited': ({ retryAfterSeconds }) => ({
    ...refusal(
      429,
      'rate_limit_exceeded',
      `Request rate limit reached. Retry after ${retryAfterSeconds} seconds.`,
    ),
    headers: { 'Retry-After': String(retryAfterSeconds) },
  }),
  unavailable: () =>
    refusal(503, 'service_unavailable', 'The service is not available. Try again later.'),
  'server-error': () =>
    refusal(500, 'internal_server_error', 'Something went wrong. Try again later.'),
};

/** `scheme` is the authentication scheme, for `WWW-Authenticate` (RFC 9110, 15.5.2). */
export function standardRefusals(scheme: string | undefined): Refusals {
  return {
    ...fixed,
    unauthenticated: () => ({
      ...refusal(401, 'unauthorized', 'A valid token is required.'),
      ...(scheme !== undefined && { headers: { 'WWW-Authenticate': scheme } }),
    }),
  };
}

/** A problem's `detail` replaces the default words. */
export function describeRefusal(problem: Problem, reading: Reading, refusals: Refusals): Refusal {
  // The entry for a kind of problem accepts that problem, but TypeScript cannot infer it.
  const describe = refusals[problem.problem] as (problem: Problem, reading: Reading) => Refusal;
  const described = describe(problem, reading);
  return problem.detail === undefined ? described : { ...described, sentences: [problem.detail] };
}

export function toBody({ error, sentences }: Refusal): JsonObject {
  return { error, message: sentences.join(' ') };
}

export function refusal(status: number, error: string, sentence: string): Refusal {
  return { status, error, sentences: [sentence] };
}

export function distinct(sentences: readonly string[]): readonly string[] {
  return [...new Set(sentences)];
}

/** Writes a path for people: `seats[0].name`. Shortens long names. */
export function nameOf(path: Place['path']): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${part}`))
    .join('')
    .slice(0, 80);
}

export function describeViolation(violation: Violation, route: Route | undefined): string {
  const { path, keyword, message } = violation;
  if (keyword === 'rule') return message;
  if (path.length === 0) return describeWhole(violation);
  const name = nameOf(path);
  const schema = findSchema(violation, route);
  switch (keyword) {
    case 'required':
      return `${name} is required.`;
    case 'additionalProperties':
      return `${name} is not a known parameter.`;
    case 'enum':
      return `${name} must be one of ${schema?.enum?.join(', ')}.`;
    case 'minLength':
      return schema?.minLength === 1
        ? `${name} must not be empty.`
        : `${name} must have at least ${schema?.minLength} characters.`;
    case 'maxLength':
      // For a UUID or a date, the format already implies the length.
      return schema?.format === undefined
        ? `${name} must have at most ${schema?.maxLength} characters.`
        : `${name} must be ${describeType(schema)}.`;
    case 'minimum':
      return schema?.minimum === 0
        ? `${name} must not be negative.`
        : `${name} must be at least ${schema?.minimum}.`;
    case 'maximum':
      return `${name} must be at most ${schema?.maximum}.`;
    default:
      return `${name} must be ${describeType(schema)}.`;
  }
}

function findSchema({ in: place, path }: Place, route: Route | undefined): Schema | undefined {
  const [root, ...rest] = path;
  if (place === 'path') return route?.operation.parameters[String(root)];
  if (place === 'query') return route?.operation.query[String(root)];
  let schema = place === 'body' ? route?.operation.body : undefined;
  for (const part of root === undefined ? [] : [root, ...rest]) {
    schema = typeof part === 'number' ? schema?.items : schema?.properties?.[part];
  }
  return schema;
}

function describeWhole({ in: place, keyword }: Violation): string {
  switch (keyword) {
    case 'type':
    // Prism treats null as a missing body.
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
      return schema.items?.format === 'uuid' ? 'a list of UUIDs' : 'a list';
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
