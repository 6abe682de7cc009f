/** Finds the token in a request's headers. */
import type { HttpRequest } from '../../messages/message.ts';

export type TokenPlace = {
  /** In lower case: `x-api-key`. */
  readonly header: string;
  /** The word before the token; undefined if the token is the whole header. */
  readonly scheme?: string;
};

export const BEARER: TokenPlace = { header: 'authorization', scheme: 'Bearer' };

/** Returns undefined if there is no token or the scheme differs. Schemes ignore letter case: RFC 9110, 11.1. */
export function findToken(
  headers: HttpRequest['headers'],
  { header, scheme }: TokenPlace,
): string | undefined {
  const value = headers[header] ?? '';
  if (scheme === undefined) return /^\S+$/.exec(value)?.[0];
  const [, sent, token] = /^(\S+) +(\S+) *$/.exec(value) ?? [];
  return sent?.toLowerCase() === scheme.toLowerCase() ? token : undefined;
}
