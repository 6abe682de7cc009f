/** Sends one request as it is: no redirect is followed, nothing is decoded. */
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
  /** Where it goes; its path and query are not looked at. */
  readonly url: URL;
  /** Path and query as text: they go out as they are, whatever is in them. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** True: through the proxy that the environment names, unless it goes to this machine. */
  readonly viaProxy: boolean;
};

export type Incoming = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

/** Throws where no answer comes, naming who does not answer. */
export async function sendRequest({ url, viaProxy, ...sent }: Outgoing): Promise<Incoming> {
  const isSecure = url.protocol === 'https:';
  const proxyEnv = viaProxy && !isLoopback(url.hostname) ? proxiesOf(process.env) : {};
  // An agent of its own: the global one may be told to use the proxy for everything.
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
