/** Limits that protect the server: connections, header size, and time to send a request. */
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { MockError, messageOf } from '../errors.ts';
import { renderRawFault } from './raw-fault.ts';

export type ConnectionLimits = {
  readonly maxConnections: number;
  /** Longest wait for a request's headers, from its first byte. */
  readonly headersTimeoutMs: number;
  /** Longest wait for a whole request. */
  readonly requestTimeoutMs: number;
};

/** Limit for the request line and all headers together. */
export const MAX_HEADER_BYTES = 16 * 1024;
/** This many connections beyond the limit still get an answer. Further ones are closed without one. */
const TOLD = 100;

/** Wraps the listener of a server that was made with these limits' timeouts. */
export function limitConnections(
  server: Server,
  listener: RequestListener,
  { maxConnections, headersTimeoutMs, requestTimeoutMs }: ConnectionLimits,
): void {
  const surplus = new WeakSet<Socket>();
  let open = 0;
  server.maxConnections = maxConnections + TOLD;
  server.on('connection', (socket: Socket) => {
    open += 1;
    socket.once('close', () => (open -= 1));
    if (open > maxConnections) surplus.add(socket);
  });
  server.on('request', (incoming: IncomingMessage, response) => {
    if (!surplus.has(incoming.socket)) listener(incoming, response);
    else incoming.socket.end(renderRawFault(tooMany(maxConnections)));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') socket.destroy();
    else socket.end(renderRawFault(explain(error, headersTimeoutMs, requestTimeoutMs)));
  });
}

function explain(error: NodeJS.ErrnoException, headersMs: number, requestMs: number): MockError {
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    const message = `The URL and the headers together are larger than ${MAX_HEADER_BYTES} bytes. Send less.`;
    return new MockError('headers-too-large', message, { cause: error });
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const message = `The request took too long to arrive: the limit is ${headersMs} ms for the headers and ${requestMs} ms for the whole request. Send it faster.`;
    return new MockError('request-timeout', message, { cause: error });
  }
  const message = `This is not an HTTP request: ${messageOf(error)}.`;
  return new MockError('bad-request', message, { cause: error });
}

function tooMany(maxConnections: number): MockError {
  return new MockError(
    'too-many-connections',
    `${maxConnections} connections are open, which is the limit of --max-connections. Close some, or reuse them for several requests.`,
  );
}
