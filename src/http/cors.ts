/** Cross-origin access, so that a browser app can use the mock from wherever it is served. */
import { responseHeadersOf } from '../openapi/response-headers.ts';
import type { Ended, Placed } from './exchange.ts';
import type { Served } from './find-route.ts';
import { MOCK_HEADERS } from './send-response.ts';
import type { RawRequest } from './read-request.ts';

const NONE = {};

/** What a script may read of an answer beside its body: the headers that the specs document, and ours. */
export function exposedHeaders(served: readonly Pick<Served, 'spec'>[]): string {
  const documented = served.flatMap(({ spec }) => responseHeadersOf(spec));
  return [...new Set([...documented, 'Date', ...MOCK_HEADERS])].join(', ');
}

/** The headers for an answer to this request: none where it came from no browser page. `exposed` undefined: never. */
export function corsHeaders(
  raw: RawRequest,
  exposed: string | undefined,
): Readonly<Record<string, string>> {
  if (exposed === undefined || raw.headers['origin'] === undefined) return NONE;
  return { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': exposed };
}

/** A browser's question before the real request; a plain OPTIONS is none and goes to the vendor. */
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
