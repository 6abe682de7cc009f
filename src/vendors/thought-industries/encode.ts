/** JSON, whatever the request accepts. */
import type { Encoded, Reply } from '../../messages/message.ts';

export function encode({ headers = {}, body }: Reply): Encoded {
  if (body === undefined) return { headers, body: '' };
  return {
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}
