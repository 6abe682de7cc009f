/** Bytes to a JSON value. */
import type { Problem } from '../../frameworks/framework.ts';
import type { Json } from '../../messages/json.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { TiContext } from './config.ts';

/** Deeper bodies are refused before anything walks through them (TI-DEPTH). */
const MAX_DEPTH = 100;

const MEDIA_TYPE = /^\s*application\/json\s*(?:;(.*))?$/i;
const CHARSET = /(?:^|;)\s*charset\s*=\s*"?([^\s;"]*)"?/i;

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

export function decodeBody(
  { headers, body }: HttpRequest,
  context: TiContext,
): { readonly value: Json } | Problem {
  if (body.length === 0) {
    // TI-EMPTY-BODY: no body is an empty object, whatever its media type.
    context.note('TI-EMPTY-BODY');
    return { value: {} };
  }
  const mediaType = headers['content-type'];
  if (!isJson(mediaType)) {
    context.note('TI-MEDIA-TYPE');
    return { problem: 'unsupported-media-type', mediaType };
  }
  // TI-CONTENT-ENCODING: nothing is unpacked.
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    context.note('TI-CONTENT-ENCODING');
  }
  let value: Json;
  try {
    // TI-DUPLICATE-KEYS: the last one wins.
    value = JSON.parse(decodeText(body, context)) as Json;
  } catch {
    return { problem: 'unparsable' };
  }
  if (!isDeeper(value, MAX_DEPTH)) return { value };
  context.note('TI-DEPTH');
  return { problem: 'unparsable' };
}

function isJson(mediaType: string | undefined): boolean {
  const parts = MEDIA_TYPE.exec(mediaType ?? '');
  if (!parts) return false;
  const charset = CHARSET.exec(parts[1] ?? '')?.[1]?.toLowerCase();
  return charset === undefined || charset === 'utf-8';
}

/** TI-ENCODING: bytes that are no UTF-8 are read as U+FFFD. A byte order mark is skipped. */
function decodeText(body: Buffer, context: TiContext): string {
  try {
    return strict.decode(body);
  } catch {
    context.note('TI-ENCODING');
    context.warn({
      in: 'body',
      path: [],
      keyword: 'encoding',
      message:
        'The body holds bytes that are no UTF-8; each was read as U+FFFD. JSON is to be sent as UTF-8.',
    });
    return lenient.decode(body);
  }
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((item) => isDeeper(item, levels - 1));
}
