/** Writes a reply as the framework's JSON renderer does, with the headers that every view adds. */
import type { Json } from '../../messages/json.ts';
import type { Encoded, Reply } from '../../messages/message.ts';
import type { DjangoReading } from './facts.ts';
import { allowedMethods } from './view.ts';

/** A text body is a page that no view made, so it has none of the views' headers. */
export function encode({ status, headers, body }: Reply, reading: DjangoReading): Encoded {
  const { route, accepted, unwritable } = reading;
  if (unwritable !== undefined && status < 300) {
    throw new Error(
      `The vendor cannot store ${unwritable}: a number in it is infinite or too large, or a text has half of a surrogate pair.`,
    );
  }
  if (typeof body === 'string') {
    return { headers: { 'content-type': 'text/html', ...headers }, body };
  }
  return {
    headers: {
      'content-type': 'application/json',
      ...headers,
      ...(route && { allow: allowedMethods(route).join(', '), vary: 'Accept' }),
    },
    body: body === undefined ? '' : writeJson(body, accepted.indent),
  };
}

const SEPARATORS = /[\u2028\u2029]/g;

/** The renderer escapes the two separators that old JavaScript reads as line ends. */
function writeJson(body: Json, indent: number | undefined): string {
  return JSON.stringify(body, undefined, indent).replaceAll(SEPARATORS, (separator) =>
    separator === '\u2028' ? '\\u2028' : '\\u2029',
  );
}
