/** The address that a client knows the mock by: absolute links in answers start with it. */
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import proxyAddr from 'proxy-addr';

/** Whether the peer with this address is a proxy whose headers count. */
export type Trust = (address: string) => boolean;

export type PublicAddress = {
  /** Scheme, host and the path prefix of a proxy, without a slash at the end: `http://127.0.0.1:4010`. */
  of(incoming: IncomingMessage): string;
  /** Whether the request came through a proxy, as far as can be told. */
  isForwarded(incoming: IncomingMessage): boolean;
};

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
const SCHEME = /^https?$/i;
const PREFIX = /^(?:\/[\w.~%!$&'()*+,;=:@-]+)+\/?$/;
const FORWARDING = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-prefix',
  'x-forwarded-proto',
  'x-real-ip',
];

/** `baseUrl` overrules everything; `trust` undefined: no peer is a proxy whose headers count. */
export function createPublicAddress({
  baseUrl,
  trust,
}: {
  readonly baseUrl: string | undefined;
  readonly trust: Trust | undefined;
}): PublicAddress {
  const fixed = baseUrl?.replace(/\/+$/, '');
  const forwarded = (incoming: IncomingMessage): Forwarded =>
    trust?.(incoming.socket.remoteAddress ?? '') ? readForwarded(incoming.headers) : NOTHING;
  return {
    of(incoming) {
      if (fixed !== undefined) return fixed;
      const { scheme = schemeOf(incoming), host, prefix = '' } = forwarded(incoming);
      return `${scheme}://${host ?? hostOf(incoming)}${prefix}`;
    },
    isForwarded: ({ headers }) =>
      trust !== undefined || FORWARDING.some((name) => headers[name] !== undefined),
  };
}

/**
 * The syntax of Express' setting `trust proxy`: `true`, a number of proxies, or addresses and subnets, separated by
 * commas, `loopback`, `linklocal` and `uniquelocal` among them. Undefined for `false` and 0. Throws where it is none.
 */
export function parseTrust(text: string): Trust | undefined {
  if (text === 'false' || text === '0') return undefined;
  if (text === 'true' || /^\d{1,3}$/.test(text)) return () => true;
  const compiled = proxyAddr.compile(text.split(',').map((part) => part.trim()));
  return (address) => compiled(address, 0);
}

type Forwarded = {
  readonly scheme?: string;
  readonly host?: string;
  readonly prefix?: string;
};

const NOTHING: Forwarded = {};

/** `Forwarded` (RFC 7239) counts only where no `X-Forwarded-…` is sent. What is malformed does not count. */
function readForwarded(headers: IncomingMessage['headers']): Forwarded {
  const sent = {
    scheme: first(headers['x-forwarded-proto']),
    host: first(headers['x-forwarded-host']),
    prefix: first(headers['x-forwarded-prefix']),
  };
  const isAny = Object.values(sent).some((value) => value !== undefined);
  const { scheme, host, prefix } = isAny ? sent : readElement(first(headers.forwarded));
  return {
    ...(scheme !== undefined && SCHEME.test(scheme) && { scheme: scheme.toLowerCase() }),
    ...(host !== undefined && HOST.test(host) && { host }),
    ...(prefix !== undefined && PREFIX.test(prefix) && { prefix: prefix.replace(/\/$/, '') }),
  };
}

/** The element of the proxy next to the client: each further one adds its own behind it. */
function first(value: string | string[] | undefined): string | undefined {
  const [text] = [value].flat();
  return text?.split(',', 1)[0]?.trim();
}

/** `for=192.0.2.1;proto=https;host="mock.example"` */
function readElement(element = ''): { scheme?: string; host?: string; prefix?: undefined } {
  const pairs = element.split(';').map((pair) => {
    const [, name = '', value = ''] = /^\s*(\w+)\s*=\s*"?([^"]*)"?\s*$/.exec(pair) ?? [];
    return [name.toLowerCase(), value] as const;
  });
  const { proto: scheme, host } = Object.fromEntries(pairs);
  return { ...(scheme !== undefined && { scheme }), ...(host !== undefined && { host }) };
}

export function schemeOf({ socket }: IncomingMessage): 'http' | 'https' {
  return (socket as Partial<TLSSocket>).encrypted ? 'https' : 'http';
}

/** A Host that is no host is not repeated. */
function hostOf({ headers, socket }: IncomingMessage): string {
  if (headers.host !== undefined && HOST.test(headers.host)) return headers.host;
  const { localAddress = '127.0.0.1', localPort } = socket;
  return `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
}
