/** Cross-origin access (the Fetch standard, "CORS protocol"), so that web pages of other origins can use the mock. */

type Headers = Readonly<Record<string, string | undefined>>;

export type Cors = {
  /** Headers for the answer to a page; none for everybody else, and for pages of origins that are not allowed. */
  headersFor(request: Headers, exposed: string): Readonly<Record<string, string>>;
  /** Headers for the answer to a preflight, besides those. */
  preflightHeadersFor(request: Headers): Readonly<Record<string, string>>;
};

const NONE = {};
const MAX_AGE_SECONDS = 600;

/** `origins`: those that are allowed; empty: all. */
export function createCors(origins: readonly string[]): Cors {
  const isAllowed = (origin: string): boolean => origins.length === 0 || origins.includes(origin);
  return {
    headersFor({ origin }, exposed) {
      if (origin === undefined || !isAllowed(origin)) return NONE;
      // A page that sends cookies or asks with credentials gets no answer under the origin `*`.
      return {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Expose-Headers': exposed,
      };
    },
    preflightHeadersFor(request) {
      const { origin = '' } = request;
      if (!isAllowed(origin)) return { vary: 'Origin' };
      const wanted = request['access-control-request-headers'];
      return {
        'Access-Control-Allow-Methods': String(request['access-control-request-method']),
        ...(wanted !== undefined && { 'Access-Control-Allow-Headers': wanted }),
        ...(request['access-control-request-private-network'] === 'true' && {
          'Access-Control-Allow-Private-Network': 'true',
        }),
        'Access-Control-Max-Age': String(MAX_AGE_SECONDS),
        vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
      };
    },
  };
}

/** A browser asks before it sends the real request. Any other OPTIONS goes to the vendor. */
export function isPreflight(method: string, headers: Headers): boolean {
  return (
    method === 'OPTIONS' &&
    headers['origin'] !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}
