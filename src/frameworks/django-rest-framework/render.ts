/** Words each refusal as the vendor's stack does. */
import type { Context, Problem } from '../framework.ts';
import type { Json } from '../../messages/json.ts';
import type { HttpRequest, Reply, Violation } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import type { IblConfig } from '../../vendors/ibl/credentials.ts';
import { fieldRules, parameterRule, type FieldRule } from './field-rules.ts';
import { notFoundPage, proxyPage } from './django-answers.ts';
import { lastValue, parseQueryDict } from './query-dict.ts';
import { readBody } from './read-body.ts';
import { sentenceFor, wholeBodySentence } from './field-errors.ts';

/** What Prism finds at a body that is no object: `required` where it is null, false, 0 or an empty text. */
const WHOLE_BODY = new Set(['type', 'required']);

export function render(
  problem: Problem,
  http: HttpRequest,
  route: Route | undefined,
  context: Context<IblConfig>,
): Reply {
  switch (problem.problem) {
    case 'unknown-path':
      return notFoundPage();
    case 'wrong-method':
      return detail(405, `Method "${http.method}" not allowed.`);
    case 'unauthenticated': {
      const sentence = problem.detail ?? 'Authentication credentials were not provided.';
      return { ...detail(401, sentence), headers: { 'www-authenticate': 'Api-Token' } };
    }
    case 'forbidden':
      return detail(403, 'You do not have permission to perform this action.');
    case 'unsupported-media-type':
      if (problem.mediaType?.trim().toLowerCase().startsWith('multipart/form-data')) {
        context.note('IBL-MULTIPART');
      }
      return detail(415, `Unsupported media type "${problem.mediaType ?? ''}" in request.`);
    case 'not-acceptable':
      return detail(406, 'Could not satisfy the request Accept header.');
    case 'unparsable':
      return detail(400, problem.detail ?? 'Malformed request.');
    case 'too-large':
      context.note('IBL-PROXY-PAGES');
      return proxyPage(413, 'Request Entity Too Large');
    case 'unavailable':
      context.note('IBL-PROXY-PAGES');
      return proxyPage(503, 'Service Temporarily Unavailable');
    case 'invalid':
      return { status: 400, body: fieldErrors(problem.violations, http, route, context) };
    case 'conflict':
      context.note('IBL-VIEW-ERRORS');
      return {
        status: 400,
        body: { error: problem.violations.map(({ message }) => message).join(' ') },
      };
    case 'not-found':
      return detail(404, problem.detail ?? 'Not found.');
    case 'rate-limited':
      context.note('IBL-THROTTLE');
      return throttled(problem.retryAfterSeconds);
    case 'server-error':
      context.note('IBL-SERVER-ERROR');
      return { status: 500, body: { error: 'An unexpected error occurred.' } };
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

/** Every wrong field at once, in the serializer's order, one sentence each; the whole comes first. */
function fieldErrors(
  violations: readonly Violation[],
  http: HttpRequest,
  route: Route | undefined,
  { note }: Context<IblConfig>,
): Json {
  const sent = createLookup(http, route);
  const found = new Map<string, { sentence: string; order: number }>();
  for (const violation of violations) {
    const field = violation.path[0];
    const { rule, value } = sent(violation);
    const row = rule && rowBehind(violation, rule);
    if (row) note(row);
    const isWhole = field === undefined;
    const isWrongBody = isWhole && value !== undefined && WHOLE_BODY.has(violation.keyword);
    const sentence = isWrongBody ? wholeBodySentence(value) : sentenceFor(violation, rule, value);
    const name = isWhole ? 'non_field_errors' : String(field);
    if (!found.has(name))
      found.set(name, { sentence, order: rule?.order ?? (isWhole ? -1 : Infinity) });
  }
  const sorted = [...found].toSorted(([, a], [, b]) => compareOrder(a.order, b.order));
  return Object.fromEntries(sorted.map(([name, { sentence }]) => [name, [sentence]]));
}

/** The ledger row of a rule that the docs do not have. */
function rowBehind(
  { in: place, keyword }: Violation,
  { name, kind }: FieldRule,
): string | undefined {
  if (place === 'query') return kind === 'boolean' ? 'IBL-BOOLEAN-FILTER' : undefined;
  if (name === 'count' && (keyword === 'minimum' || keyword === 'maximum'))
    return 'IBL-COUNT-RANGE';
  return kind === 'string' && keyword === 'pattern' ? 'IBL-TEXT-CHARACTERS' : undefined;
}

function compareOrder(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

type Lookup = (violation: Violation) => { rule: FieldRule | undefined; value: Json | undefined };

/** Finds the rule and the value, as it was sent, of what a violation speaks of; reads the request once more. */
function createLookup(http: HttpRequest, route: Route | undefined): Lookup {
  const schema = route?.operation.body;
  const read = schema && readBody(http, schema);
  const body = typeof read === 'object' && 'value' in read ? read.value : undefined;
  const query = parseQueryDict(http.query) ?? {};
  return ({ in: place, path: [field] }) => {
    if (field === undefined) return { rule: undefined, value: body };
    const name = String(field);
    if (place === 'query') {
      const parameter = route?.operation.query[name];
      return { rule: parameter && parameterRule(name, parameter), value: lastValue(query[name]) };
    }
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    return {
      rule: schema && fieldRules(schema).get(name),
      value: isObject && Object.hasOwn(body, name) ? body[name] : undefined,
    };
  };
}
