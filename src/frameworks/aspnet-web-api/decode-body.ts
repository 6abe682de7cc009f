/** Decodes a request's body by its media type: bytes to text, then text to values. */
import { TextDecoder } from 'node:util';
import type { Source } from './bind-value.ts';
import { decodeForm } from './decode-form.ts';
import { unreadable, type Decoded } from './decoded.ts';
import { decodeJson } from './json/decode-json.ts';
import type { MediaType } from './media-type.ts';
import type { Model } from './model.ts';
import { decodeXml } from './xml/decode-xml.ts';

const SOURCES: Readonly<Record<string, Source>> = {
  'application/json': 'json',
  'text/json': 'json',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'application/x-www-form-urlencoded': 'form',
};
const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const UTF_16 = new TextDecoder('utf-16le', { fatal: true });
const UTF_16_BIG = new TextDecoder('utf-16be', { fatal: true });

/** The reader for a body of this media type; undefined if no formatter accepts it. */
export function sourceOf(mediaType: MediaType | undefined): Source | undefined {
  return mediaType && SOURCES[`${mediaType.type}/${mediaType.subtype}`];
}

export function decodeBody(
  bytes: Buffer,
  source: Source,
  charset: string | undefined,
  model: Model,
): Decoded {
  if (source === 'form') return decodeForm(bytes, model);
  // The vendor reads an unknown charset as UTF-8. Row CHARSETS.
  const effective = charset?.toLowerCase() === 'utf-16' ? 'utf-16' : 'utf-8';
  const text = decodeText(bytes, effective);
  if (text === undefined) {
    return unreadable(`The bytes of the body are no ${effective}.`, 'CHARSETS');
  }
  return source === 'json' ? decodeJson(text, model) : decodeXml(text, effective, model);
}

/** A byte order mark takes precedence over `charset`. Returns undefined if the bytes are invalid in the encoding. */
function decodeText(bytes: Buffer, charset: 'utf-8' | 'utf-16'): string | undefined {
  const [first, second] = bytes;
  let decoder = charset === 'utf-16' ? UTF_16 : UTF_8;
  if (first === 0xff && second === 0xfe) decoder = UTF_16;
  if (first === 0xfe && second === 0xff) decoder = UTF_16_BIG;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
