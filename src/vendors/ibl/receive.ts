/** Reads a request in the framework's order: path, Accept, credentials, role, method, media type, body. */
import { isProblem, type Context, type Problem } from '../../frameworks/framework.ts';
import type { Received } from '../../frameworks/legacy.ts';
import type { HttpRequest, Reply } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import { authenticate, isAllowed } from './authenticate.ts';
import type { IblConfig } from './config.ts';
import { describeView } from './describe-view.ts';
import { badRequestPage } from './html-pages.ts';
import { negotiate } from './negotiate.ts';
import { parseQueryDict } from './query-dict.ts';
import { readBody } from './read-body.ts';
import { lacksSlash, redirectToSlash } from './redirect-to-slash.ts';

export function receive(
  http: HttpRequest,
  route: Route | undefined,
  context: Context<IblConfig>,
): Received | Problem | Reply {
  if (!route) return { problem: 'unknown-path' };
  if (lacksSlash(http, route.operation)) {
    context.note('IBL-TRAILING-SLASH');
    return redirectToSlash(http);
  }

  // Negotiation looks at the query first, and Django counts its fields before it gives them.
  const query = parseQueryDict(http.query);
  if (!query) return tooManyFields(context);
  const { acceptable, indent } = negotiate(http.headers['accept']);
  if (!acceptable) return { problem: 'not-acceptable' };
  if (indent !== undefined) context.note('IBL-INDENT');

  const identity = authenticate(http, context);
  if (isProblem(identity)) return identity;
  const { operation } = route;
  if (!isAllowed(identity, http.method, operation)) return { problem: 'forbidden' };

  if (http.method === 'OPTIONS') return describeView(operation, context);
  const asked = http.method === 'HEAD' ? 'GET' : http.method;
  if (asked !== operation.method) return { problem: 'wrong-method', methods: route.methods };

  if (!operation.body) return { identity, query, body: undefined };
  const body = readBody(http, operation.body);
  if (body === 'too-many-fields') return tooManyFields(context);
  for (const { row, warning } of body.findings) {
    context.note(row);
    if (warning) context.warn(warning);
  }
  return 'problem' in body ? body.problem : { identity, query, body: body.value };
}

function tooManyFields(context: Context<IblConfig>): Reply {
  context.note('IBL-TOO-MANY-FIELDS');
  return badRequestPage();
}
