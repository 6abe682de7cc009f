/** Reads a request from the socket once, with a limit on its size. */
import type { IncomingMessage } from 'node:http';
import type { PublicAddress } from '../messages/public-address.ts';
import type { HttpRequest } from '../messages/message.ts';

/** A request before its vendor is known. */
export type RawRequest = Omit<HttpRequest, 'baseUrl'> & {
  /** What absolute links start with: scheme, host and a proxy's path prefix. */
  readonly origin: string;
  /** True if the body exceeded the limit; `body` is then empty. */
  readonly isTooLarge: boolean;
};

/** Reads up to this much of a too large body, because many clients read the answer only after sending all of it. */
const DRAIN_BYTES = 64 * 1024 * 1024;

/** Throws if the client disconnected. */
export async function readRequest(
  incoming: IncomingMessage,
  { bodyLimitBytes, address }: { readonly bodyLimitBytes: number; readonly address: PublicAddress },
): Promise<RawRequest> {
  const { path, query } = splitTarget(incoming.url ?? '/');
  const { body, isTooLarge } = await readBody(incoming, bodyLimitBytes);
  return {
    method: incoming.method ?? 'GET',
    path,
    query,
    headers: incoming.headers as Record<string, string>,
    body,
    isTooLarge,
    origin: address.of(incoming),
  };
}

/** Splits a target into path and query as sent. Removes scheme and host from an absolute target (RFC 9112, 3.2.2). */
function splitTarget(target: string): { path: string; query: string } {
  const local = target.startsWith('/')
    ? target
    : target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?]*/i, '');
  const mark = local.indexOf('?');
  return mark === -1
    ? { path: local || '/', query: '' }
    : { path: local.slice(0, mark) || '/', query: local.slice(mark + 1) };
}

type Body = Pick<RawRequest, 'body' | 'isTooLarge'>;

const NOTHING = Buffer.alloc(0);

/** Uses events, because an asynchronous iterator costs as much as the rest of reading. */
async function readBody(incoming: IncomingMessage, limitBytes: number): Promise<Body> {
  const { 'content-length': length, 'transfer-encoding': chunked } = incoming.headers;
  if (chunked === undefined && (length === undefined || length === '0')) {
    return { body: NOTHING, isTooLarge: false };
  }
  const { promise, resolve, reject } = Promise.withResolvers<Body>();
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
    else if (size > limitBytes + DRAIN_BYTES) resolve({ body: NOTHING, isTooLarge: true });
  });
  incoming.on('end', () => {
    const isTooLarge = size > limitBytes;
    resolve({ body: isTooLarge ? NOTHING : Buffer.concat(chunks), isTooLarge });
  });
  // Also happens if the client disconnected.
  incoming.on('error', reject);
  return promise;
}
