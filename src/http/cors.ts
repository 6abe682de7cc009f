/** Cross-origin access, so that browser apps of any origin can use the mock. */
import { responseHeadersOf } from '../openapi/response-headers.ts';
import type { Ended, Placed } from './exchange.ts';
import type { Served } from './find-route.ts';
import { MOCK_HEADERS } from './send-response.ts';
import type { RawRequest } from './read-request.ts';

const NONE = {};

/** Response headers that a script may read: the headers that the specs document, and those of the mock. */
export function exposedHeaders(served: readonly Pick<Served, 'spec'>[]): string {
  const documented = served.flatMap(({ spec }) => responseHeadersOf(spec));
  return [...new Set([...documented, 'Date', ...MOCK_HEADERS])].join(', ');
}

/** Headers for the answer to this request: none if no browser page sent it, or if `exposed` is undefined. */
export function corsHeaders(
  raw: RawRequest,
  exposed: string | undefined,
): Readonly<Record<string, string>> {
  if (exposed === undefined || raw.headers['origin'] === undefined) return NONE;
  return { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': exposed };
}

/** True for a browser's preflight request. A plain OPTIONS request goes to the vendor. */
export function isPreflight({ method, headers }: RawRequest): boolean {
  return (
    method === 'OPTIONS' &&
    headers['origin'] !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

export function answerPreflight(placed: Placed): Ended {
  const { headers } = placed.raw;
  const outcome = {
    status: 204,
    body: undefined,
    encoded: {
      headers: {
        'Access-Control-Allow-Methods': String(headers['access-control-request-method']),
        'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '*',
        'Access-Control-Max-Age': '600',
        Vary: 'Access-Control-Request-Method, Access-Control-Request-Headers',
      },
      body: '',
    },
    kind: 'unmatched',
  } as const;
  return { ...placed, outcome };
}
