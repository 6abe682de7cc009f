/** Renders each refusal as Django and Django REST framework do. */
import type { Reply } from '../../messages/message.ts';
import type { Context, Problem } from '../framework.ts';
import { NO_CREDENTIALS } from './authenticate.ts';
import { notFoundPage } from './django-answers.ts';
import type { DjangoFacts, DjangoReading } from './facts.ts';
import { fieldErrors } from './field-errors.ts';

export function render<Config>(
  problem: Problem,
  reading: DjangoReading,
  facts: DjangoFacts<Config>,
  context: Context<Config>,
): Reply {
  switch (problem.problem) {
    case 'unknown-path':
      return notFoundPage(context);
    case 'wrong-method':
      return detail(405, `Method "${reading.http.method}" not allowed.`);
    case 'unauthenticated': {
      const headers = { 'www-authenticate': facts.tokens.keyword };
      return { ...detail(401, problem.detail ?? NO_CREDENTIALS), headers };
    }
    case 'forbidden':
      return detail(403, 'You do not have permission to perform this action.');
    case 'unsupported-media-type':
      return detail(415, `Unsupported media type "${problem.mediaType ?? ''}" in request.`);
    case 'not-acceptable':
      return detail(406, 'Could not satisfy the request Accept header.');
    case 'unparsable':
      return detail(400, problem.detail ?? 'Malformed request.');
    case 'invalid':
      return { status: 400, body: fieldErrors(problem.violations, reading, facts, context) };
    case 'not-found':
      return detail(404, problem.detail ?? 'Not found.');
    case 'rate-limited':
      context.note('THROTTLE');
      return throttled(problem.retryAfterSeconds);
    case 'conflict':
    case 'too-large':
    case 'unavailable':
    case 'server-error':
      return facts.renderOwn(problem, context);
  }
}

function detail(status: number, sentence: string): Reply {
  return { status, body: { detail: sentence } };
}

function throttled(waitSeconds: number): Reply {
  const wait = Math.ceil(waitSeconds);
  const sentence = `Request was throttled. Expected available in ${wait} second${wait === 1 ? '' : 's'}.`;
  return { ...detail(429, sentence), headers: { 'retry-after': String(wait) } };
}
