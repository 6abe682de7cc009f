/** Starts and stops an HTTP server for an app. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { MockError, messageOf } from './errors.ts';
import {
  limitConnections,
  MAX_HEADER_BYTES,
  type ConnectionLimits,
} from './http/connection-limits.ts';

export type Listening = {
  /** `http://127.0.0.1:4010` */
  readonly url: string;
  /** Accepts no new connections, waits up to `graceMs` for open requests, then closes them. */
  stop(graceMs: number): Promise<void>;
  /** Lets the process end although the server listens and clients are connected. */
  unref(): void;
};

export type ListenOptions = {
  readonly host: string;
  readonly port: number;
} & Pick<ConnectionLimits, 'maxConnections'> &
  Partial<ConnectionLimits>;

const DEFAULTS = { headersTimeoutMs: 10_000, requestTimeoutMs: 60_000 };
/** Longer than the idle timeout of most proxies, so that the proxy closes first. Otherwise a request could meet a closed socket. */
const KEEP_ALIVE_MS = 65_000;
/** How often idle connections are closed while stopping. */
const STOP_STEP_MS = 50;

/** `onStop` is called when a stop begins. Throws `MockError` `address-unusable`. */
export async function listen(
  listener: RequestListener,
  options: ListenOptions,
  onStop: () => void,
): Promise<Listening> {
  const limits = { ...DEFAULTS, ...options };
  const server = createServer({
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    // Check both timeouts often; by default, a slow client could stay half a minute longer.
    connectionsCheckingInterval: Math.min(1_000, limits.headersTimeoutMs),
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  limitConnections(server, listener, limits);
  const silent = watchSilent(server);
  await bind(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const closeIdle = (): void => {
    server.closeIdleConnections();
    for (const socket of silent) if (socket.bytesRead === 0) socket.destroy();
  };
  return {
    url: `http://${host}:${port}`,
    stop: (graceMs) => stop(server, closeIdle, graceMs, onStop),
    unref() {
      server.unref();
      server.on('connection', (socket: Socket) => socket.unref());
    },
  };
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
      'address-unusable',
      `Cannot listen on ${host}:${port}: ${messageOf(cause)}. Choose another --port, or 0 for any free one.`,
      { cause },
    );
  }
  server.removeListener('error', reject);
}

/** Connections without a request, which browsers open in advance. Node does not count them as idle. */
function watchSilent(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return silent;
}

async function stop(
  server: Server,
  closeIdle: () => void,
  graceMs: number,
  onStop: () => void,
): Promise<void> {
  onStop();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  closeIdle();
  const step = setInterval(closeIdle, STOP_STEP_MS);
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await promise;
  clearInterval(step);
  clearTimeout(timer);
}
