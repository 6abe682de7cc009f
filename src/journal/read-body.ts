/** Reads a recorded body as JSON, form, text or bytes. */
import { TextDecoder } from 'node:util';
import type { RecordedHeaders } from './recorded-exchange.ts';
import type { KeptBody } from './keep-exchange.ts';

export type ReadBody =
  | { readonly form: 'none' }
  | { readonly form: 'json'; readonly value: unknown }
  /** `application/x-www-form-urlencoded`, as sent. */
  | { readonly form: 'fields'; readonly text: string }
  | { readonly form: 'text'; readonly text: string }
  /** `isClosed`: compressed or multipart, so a search of the bytes does not find names. */
  | { readonly form: 'bytes'; readonly content: Buffer; readonly isClosed: boolean };

const FORM = /^application\/x-www-form-urlencoded\b/i;
/** JSON or XML that `curl -d` sends with a form's media type by default. */
const NO_FORM = /^\s*[[{<"]/;
const MULTIPART = /^multipart\//i;
const JSON_TYPE = /\bjson\b/i;
const JSON_START = /^\s*[[{]/;
const CHARSET = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i;

export function readBody(body: KeptBody, headers: RecordedHeaders): ReadBody {
  if (body.bytes === 0) return { form: 'none' };
  const mediaType = headerText(headers, 'content-type') ?? '';
  const encoding = headerText(headers, 'content-encoding') ?? 'identity';
  const isClosed = MULTIPART.test(mediaType) || encoding.trim().toLowerCase() !== 'identity';
  const text = isClosed ? undefined : decode(body, CHARSET.exec(mediaType)?.[1]);
  if (text === undefined) return { form: 'bytes', content: bytesOf(body), isClosed };
  if (FORM.test(mediaType) && !NO_FORM.test(text)) return { form: 'fields', text };
  // A single number or word counts as JSON only if the media type says so.
  const isJson = mediaType === '' || JSON_TYPE.test(mediaType) || JSON_START.test(text);
  return (isJson && !body.isCut && parseJson(text)) || { form: 'text', text };
}

/** The value of a header; several values are joined. Header names are case-insensitive. */
export function headerText(headers: RecordedHeaders, name: string): string | undefined {
  const value =
    headers[name] ?? headers[Object.keys(headers).find((key) => isSame(key, name)) ?? ''];
  if (value === undefined || typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function isSame(key: string, name: string): boolean {
  return key.length === name.length && key.toLowerCase() === name;
}

function parseJson(text: string): ReadBody | undefined {
  try {
    return { form: 'json', value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function bytesOf({ coding, content }: KeptBody): Buffer {
  return Buffer.from(content, coding === 'bytes' ? 'latin1' : 'utf8');
}

/** Decodes by byte order mark, then charset, then UTF-8. Undefined if the bytes are not valid text. */
function decode(body: KeptBody, charset: string | undefined): string | undefined {
  if (body.coding === 'text') return body.content;
  const bytes = bytesOf(body);
  const mark = bytes.toString('latin1', 0, 2);
  const marked =
    mark === '\u00FF\u00FE' ? 'utf-16le' : mark === '\u00FE\u00FF' ? 'utf-16be' : undefined;
  for (const label of [marked ?? charset, 'utf-8']) {
    if (label === undefined) continue;
    try {
      // A truncated body may end with an incomplete character.
      return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: body.isCut });
    } catch {
      continue;
    }
  }
  return undefined;
}
