/** The origin for absolute links in an answer. */
import type { IncomingMessage } from 'node:http';

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** Scheme and host as the client sees them: `http://127.0.0.1:4010`. Ignores an invalid Host header. */
export function originOf(incoming: IncomingMessage): string {
  const { host } = incoming.headers;
  if (host !== undefined && HOST.test(host)) return `http://${host}`;
  const { localAddress = '127.0.0.1', localPort } = incoming.socket;
  return `http://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
}
