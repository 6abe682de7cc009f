/** Reads a request in Web API's order: address, method, credentials, then media type and body in one. */
import type { Context, Identity, Problem, Received } from '../framework.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import type { Source } from './bind-value.ts';
import { bindLicense } from './bind-model.ts';
import type { AliceConfig } from '../../vendors/alice/credentials.ts';
import { decodeBody, sourceOf } from './decode-body.ts';
import { faultToViolation, type Decoded } from './decoded.ts';
import { parseMediaType } from './media-type.ts';

/** `coerce` converts by what the body was read with. */
export type AliceReceived = Received & { readonly source: Source };

export function receive(
  http: HttpRequest,
  route: Route | undefined,
  context: Context<AliceConfig>,
): AliceReceived | Problem {
  if (!route) return { problem: 'unknown-path' };
  if (!route.methods.includes(http.method)) {
    return { problem: 'wrong-method', methods: route.methods };
  }
  const identity = identify(http, context.config);
  if (!identity) return { problem: 'unauthenticated' };
  const source = sourceOf(http);
  // A body of no bytes is no body, whatever its media type; no formatter is asked.
  if (http.body.length === 0) return noLicense(context);
  if (!source) return unsupported(http);
  // ALICE-CONTENT-ENCODING: nothing is unpacked.
  if ((http.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    context.note('ALICE-CONTENT-ENCODING');
  }
  const decoded = decodeBody(http, source);
  for (const warning of decoded.tolerated) context.warn(warning);
  for (const row of decoded.rows) context.note(row);
  if (decoded.faults.length > 0) {
    for (const { row } of decoded.faults) context.note(row);
    return refuseFaults(decoded, source);
  }
  if (decoded.body === null) return noLicense(context);
  return { identity, body: decoded.body, query: {}, source };
}

/** Undefined where a credential is needed and none fits. ALICE-CREDENTIALS. */
function identify(http: HttpRequest, { credentials }: AliceConfig): Identity | undefined {
  const role = 'user';
  if (credentials.length === 0) return { name: 'anonymous', role, scope: undefined };
  const found = credentials.find(
    ({ header, token }) => http.headers[header.toLowerCase()] === token,
  );
  return found && { name: found.token, role, scope: undefined };
}

/** Nothing is bound and ModelState is valid; the action's validator then fails. */
function noLicense(context: Context<AliceConfig>): Problem {
  context.note('ALICE-EMPTY-BODY');
  return { problem: 'server-error', detail: NO_LICENSE };
}

/** Tells the renderer that a 500 is the validator's. */
export const NO_LICENSE = 'no license';

function unsupported(http: HttpRequest): Problem {
  const mediaType = parseMediaType(http.headers['content-type'] ?? '');
  return { problem: 'unsupported-media-type', mediaType: mediaType?.name };
}

/** What did not bind before the reader gave up is reported as well. */
function refuseFaults({ body, faults }: Decoded, source: Source): Problem {
  const { unbound } = bindLicense(body, source);
  const before = unbound.map((path) => ({
    in: 'body' as const,
    path,
    keyword: 'type',
    message: 'did not bind',
  }));
  return { problem: 'invalid', violations: [...before, ...faults.map(faultToViolation)] };
}
