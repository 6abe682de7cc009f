/** Starts and stops an HTTP or HTTPS server for an app. */
import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import {
  createServer as createTcp,
  type AddressInfo,
  Server as TcpServer,
  type Socket,
} from 'node:net';
import { createSecureContext } from 'node:tls';
import { MockError, messageOf } from './errors.ts';
import {
  limitConnections,
  MAX_HEADER_BYTES,
  type ConnectionLimits,
} from './http/connection-limits.ts';

export type Listening = {
  /** How to reach it from this machine: `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Accepts no new connections, waits up to `graceMs` for open requests, then closes them. */
  stop(graceMs: number): Promise<void>;
  /** Lets the process end although the server listens and clients are connected. */
  unref(): void;
};

export type ListenOptions = {
  /** `localhost` stands for 127.0.0.1 and, if the machine has it, ::1. */
  readonly host: string;
  readonly port: number;
  /** PEM files. Undefined: HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
} & Pick<ConnectionLimits, 'maxConnections'> &
  Partial<ConnectionLimits>;

const DEFAULTS = { headersTimeoutMs: 10_000, requestTimeoutMs: 60_000 };
/** Longer than the idle timeout of most proxies, so that the proxy closes first. Otherwise a request could meet a closed socket. */
const KEEP_ALIVE_MS = 65_000;
/** A stop does not wait for ever for clients that keep connecting. */
const MAX_ACCEPT_TURNS = 1_000;
const SHORT_TURN_MS = 0.03;
/** How often idle connections are closed while stopping. */
const STOP_STEP_MS = 50;

/** `onStop` is called when a stop begins. Throws `MockError` `address-unusable` or, for the files of TLS, `bad-option`. */
export async function listen(
  listener: RequestListener,
  options: ListenOptions,
  onStop: () => void,
): Promise<Listening> {
  const limits = { ...DEFAULTS, ...options };
  const times = {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    // Check both timeouts often; by default, a slow client could stay half a minute longer.
    connectionsCheckingInterval: Math.min(1_000, limits.headersTimeoutMs),
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  };
  const { tls } = options;
  const server = tls ? createHttps({ ...times, ...readTls(tls) }) : createHttp(times);
  limitConnections(server, listener, limits);
  const silent = watchSilent(server);
  const isLocalhost = options.host === 'localhost';
  await bind(server, { ...options, host: isLocalhost ? '127.0.0.1' : options.host });
  const { port } = server.address() as AddressInfo;
  const second = isLocalhost ? await alsoListenOnIpv6(server, port, options) : undefined;
  const closeIdle = (): void => {
    server.closeIdleConnections();
    const longAgo = performance.now() - STOP_STEP_MS;
    for (const [socket, since] of silent) {
      if (socket.bytesRead === 0 && since < longAgo) socket.destroy();
    }
  };
  return {
    url: `${tls ? 'https' : 'http'}://${reachableHost(options.host)}:${port}`,
    async stop(graceMs) {
      onStop();
      const all = second ? [server, second] : [server];
      const closed = Promise.all(all.map(closeWhenNoneWaits));
      const step = setInterval(closeIdle, STOP_STEP_MS);
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearInterval(step);
      clearTimeout(timer);
    },
    unref() {
      server.unref();
      second?.unref();
      server.on('connection', (socket: Socket) => socket.unref());
    },
  };
}

/** Addresses that mean every interface, and an address at which this machine reaches them. */
const ANYWHERE: Readonly<Record<string, string>> = {
  localhost: '127.0.0.1',
  '0.0.0.0': '127.0.0.1',
  '::': '[::1]',
};

function reachableHost(host: string): string {
  return ANYWHERE[host] ?? (host.includes(':') ? `[${host}]` : host);
}

function readPem(option: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new MockError('bad-option', `--${option} cannot be read: ${messageOf(cause)}.`, {
      cause,
    });
  }
}

function readTls({ cert, key }: { readonly cert: string; readonly key: string }) {
  const pem = { cert: readPem('tls-cert', cert), key: readPem('tls-key', key) };
  try {
    createSecureContext(pem);
  } catch (cause) {
    throw new MockError(
      'bad-option',
      `--tls-cert ${cert} and --tls-key ${key} are not a certificate and its key in PEM: ${messageOf(cause)}.`,
      { cause },
    );
  }
  return pem;
}

/**
 * Browsers and tools resolve `localhost` to either address. Hands the connections to ::1 over to the server. Undefined
 * if the machine has no ::1, or if the port was picked at random and is in use there.
 */
async function alsoListenOnIpv6(
  server: Server,
  port: number,
  options: ListenOptions,
): Promise<TcpServer | undefined> {
  const second = createTcp({ allowHalfOpen: true, noDelay: true }, (socket) => {
    server.emit('connection', socket);
  });
  try {
    await bind(second, { host: '::1', port });
    return second;
  } catch (thrown) {
    const { cause } = thrown as MockError & { readonly cause: NodeJS.ErrnoException };
    const isInUse = cause.code === 'EADDRINUSE' && options.port !== 0;
    if (!isInUse) return undefined;
    server.close();
    throw thrown;
  }
}

async function bind(
  server: TcpServer,
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
      `Cannot listen on ${reachableHost(host)}:${port}: ${messageOf(cause)}. Choose another --port, or 0 for any free one.`,
      { cause },
    );
  }
  server.removeListener('error', reject);
}

/**
 * Connections without a request, and since when they are open. Browsers open some in advance. Node does not count them
 * as idle.
 */
function watchSilent(server: Server): ReadonlyMap<Socket, number> {
  const silent = new Map<Socket, number>();
  server.on('connection', (socket: Socket) => {
    silent.set(socket, performance.now());
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return silent;
}

/**
 * The system resets connections that still wait to be accepted when a server closes; behind a proxy, each would be a
 * failed request. Node accepts one per turn of its loop. So this closes at the end of a turn that brought none, and that
 * was too short for another to come. Resolves when the last connection has ended.
 */
function closeWhenNoneWaits(server: TcpServer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let accepted = 0;
  server.on('connection', () => (accepted += 1));
  const turn = (number: number, before: number): void => {
    const start = performance.now();
    setImmediate(() => {
      const isShort = performance.now() - start < SHORT_TURN_MS;
      // The first turn may have begun before.
      const isQuiet = number > 1 && isShort && accepted === before;
      if (!isQuiet && number < MAX_ACCEPT_TURNS) return turn(number + 1, accepted);
      // An HTTP server's own `close` looks through its connections first, and more would come in the meantime.
      TcpServer.prototype.close.call(server, () => resolve());
      server.close();
    });
  };
  turn(1, 0);
  return promise;
}
