/** Encodes the reply of an override. */
import type { Encoded, Reply } from '../messages/message.ts';

/**
 * Encodes a reply that has a `content-type`: text as it is, so that it can be a page or broken JSON, anything else as
 * JSON. Undefined if it has none; the vendor then encodes it.
 */
export function encodeReply({ headers = {}, body }: Reply): Encoded | undefined {
  const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  if (!isNamed) return undefined;
  if (body === undefined) return { headers, body: '' };
  return { headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}
