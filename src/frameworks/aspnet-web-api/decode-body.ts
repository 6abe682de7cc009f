/** A request's body by its media type. */
import type { HttpRequest } from '../../messages/message.ts';
import type { Source } from './bind-value.ts';
import { decodeText, effectiveCharset } from '../../vendors/alice/decode-text.ts';
import { unreadable, type Decoded } from './decoded.ts';
import { decodeForm } from './decode-form.ts';
import { decodeJson } from './json/decode-json.ts';
import { parseMediaType } from './media-type.ts';
import { decodeXml } from './xml/decode-xml.ts';

const SOURCES: Readonly<Record<string, Source>> = {
  'application/json': 'json',
  'text/json': 'json',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'application/x-www-form-urlencoded': 'form',
};

/** What the vendor would read the body with; undefined: no formatter takes it. */
export function sourceOf(http: HttpRequest): Source | undefined {
  const mediaType = parseMediaType(http.headers['content-type'] ?? '');
  return mediaType && SOURCES[`${mediaType.type}/${mediaType.subtype}`];
}

export function decodeBody(http: HttpRequest, source: Source): Decoded {
  if (source === 'form') return decodeForm(http.body);
  const { charset } = parseMediaType(http.headers['content-type'] ?? '') ?? {};
  const text = decodeText(http.body, charset);
  const effective = effectiveCharset(charset);
  if (text === undefined) {
    return unreadable(`The bytes of the body are no ${effective}.`, 'ALICE-CHARSETS');
  }
  return source === 'json' ? decodeJson(text) : decodeXml(text, effective);
}
