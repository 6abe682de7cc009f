/** Reads the bytes of a body as JSON. */
import type { Context, Problem } from '../framework.ts';
import { isDeeperThan, type Json } from '../../messages/json.ts';
import { parseMediaType } from '../../messages/media-type.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { NoteRow } from './rows.ts';

/** Deeper bodies are refused before other code walks through them (row DEPTH). */
const MAX_DEPTH = 100;

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

/** Row DUPLICATE-KEYS: if a name occurs twice, the last value counts. */
export function readBody(
  { headers, body }: HttpRequest,
  context: Context<unknown>,
  note: NoteRow,
  /** Row MEDIA-TYPE: whether a body of another type is refused, or read as JSON. Asked for such a body only. */
  isTypeChecked: () => boolean,
): { readonly body: Json } | Problem {
  if (body.length === 0) {
    // A missing body counts as an empty object, whatever its media type.
    note('EMPTY-BODY');
    return { body: {} };
  }
  const mediaType = headers['content-type'];
  if (!isJson(mediaType) && isTypeChecked()) {
    return { problem: 'unsupported-media-type', mediaType };
  }
  // Bodies are not decompressed.
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    note('CONTENT-ENCODING');
  }
  let value: Json;
  try {
    value = JSON.parse(decodeText(body, context, note)) as Json;
  } catch {
    return { problem: 'unparsable' };
  }
  if (!isDeeperThan(value, MAX_DEPTH)) return { body: value };
  note('DEPTH');
  return { problem: 'unparsable' };
}

function isJson(header: string | undefined): boolean {
  const { name, charset = 'utf-8' } = parseMediaType(header);
  return name === 'application/json' && charset === 'utf-8';
}

/** Reads invalid UTF-8 as U+FFFD. Skips a byte order mark. */
function decodeText(body: Buffer, context: Context<unknown>, note: NoteRow): string {
  try {
    return strict.decode(body);
  } catch {
    note('ENCODING');
    context.warn({
      in: 'body',
      path: [],
      keyword: 'encoding',
      message:
        'The body contains bytes that are not valid UTF-8; each was read as U+FFFD. Send JSON as UTF-8.',
    });
    return lenient.decode(body);
  }
}
