/**
 * Pact's verifier follows redirects itself and would bypass the relay. So the relay hides `Location` from it, and follows
 * the redirect itself, or passes on the redirect that a contract expects.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { asRecord } from './read-interaction.ts';
import type { Incoming, Outgoing } from './send-request.ts';

const HIDDEN = 'X-Pact-Location';
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const OF_BODY = ['content-type', 'content-length', 'content-encoding', 'content-language'];
const OF_ORIGIN = ['authorization', 'cookie'];

export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/**
 * Returns the request that follows a redirect, as in the Fetch standard: POST becomes GET after 301, 302 and 303, and
 * credentials are sent only to their origin. `own` are headers for the first origin only. Undefined if the answer is not
 * a redirect that can be followed.
 */
export function followRedirect(
  asked: Outgoing,
  { status, headers: { location } }: Incoming,
  own: readonly string[],
): Outgoing | undefined {
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  const url = URL.parse(location, new URL(asked.path, asked.url).href);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const { method } = asked;
  const becomesGet =
    (status === 303 && method !== 'HEAD') || ([301, 302].includes(status) && method === 'POST');
  const dropped = new Set([
    ...(becomesGet ? OF_BODY : []),
    ...(url.origin === asked.url.origin ? [] : [...OF_ORIGIN, ...own]),
  ]);
  const headers = Object.entries(asked.headers).filter(([name]) => !dropped.has(name));
  return {
    ...asked,
    url,
    path: url.pathname + url.search,
    headers: {
      ...Object.fromEntries(headers),
      ...(url.origin !== asked.url.origin && { host: url.host }),
    },
    ...(becomesGet && { method: 'GET', body: Buffer.alloc(0) }),
  };
}

export function hideLocation({ location, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders {
  return location === undefined ? headers : { ...headers, [HIDDEN.toLowerCase()]: location };
}

/** Changes the pact so that it expects `Location` under its hidden name. */
export function expectHiddenLocation(pact: object): object {
  const { interactions } = pact as { readonly interactions: readonly object[] };
  return {
    ...pact,
    interactions: interactions.map((interaction) => {
      const response = asRecord(asRecord(interaction)['response']);
      const { headers, matchingRules } = response;
      return {
        ...interaction,
        response: {
          ...response,
          ...(headers !== undefined && { headers: rename(headers) }),
          ...(matchingRules !== undefined && { matchingRules: rename(matchingRules) }),
        },
      };
    }),
  };
}

/** Also renames it in version 2 paths: `$.headers.Location`, `$.header['Location']`. */
function rename(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rename);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key.replace(/^(\$\.headers?(?:\.|\[['"]))?location(?=$|['"]\])/i, `$1${HIDDEN}`),
      rename(value),
    ]),
  );
}

/** Replaces the hidden name by `Location` in messages. */
export function nameLocation(text: string): string {
  return text.replaceAll(new RegExp(HIDDEN, 'gi'), 'Location');
}
