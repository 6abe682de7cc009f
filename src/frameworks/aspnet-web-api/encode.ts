/** Writes an answer with the formatter that Web API's content negotiation picks. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { Encoded, HttpRequest, Reply } from '../../messages/message.ts';
import { negotiate } from './negotiate.ts';
import { writeError } from '../../vendors/alice/xml/write-error.ts';
import { writeDescribedResult, writeWireResult } from './xml/write-contract.ts';

const BYTE_ORDER_MARK = '\ufeff';
/** What Json.NET escapes and JSON.stringify does not. */
const JSON_ESCAPED = /[\u0085\u2028\u2029]/g;

export function encode(reply: Reply, http: HttpRequest): Encoded {
  if (reply.body === undefined) return { headers: reply.headers ?? {}, body: '' };
  const { format, mediaType, charset } = negotiate(http);
  const text = format === 'json' ? writeJson(reply.body) : writeXml(reply.body);
  return {
    headers: { ...reply.headers, 'content-type': `${mediaType}; charset=${charset}` },
    // A stream writer begins UTF-16 with a byte order mark, UTF-8 without. ALICE-CHARSETS.
    body: charset === 'utf-8' ? text : Buffer.from(BYTE_ORDER_MARK + text, 'utf16le'),
  };
}

function writeJson(body: Json): string {
  return JSON.stringify(body).replaceAll(
    JSON_ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What the value is can be told by its members: the result in either form, else an error. */
function writeXml(body: Json): string {
  const value: JsonObject =
    typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
  if ('errors' in value) return writeWireResult(value);
  if ('Errors' in value) return writeDescribedResult(value);
  return writeError(value);
}
