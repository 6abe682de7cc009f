/** What absolute links in an answer start with. */
import type { IncomingMessage } from 'node:http';

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** Scheme and host as the client knows them: `http://127.0.0.1:4010`. A Host that is no host is not repeated. */
export function originOf(incoming: IncomingMessage): string {
  const { host } = incoming.headers;
  if (host !== undefined && HOST.test(host)) return `http://${host}`;
  const { localAddress = '127.0.0.1', localPort } = incoming.socket;
  return `http://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
}
