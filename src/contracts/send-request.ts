/** Sends one request unchanged. Follows no redirects and decodes nothing. */
import {
  Agent as HttpAgent,
  request as requestHttp,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { messageOf } from '../errors.ts';
import { isLoopback, proxiesOf } from './proxies.ts';

export type Outgoing = {
  readonly method: string;
  /** The origin to send it to. Its path and query are ignored. */
  readonly url: URL;
  /** Path and query, sent unchanged. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** True to use the proxy from the environment, except for this machine. */
  readonly viaProxy: boolean;
  /** Ends the request when it aborts. Undefined: nothing does. */
  readonly signal?: AbortSignal;
};

export type Incoming = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

/** Rejects if there is no answer; the message names the server. */
export async function sendRequest({ url, viaProxy, ...sent }: Outgoing): Promise<Incoming> {
  const isSecure = url.protocol === 'https:';
  const proxyEnv = viaProxy && !isLoopback(url.hostname) ? proxiesOf(process.env) : {};
  // Uses its own agent, because the global one may be configured to use the proxy for everything.
  const agent = isSecure ? new HttpsAgent({ proxyEnv }) : new HttpAgent({ proxyEnv });
  const open = isSecure ? requestHttps : requestHttp;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = open(
    {
      agent,
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      path: sent.path,
      method: sent.method,
      signal: sent.signal,
      headers: {
        ...sent.headers,
        ...(sent.body.length > 0 && { 'content-length': sent.body.length }),
      },
    },
    resolve,
  );
  outgoing.once('error', (cause) =>
    reject(
      new Error(`${url.origin} does not answer: ${messageOf(cause) || cause.name}`, { cause }),
    ),
  );
  outgoing.end(sent.body);
  const answer = await promise;
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    body: await buffer(answer),
  };
}
