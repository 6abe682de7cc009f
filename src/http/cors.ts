/** How web pages of other origins use the vendors. */
import type { Cors } from '../messages/cors.ts';
import { responseHeadersOf } from '../openapi/response-headers.ts';
import type { Ended, Placed } from './exchange.ts';
import type { Served } from './find-route.ts';
import { MOCK_HEADERS } from './send-response.ts';

/** The headers that a page's script can read: those that the specs document, and ours. */
export function exposedHeaders(served: readonly Pick<Served, 'spec'>[]): string {
  const documented = served.flatMap(({ spec }) => responseHeadersOf(spec));
  return [...new Set([...documented, 'Date', ...MOCK_HEADERS])].join(', ');
}

export function answerPreflight(placed: Placed, cors: Cors): Ended {
  const outcome = {
    status: 204,
    body: undefined,
    encoded: { headers: cors.preflightHeadersFor(placed.raw.headers), body: '' },
    kind: 'unmatched',
  } as const;
  return { ...placed, outcome };
}
