/** Refusals in Prism's words, and refusals that only an override can request, in Prism's format. */
import { STATUS_CODES } from 'node:http';
import type { HttpRequest, Reply } from '../../messages/message.ts';
import type { Problem } from '../framework.ts';

const STATUSES: Readonly<Record<Problem['problem'], number>> = {
  'unknown-path': 404,
  'wrong-method': 405,
  unauthenticated: 401,
  forbidden: 403,
  'unsupported-media-type': 415,
  'not-acceptable': 406,
  unparsable: 400,
  'too-large': 413,
  invalid: 422,
  'not-found': 404,
  conflict: 409,
  'rate-limited': 429,
  'server-error': 500,
  unavailable: 503,
};

export function refuse(problem: Problem, { method, path }: HttpRequest, made?: Reply): Reply {
  switch (problem.problem) {
    case 'invalid':
      return made ?? toReply(422, 'UNPROCESSABLE_ENTITY', 'Invalid request', problem.detail);
    case 'unknown-path':
      return toReply(
        404,
        'NO_PATH_MATCHED_ERROR',
        'Route not resolved, no path matched',
        `The route ${path} hasn't been found in the specification file`,
      );
    case 'wrong-method': {
      const reply = toReply(
        405,
        'NO_METHOD_MATCHED_ERROR',
        'Route resolved, but no method matched',
        `The route ${path} has been matched, but it does not have "${method.toLowerCase()}" method defined`,
      );
      return { ...reply, headers: { ...reply.headers, allow: problem.methods.join(', ') } };
    }
    case 'unsupported-media-type':
      return toReply(
        415,
        'INVALID_CONTENT_TYPE',
        'Invalid content type',
        problem.detail ?? `"${problem.mediaType}" is not a media type`,
      );
    case 'too-large':
      return toReply(
        413,
        'TOO_LARGE',
        'Payload Too Large',
        `The body is larger than ${problem.limitBytes} bytes, the limit that --body-limit sets.`,
      );
    case 'rate-limited': {
      const reply = toReply(429, 'TOO_MANY_REQUESTS', 'Too Many Requests', problem.detail);
      const seconds = String(problem.retryAfterSeconds);
      return { ...reply, headers: { ...reply.headers, 'retry-after': seconds } };
    }
    default: {
      const status = STATUSES[problem.problem];
      const title = STATUS_CODES[status] ?? problem.problem;
      const type = problem.problem.replaceAll('-', '_').toUpperCase();
      return toReply(status, type, title, problem.detail);
    }
  }
}

function toReply(status: number, type: string, title: string, detail = ''): Reply {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: `https://stoplight.io/prism/errors#${type}`, title, status, detail },
  };
}

/** Prism's answer if the document promises text but the schema or example is an object. */
export const NO_COMPLEX_TEXT = toReply(
  500,
  'NO_COMPLEX_OBJECT_TEXT',
  'Cannot serialise complex objects as text',
  'Cannot serialise complex objects as text',
);

/** Prism's answer if an operation documents no response to send. A 1xx status does not count. */
export const NO_RESPONSE = toReply(
  500,
  'NO_RESPONSE_RESPONSE_DEFINED',
  'No response defined for the selected operation',
);
