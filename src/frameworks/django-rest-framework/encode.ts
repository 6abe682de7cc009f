/** Writes a reply as the framework's JSON renderer does, with the headers that every view's answer has. */
import type { Json } from '../../messages/json.ts';
import type { Encoded, HttpRequest, Reply } from '../../messages/message.ts';
import { negotiate } from './negotiate.ts';

/** Views that write take POST alone; a test holds this against the spec. */
const WRITING = /\/(?:create|update)\/$/;

/** A text is a page that comes from outside the views: it has none of their headers. */
export function encode({ headers, body }: Reply, http: HttpRequest): Encoded {
  if (typeof body === 'string') {
    return { headers: { 'content-type': 'text/html', ...headers }, body };
  }
  return {
    headers: {
      'content-type': 'application/json',
      ...headers,
      allow: WRITING.test(http.path) ? 'POST, OPTIONS' : 'GET, HEAD, OPTIONS',
      vary: 'Accept',
    },
    body: body === undefined ? '' : writeJson(body, http.headers['accept']),
  };
}

const SEPARATORS = /[\u2028\u2029]/g;

/** The renderer escapes the two separators that old JavaScript took for line ends. */
function writeJson(body: Json, accept: string | undefined): string {
  return JSON.stringify(body, undefined, negotiate(accept).indent).replaceAll(
    SEPARATORS,
    (separator) => (separator === '\u2028' ? '\\u2028' : '\\u2029'),
  );
}
