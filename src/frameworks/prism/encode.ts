/** Writes a body in the media type that Prism chose. */
import { isJsonType, isXmlType, parseMediaType } from '../../messages/media-type.ts';
import type { Json } from '../../messages/json.ts';
import type { Encoded, Reply } from '../../messages/message.ts';
import { renderXml } from './render-xml.ts';

/** Headers that Node sets itself, or that would not fit the body that is sent. */
const OURS = new Set(['connection', 'content-length', 'content-encoding', 'transfer-encoding']);
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const NOT_IN_HEADERS = /[^\t\x20-\x7E]/g;

export function encode({ headers = {}, body }: Reply): Encoded {
  const { 'content-type': chosen, ...others } = headers;
  const kept = Object.fromEntries(
    Object.entries(others)
      .filter(([name]) => NAME.test(name) && !OURS.has(name))
      .map(([name, value]) => [name, value.replaceAll(NOT_IN_HEADERS, toAscii)]),
  );
  if (body === undefined) {
    return {
      headers: { ...kept, ...(chosen !== undefined && { 'content-type': chosen }) },
      body: '',
    };
  }
  const mediaType = chosen ?? 'application/json';
  return {
    headers: { ...kept, 'content-type': mediaType },
    body: write(parseMediaType(mediaType).name, body),
  };
}

function write(name: string, body: Json): string {
  if (isJsonType(name)) return JSON.stringify(body);
  if (typeof body === 'string') return body;
  return isXmlType(name) ? renderXml(body) : JSON.stringify(body);
}

function toAscii(letter: string): string {
  return encodeURIComponent(letter.toWellFormed());
}
