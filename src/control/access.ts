/** Access to the control API. The API can change any state, so it is closed to other machines by default. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { MockError } from '../errors.ts';

/** Throws `MockError` `unauthenticated` or `forbidden`. */
export type CheckAccess = (incoming: IncomingMessage) => void;

const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/i;
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** With a token, any client that sends it has access. Without one, only this machine has access. */
export function createAccess(token: string | undefined): CheckAccess {
  if (token === undefined) return checkLocal;
  const wanted = digest(token);
  return ({ headers }) => {
    const given = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
    // Digests have a fixed length, so comparing them takes the same time for every token.
    if (given !== undefined && timingSafeEqual(digest(given), wanted)) return;
    throw new MockError(
      'unauthenticated',
      `${given === undefined ? 'No bearer token was sent' : 'The bearer token is wrong'}. Send Authorization: Bearer with the server's --control-token (or LICENSE_MOCK_CONTROL_TOKEN).`,
    );
  };
}

function checkLocal({ socket, headers }: IncomingMessage): void {
  // Uses the socket's address, because a client can set headers such as X-Forwarded-For to anything.
  if (!LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '')) {
    throw refuse(`${socket.remoteAddress ?? 'the client'} is another machine`);
  }
  const { host, origin } = headers;
  // A web page can have its own name resolve to 127.0.0.1 (DNS rebinding), but it cannot change the Host header.
  if (host === undefined || !LOOPBACK_HOST.test(host)) {
    throw refuse(`Host must be localhost, 127.0.0.1 or [::1], not "${(host ?? '').slice(0, 100)}"`);
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    throw refuse(`web pages of ${origin.slice(0, 100)} have no access`);
  }
}

function refuse(reason: string): MockError {
  return new MockError(
    'forbidden',
    `Without a token, only this machine may use the control API: ${reason}. Call http://localhost with the server's port, or start the server with --control-token and send that token as Authorization: Bearer.`,
  );
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
