/** The framework's `TokenAuthentication`: identifies the caller by the `Authorization` header. */
import { isUtf8 } from 'node:buffer';
import type { HttpRequest } from '../../messages/message.ts';
import type { Context, Identity, Problem } from '../framework.ts';
import type { Tokens } from './facts.ts';

const ASCII = /^[\x20-\x7e]*$/;

export const NO_CREDENTIALS = 'Authentication credentials were not provided.';

export function authenticate<Config>(
  http: HttpRequest,
  tokens: Tokens<Config>,
  context: Context<Config>,
): Identity | Problem {
  const [scheme = '', token, ...rest] = (http.headers['authorization'] ?? '')
    .split(/[ \t\n\v\f\r]+/)
    .filter(Boolean);
  if (!tokens.isScheme(scheme.toLowerCase(), context)) return unauthenticated(NO_CREDENTIALS);
  if (token === undefined) {
    return unauthenticated('Invalid token header. No credentials provided.');
  }
  if (rest.length > 0) {
    return unauthenticated('Invalid token header. Token string should not contain spaces.');
  }
  const text = ASCII.test(token) ? token : decode(token);
  if (text === undefined) {
    return unauthenticated(
      'Invalid token header. Token string should not contain invalid characters.',
    );
  }
  const known = tokens.find(text, context.config);
  if (known) return known;
  if (!context.acceptsAnyToken) return unauthenticated('Invalid token.');
  return tokens.adopt?.(text) ?? { name: text, role: 'any', scope: undefined };
}

/** Node reads header values as Latin-1; the framework decodes their bytes. Returns undefined if they are not UTF-8. */
function decode(token: string): string | undefined {
  const bytes = Buffer.from(token, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

function unauthenticated(detail: string): Problem {
  return { problem: 'unauthenticated', detail };
}
