/** Cross-origin access, so that a browser app can use the mock from wherever it is served. */
import type { Ended, Placed } from './exchange.ts';
import { MOCK_HEADERS } from './send-response.ts';
import type { RawRequest } from './read-request.ts';

/** Headers of the vendors' answers that a script may want to read. */
const VENDOR_HEADERS = [
  'Allow',
  'Date',
  'Location',
  'Retry-After',
  'WWW-Authenticate',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
];

const EXPOSED = [...VENDOR_HEADERS, ...MOCK_HEADERS].join(', ');
const NONE = {};

/** The headers for an answer to this request: none where it came from no browser page. */
export function corsHeaders(raw: RawRequest, isOn: boolean): Readonly<Record<string, string>> {
  if (!isOn || raw.headers['origin'] === undefined) return NONE;
  return { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': EXPOSED };
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
