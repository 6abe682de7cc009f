/** A vendor that answers otherwise than the mock: a proxy before it that changes answers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendRequest } from '../../src/contracts/send-request.ts';
import { buffer } from 'node:stream/consumers';

export type Answer = {
  status: number;
  headers: Record<string, string>;
  body: string;
};

/** Changes the answer in place. */
export type Change = (
  answer: Answer,
  request: { readonly method: string; readonly url: string },
) => void;

/** Headers of the mock that a live vendor does not have, or of this one connection. */
const OWN = /^(?:x-mock-.*|connection|keep-alive|content-length|transfer-encoding)$/;

export async function startChangingProxy(
  to: string,
  change: Change,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer(async (incoming, response) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const received = await sendRequest({
      method,
      url: new URL(to),
      path: url,
      headers,
      body: await buffer(incoming),
      viaProxy: false,
    });
    const kept = Object.entries(received.headers).filter(([name]) => !OWN.test(name));
    const answer: Answer = {
      status: received.status,
      headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      body: received.body.toString('utf8'),
    };
    change(answer, { method, url });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

/** Changes every object of a JSON answer. */
export function changeJson(
  answer: Answer,
  change: (value: Record<string, unknown>) => unknown,
): void {
  const value: unknown = JSON.parse(answer.body);
  answer.body = JSON.stringify(change(value as Record<string, unknown>));
}
