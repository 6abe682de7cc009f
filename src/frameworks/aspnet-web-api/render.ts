/** Refusals as Web API's HttpError. */
import type { Context, Problem } from '../framework.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { HttpRequest, Reply } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import type { AliceConfig } from '../../vendors/alice/credentials.ts';
import { sourceOf } from './decode-body.ts';
import { toModelState } from './model-state.ts';
import { NO_LICENSE } from './read.ts';

const INVALID = 'The request is invalid.';
const OCCURRED = 'An error has occurred.';

export function render(
  problem: Problem,
  http: HttpRequest,
  _route: Route | undefined,
  context: Context<AliceConfig>,
): Reply {
  switch (problem.problem) {
    case 'unknown-path':
    case 'not-found':
      return notFound(http, context);
    case 'wrong-method':
      return {
        status: 405,
        headers: { allow: problem.methods.join(', ') },
        body: {
          Message: `The requested resource does not support http method '${http.method}'.`,
        },
      };
    // Web API's Authorize attribute says 401 to both.
    case 'unauthenticated':
    case 'forbidden':
      context.note('ALICE-CREDENTIALS');
      return {
        status: 401,
        body: { Message: 'Authorization has been denied for this request.' },
      };
    case 'unsupported-media-type':
      return unsupported(problem.mediaType, context);
    case 'too-large':
      context.note('ALICE-TOO-LARGE');
      return { status: 413, body: { Message: 'The request entity is too large.' } };
    case 'invalid':
    case 'conflict': {
      const withDetail = hasDetail(context);
      if (sourceOf(http) === 'form') context.note('ALICE-FORM-BINDING');
      const state = toModelState(problem.violations, http, withDetail);
      return { status: 400, body: { Message: INVALID, ModelState: state } };
    }
    // The vendor answers neither: it never says 406, and a body it cannot read is `invalid`.
    case 'not-acceptable':
    case 'unparsable':
      return { status: 400, body: { Message: INVALID } };
    case 'rate-limited':
      return unavailable(context, { 'retry-after': String(problem.retryAfterSeconds) });
    case 'unavailable':
      return unavailable(context);
    case 'server-error':
      return failed(problem.detail, context);
  }
}

/** ALICE-ERROR-DETAIL: what IncludeErrorDetailPolicy decides. */
function hasDetail(context: Context<AliceConfig>): boolean {
  return context.choose('ALICE-ERROR-DETAIL') === 'always';
}

function unavailable(context: Context<AliceConfig>, headers: Record<string, string> = {}): Reply {
  context.note('ALICE-UNAVAILABLE');
  return { status: 503, headers, body: { Message: 'The service is unavailable.' } };
}

function failed(detail: string | undefined, context: Context<AliceConfig>): Reply {
  const body: JsonObject = { Message: OCCURRED };
  if (hasDetail(context) && detail === NO_LICENSE) {
    body['ExceptionMessage'] =
      'Value cannot be null.\r\nParameter name: Cannot pass null model to Validate.';
    body['ExceptionType'] = 'System.ArgumentNullException';
  }
  return { status: 500, body };
}

function unsupported(mediaType: string | undefined, context: Context<AliceConfig>): Reply {
  const name = mediaType ?? 'application/octet-stream';
  const body: JsonObject = {
    Message:
      mediaType === undefined
        ? `The request contains an entity body but no Content-Type header. The inferred media type '${name}' is not supported for this resource.`
        : `The request entity's media type '${name}' is not supported for this resource.`,
  };
  if (hasDetail(context)) {
    body['ExceptionMessage'] =
      `No MediaTypeFormatter is available to read an object of type 'LicenseRequest' from content with media type '${name}'.`;
    body['ExceptionType'] = 'System.Net.Http.UnsupportedMediaTypeException';
  }
  return { status: 415, body };
}

/** ALICE-SIBLINGS: addresses that the vendor has and the mock has not. */
const SIBLING = /^\/api\/licenses(?:\/[^/]+)?\/?$/i;

/** ALICE-NOT-FOUND. */
function notFound(http: HttpRequest, context: Context<AliceConfig>): Reply {
  context.note('ALICE-NOT-FOUND');
  if (SIBLING.test(http.path)) context.note('ALICE-SIBLINGS');
  const query = http.query === '' ? '' : `?${http.query}`;
  const uri = toDisplayUri(http.baseUrl + http.path + query);
  const body: JsonObject = {
    Message: `No HTTP resource was found that matches the request URI '${uri}'.`,
  };
  if (hasDetail(context)) body['MessageDetail'] = explainNotFound(http.path);
  return { status: 404, body };
}

function explainNotFound(path: string): string {
  const [, api = '', controller = '', action = ''] = path.split('/').map(toDisplayUri);
  if (api.toLowerCase() !== 'api' || controller === '') {
    return 'No route data was found for this request.';
  }
  if (controller.toLowerCase() !== 'licenses') {
    return `No type was found that matches the controller named '${controller}'.`;
  }
  return `No action was found on the controller 'Licenses' that matches the name '${action}'.`;
}

/** Uri.ToString: escapes undone, but for those that would change what the URI means and for control characters. */
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
