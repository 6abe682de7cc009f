/** Who asks, by the API key. */
import type { Identity } from '../../frameworks/framework.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { Config } from './config.ts';

/** The scheme in any letter case, as RFC 9110 (11.1) has it. */
const BEARER = /^Bearer +([^\s]+) *$/i;

/** Undefined: no key, another scheme, or a key that no scenario names. */
export function authenticate(http: HttpRequest, config: Config): Identity | undefined {
  const token = BEARER.exec(http.headers['authorization'] ?? '')?.[1];
  if (!config.credentials.some((credential) => credential.token === token)) return undefined;
  return { name: token ?? '', role: 'api-key', scope: undefined };
}
