/** Renders refusals as Web API's HttpError. */
import type { JsonObject } from '../../messages/json.ts';
import type { Reply, Violation } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import type { Context, Problem } from '../framework.ts';
import type { Action, WebApiFacts, WebApiReading } from './facts.ts';
import { toModelState } from './model-state.ts';
import { NULL_ARGUMENT } from './read.ts';
import { NULL_ENTRY } from './uri.ts';

type Facts = Pick<WebApiFacts<never>, 'controllers' | 'unserved'>;

const INVALID = 'The request is invalid.';
const OCCURRED = 'An error has occurred.';

export function render(
  problem: Problem,
  reading: WebApiReading,
  facts: Facts,
  context: Context<unknown>,
): Reply {
  const { http, action } = reading;
  switch (problem.problem) {
    case 'unknown-path':
    case 'not-found':
      return notFound(reading, facts, context);
    case 'wrong-method':
      return {
        status: 405,
        headers: { allow: problem.methods.join(', ') },
        body: {
          Message: `The requested resource does not support http method '${http.method}'.`,
        },
      };
    // Web API's Authorize attribute answers 401 in both cases.
    case 'unauthenticated':
    case 'forbidden':
      context.note('CREDENTIALS');
      return {
        status: 401,
        body: { Message: 'Authorization has been denied for this request.' },
      };
    case 'unsupported-media-type':
      return unsupported(problem.mediaType, action, context);
    case 'too-large':
      context.note('TOO-LARGE');
      return { status: 413, body: { Message: 'The request entity is too large.' } };
    case 'invalid':
    case 'conflict': {
      const { violations } = problem;
      const [first] = violations;
      // Web API stops at the first parameter without a value.
      if (first && isUnboundInUri(first)) return refuseParameter(first.message, context);
      // Without an action there is no parameter that could be wrong.
      if (!action) return { status: 400, body: { Message: INVALID } };
      const withDetail = hasDetail(context);
      if (reading.source === 'form' && action.argument) context.note('FORM-BINDING');
      const state = toModelState(violations, action, reading, withDetail);
      return { status: 400, body: { Message: INVALID, ModelState: state } };
    }
    // The vendor never answers 406. An action that checks for null answers a missing body so: row EMPTY-BODY.
    case 'not-acceptable':
    case 'unparsable':
      return { status: 400, body: { Message: INVALID } };
    case 'rate-limited':
      return unavailable(context, { 'retry-after': String(problem.retryAfterSeconds) });
    case 'unavailable':
      return unavailable(context);
    case 'server-error':
      return failed(problem.detail === NULL_ARGUMENT ? action : undefined, context);
  }
}

/** True for a required parameter without a value. Profile strict adds other violations of the query. */
function isUnboundInUri(violation: Violation): boolean {
  return violation.in !== 'body' && violation.message.startsWith(NULL_ENTRY);
}

function refuseParameter(message: string, context: Context<unknown>): Reply {
  const body: JsonObject = { Message: INVALID };
  if (hasDetail(context)) body['MessageDetail'] = message;
  return { status: 400, body };
}

/** The effect of IncludeErrorDetailPolicy. Row ERROR-DETAIL. */
function hasDetail(context: Context<unknown>): boolean {
  return context.choose('ERROR-DETAIL') === 'always';
}

function unavailable(context: Context<unknown>, headers: Record<string, string> = {}): Reply {
  context.note('UNAVAILABLE');
  return { status: 503, headers, body: { Message: 'The service is unavailable.' } };
}

/** `calledWithNull` is the action that failed because it was called with null. */
function failed(calledWithNull: Action | undefined, context: Context<unknown>): Reply {
  const body: JsonObject = { Message: OCCURRED };
  if (hasDetail(context) && calledWithNull?.argument) {
    body['ExceptionMessage'] = calledWithNull.argument.onNull.message;
    body['ExceptionType'] = calledWithNull.argument.onNull.type;
  }
  return { status: 500, body };
}

function unsupported(
  mediaType: string | undefined,
  action: Action | undefined,
  context: Context<unknown>,
): Reply {
  const name = mediaType ?? 'application/octet-stream';
  const body: JsonObject = {
    Message:
      mediaType === undefined
        ? `The request contains an entity body but no Content-Type header. The inferred media type '${name}' is not supported for this resource.`
        : `The request entity's media type '${name}' is not supported for this resource.`,
  };
  if (hasDetail(context) && action?.argument) {
    body['ExceptionMessage'] =
      `No MediaTypeFormatter is available to read an object of type '${action.argument.model.name}' from content with media type '${name}'.`;
    body['ExceptionType'] = 'System.Net.Http.UnsupportedMediaTypeException';
  }
  return { status: 415, body };
}

function notFound(
  { http, query, route }: WebApiReading,
  { controllers, unserved }: Facts,
  context: Context<unknown>,
): Reply {
  // Row NOT-FOUND.
  context.note('NOT-FOUND');
  if (unserved.path.test(http.path)) context.note(unserved.row);
  const uri = toDisplayUri(http.baseUrl + http.path + (query === '' ? '' : `?${query}`));
  const body: JsonObject = {
    Message: `No HTTP resource was found that matches the request URI '${uri}'.`,
  };
  if (hasDetail(context)) body['MessageDetail'] = explainNotFound(http.path, controllers, route);
  return { status: 404, body };
}

/** Words a 404 by Web API's default route, `api/{controller}/{action}`. */
function explainNotFound(
  path: string,
  controllers: readonly string[],
  route: Route | undefined,
): string {
  const [, api = '', controller = '', action = ''] = path.split('/').map(toDisplayUri);
  if (api.toLowerCase() !== 'api' || controller === '') {
    return 'No route data was found for this request.';
  }
  const known = controllers.find((name) => name.toLowerCase() === controller.toLowerCase());
  // The path belongs to an action, but the query lacks a required parameter.
  if (known !== undefined && route) {
    return `No action was found on the controller '${known}' that matches the request.`;
  }
  return known === undefined
    ? `No type was found that matches the controller named '${controller}'.`
    : `No action was found on the controller '${known}' that matches the name '${action}'.`;
}

/** Like Uri.ToString: unescapes all but control characters and characters that would change the URI's meaning. */
function toDisplayUri(uri: string): string {
  return uri.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      const text = decodeURIComponent(escaped);
      // oxlint-disable-next-line no-control-regex -- control characters stay escaped
      return /[%#?\x00-\x1f\x7f-\x9f]/.test(text) ? escaped : text;
    } catch {
      return escaped;
    }
  });
}
