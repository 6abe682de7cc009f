/** Who asks, by the header `Authorization`; what their role may do. */
import { isUtf8 } from 'node:buffer';
import type { Context, Identity, Problem } from '../framework.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { Operation } from '../../openapi/operation.ts';
import type { IblConfig } from '../../vendors/ibl/credentials.ts';

/** The scheme of the docs' clients; the others are ledger IBL-TOKEN-SCHEMES. */
const SCHEME = 'api-token';
const ALIASES = new Set(['token', 'api-key']);

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

export function authenticate(http: HttpRequest, context: Context<IblConfig>): Identity | Problem {
  const [scheme = '', token, ...rest] = (http.headers['authorization'] ?? '')
    .split(/[ \t\n\v\f\r]+/)
    .filter(Boolean);
  if (!isTaken(scheme.toLowerCase(), context)) {
    return unauthenticated('Authentication credentials were not provided.');
  }
  if (token === undefined) {
    return unauthenticated('Invalid token header. No credentials provided.');
  }
  if (rest.length > 0) {
    return unauthenticated('Invalid token header. Token string should not contain spaces.');
  }
  // Header values are bytes to the framework, and Latin-1 to Node.
  const bytes = Buffer.from(token, 'latin1');
  if (!isUtf8(bytes)) {
    return unauthenticated(
      'Invalid token header. Token string should not contain invalid characters.',
    );
  }
  const known = context.config.credentials.find((each) => each.token === bytes.toString('utf8'));
  if (!known) return unauthenticated('Invalid token.');
  return { name: known.token, role: known.role, scope: known.platform };
}

/** A DM admin may do all; a platform admin only look, and only at what is there to be read. */
export function isAllowed({ role }: Identity, method: string, operation: Operation): boolean {
  return role === 'dm-admin' || (operation.method === 'GET' && READING.has(method));
}

function isTaken(scheme: string, context: Context<IblConfig>): boolean {
  return (
    scheme === SCHEME || (ALIASES.has(scheme) && context.choose('IBL-TOKEN-SCHEMES') === 'all')
  );
}

function unauthenticated(detail: string): Problem {
  return { problem: 'unauthenticated', detail };
}
