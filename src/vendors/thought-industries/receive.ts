/** Reads a request in the vendor's order: credentials, rate limit, path, method, media type, body (TI-ORDER). */
import type { Problem } from '../../frameworks/framework.ts';
import type { Received } from '../../frameworks/legacy.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import { authenticate } from './authenticate.ts';
import type { TiContext } from './config.ts';
import { decodeBody } from './decode-body.ts';
import { countRequest } from './rate-limit.ts';

export function receive(
  http: HttpRequest,
  route: Route | undefined,
  context: TiContext,
): Received | Problem {
  const identity = authenticate(http, context.config);
  if (!identity) return { problem: 'unauthenticated' };
  const retryAfterSeconds = countRequest(identity.name, context);
  if (retryAfterSeconds !== undefined) return { problem: 'rate-limited', retryAfterSeconds };
  if (!route) return { problem: 'unknown-path' };
  // TI-PATHS: a trailing slash or other letter case leads to the same place.
  if (http.path !== route.operation.path) context.note('TI-PATHS');
  // TI-METHODS: HEAD and OPTIONS are methods like any other here.
  if (!route.methods.includes(http.method)) {
    context.note('TI-METHODS');
    return { problem: 'wrong-method', methods: route.methods };
  }
  const decoded = decodeBody(http, context);
  if ('problem' in decoded) return decoded;
  return { identity, body: decoded.value, query: decodeQuery(http.query) };
}

function decodeQuery(query: string): Received['query'] {
  if (query === '') return {};
  const values = Map.groupBy(new URLSearchParams(query), ([name]) => name);
  return Object.fromEntries(
    [...values].map(([name, found]) => {
      const texts = found.map(([, text]) => text);
      return [name, texts.length === 1 ? (texts[0] ?? '') : texts];
    }),
  );
}
