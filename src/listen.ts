/** Puts an app on a socket and takes it off again. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestListener } from 'node:http';
import { MockError, messageOf } from './errors.ts';

export type Listening = {
  /** `http://127.0.0.1:4010` */
  readonly url: string;
  /** Takes no new connection, waits up to `graceMs` for open requests, then ends them. */
  stop(graceMs: number): Promise<void>;
};

/** Longest wait for a request's headers, and for all of it. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** `onStop` is called as soon as a stop begins. Throws `MockError` `bad-option` where the address cannot be listened on. */
export async function listen(
  listener: RequestListener,
  address: { readonly host: string; readonly port: number },
  onStop: () => void,
): Promise<Listening> {
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    listener,
  );
  await bind(server, address);
  const { port } = server.address() as AddressInfo;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return { url: `http://${host}:${port}`, stop: (graceMs) => stop(server, graceMs, onStop) };
}

async function bind(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (cause) {
    throw new MockError(
      'bad-option',
      `Cannot listen on ${host}:${port}: ${messageOf(cause)}. Name another --port, or 0 for any free one.`,
      { cause },
    );
  }
  server.removeListener('error', reject);
}

async function stop(server: Server, graceMs: number, onStop: () => void): Promise<void> {
  onStop();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await promise;
  clearTimeout(timer);
}
