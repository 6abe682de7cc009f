/** What of a request reaches the live vendor. Nothing of the mock does, and no credentials of its clients unless asked. */
import type { UpstreamConfig } from '../config/upstream-options.ts';
import { MockError } from '../errors.ts';
import { createSecretNames, REDACTED_NAMES } from '../journal/secret-names.ts';
import type { HttpRequest } from '../messages/message.ts';
import type { Operation } from '../openapi/operation.ts';
import type { LiveRequest } from './http-client.ts';

/** Headers for one connection only (RFC 9110, 7.6.1), and those that the client sets itself. */
const OF_CONNECTION = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'content-length',
  'expect',
];
/** They say who asked the mock, from where, through what. */
const OF_CLIENT = [
  'cookie',
  'origin',
  'referer',
  'forwarded',
  'via',
  'x-real-ip',
  'accept-encoding',
];
const DROPPED = new Set([...OF_CONNECTION, ...OF_CLIENT, 'prefer']);
const DROPPED_START = /^(?:x-mock-|x-forwarded-|sec-|proxy-|access-control-)/;

const secrets = createSecretNames(REDACTED_NAMES);

export type Outgoing = {
  /** What is sent to the vendor. Throws `MockError` `bad-request` for a path that could name another host. */
  toVendor(
    http: HttpRequest,
    upstream: UpstreamConfig,
    operation: Operation | undefined,
  ): LiveRequest;
  /** True if this mock sent the request itself. */
  isOwn(http: Pick<HttpRequest, 'headers'>): boolean;
};

/** `identity`: the same in all processes of one mock, and no other mock's. */
export function createOutgoing(identity: string): Outgoing {
  // The standard way in which proxies find loops (RFC 9110, 7.6.3). It tells the vendor nothing else.
  const name = `1.1 ${identity}`;
  return {
    isOwn: ({ headers }) => headers['via']?.includes(name) ?? false,
    toVendor(http, upstream, operation) {
      const { method, path, body } = http;
      if (!path.startsWith('/')) {
        throw new MockError('bad-request', `"${path.slice(0, 200)}" is not a path.`);
      }
      const base = baseOf(upstream);
      const query = upstream.forwardsCredentials
        ? http.query
        : withoutSecrets(http.query, operation);
      return {
        method,
        origin: base.origin,
        path: `${base.path}${path}${query === '' ? '' : `?${query}`}`,
        headers: {
          ...headersFor(http.headers, upstream),
          ...upstream.headers,
          'accept-encoding': 'identity',
          via: name,
        },
        body,
        timeoutMs: upstream.timeoutMs,
      };
    },
  };
}

type Base = { readonly origin: string; readonly path: string };

const bases = new WeakMap<UpstreamConfig, Base>();

function baseOf(upstream: UpstreamConfig): Base {
  let base = bases.get(upstream);
  if (!base) {
    const { origin, pathname } = new URL(upstream.url);
    bases.set(upstream, (base = { origin, path: pathname.replace(/\/+$/, '') }));
  }
  return base;
}

function headersFor(
  headers: HttpRequest['headers'],
  { forwardsCredentials }: UpstreamConfig,
): Record<string, string> {
  // A client can name more headers that are for its connection only.
  const named = (headers['connection'] ?? '').toLowerCase().split(/\s*,\s*/);
  const kept: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    const isDropped =
      value === undefined ||
      DROPPED.has(name) ||
      DROPPED_START.test(name) ||
      named.includes(name) ||
      (!forwardsCredentials && secrets.hasHeader(name));
    if (!isDropped) kept[name] = value;
  }
  return kept;
}

/** Drops parameters such as `api_key`, unless the operation documents them: then they are data. */
function withoutSecrets(query: string, operation: Operation | undefined): string {
  if (query === '') return query;
  return query
    .split('&')
    .filter((part) => {
      const name = decodeName(part.split('=', 1)[0] ?? '');
      return Object.hasOwn(operation?.query ?? {}, name) || !secrets.has(name);
    })
    .join('&');
}

function decodeName(written: string): string {
  try {
    return decodeURIComponent(written.replaceAll('+', ' '));
  } catch {
    return written;
  }
}
