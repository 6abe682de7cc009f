/** Writes an override's own reply. */
import type { Encoded, Reply } from '../messages/message.ts';

/**
 * A reply that names its `content-type` is written here: a text as it stands, so that it can be a page or broken
 * JSON, anything else as JSON. Undefined where it names none: the vendor encodes it as its own.
 */
export function encodeReply({ headers = {}, body }: Reply): Encoded | undefined {
  const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  if (!isNamed) return undefined;
  if (body === undefined) return { headers, body: '' };
  return { headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}
