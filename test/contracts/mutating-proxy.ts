/** A proxy in front of a mock that breaks it in one way. */
import { createServer, request as send, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';

export type Asked = {
  readonly method: string;
  /** Path and query, without the sandbox. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Answered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** One way of being broken: what it does to requests, to answers, or in the place of the mock. */
export type Mutation = {
  readonly ask?: (asked: Asked) => Asked;
  readonly answer?: (answered: Answered, asked: Asked) => Answered;
  /** Undefined: the mock answers. */
  readonly instead?: (
    asked: Asked,
    forward: (asked: Asked) => Promise<Answered>,
  ) => Promise<Answered> | undefined;
};

const SANDBOX = /^\/_sandbox\/[^/]+/;

export async function startMutatingProxy(mockUrl: string) {
  let mutation: Mutation = {};
  const { hostname, port } = new URL(mockUrl);
  const server = createServer(async (incoming, response) => {
    const prefix = SANDBOX.exec(incoming.url ?? '')?.[0] ?? '';
    const asked: Asked = {
      method: incoming.method ?? 'GET',
      url: (incoming.url ?? '/').slice(prefix.length),
      headers: incoming.headers as Record<string, string>,
      body: await text(incoming),
    };
    const forward = (what: Asked) => forwardTo({ hostname, port, prefix }, what);
    const { ask, answer, instead } = mutation;
    const other = instead?.(asked, forward);
    const answered = other ? await other : await forward(ask ? ask(asked) : asked);
    const { status, headers, body } = answer ? answer(answered, asked) : answered;
    const { 'content-length': _, ...kept } = headers;
    response.writeHead(status, kept).end(body);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mutate(next: Mutation): void {
      mutation = next;
    },
    stop(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}

function forwardTo(
  to: { readonly hostname: string; readonly port: string; readonly prefix: string },
  { method, url, headers, body }: Asked,
): Promise<Answered> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { 'content-length': _, 'transfer-encoding': __, connection: ___, ...kept } = headers;
  const outgoing = send(
    {
      hostname: to.hostname,
      port: to.port,
      path: to.prefix + url,
      method,
      headers: { ...kept, ...(body !== '' && { 'content-length': Buffer.byteLength(body) }) },
    },
    resolve,
  );
  outgoing.once('error', reject);
  outgoing.end(body);
  return promise.then(async (answer) => ({
    status: answer.statusCode ?? 0,
    headers: answer.headers as Record<string, string>,
    body: (await buffer(answer)).toString('utf8'),
  }));
}
