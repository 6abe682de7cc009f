/** Who may use the control API. It can change and delete all state, so it is closed to other machines by default. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { MockError } from '../errors.ts';
import { schemeOf, type PublicAddress } from '../messages/public-address.ts';

/** Throws `MockError` `unauthenticated` or `forbidden`. */
export type CheckAccess = (incoming: IncomingMessage) => void;

const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/i;
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

const USE_TOKEN =
  'start the server with --control-token TOKEN, and send the header "Authorization: Bearer TOKEN"';

/** With a token, everybody who sends it has access. Without one, only clients on this machine do. */
export function createAccess({
  controlToken,
  address,
}: {
  readonly controlToken: string | undefined;
  readonly address: PublicAddress;
}): CheckAccess {
  if (controlToken === undefined) return (incoming) => checkLocal(incoming, address);
  const wanted = digest(controlToken);
  return ({ headers }) => {
    const given = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
    // All digests have one length, and the comparison takes the same time for each.
    if (given !== undefined && timingSafeEqual(digest(given), wanted)) return;
    throw new MockError(
      'unauthenticated',
      `${given === undefined ? 'No bearer token was sent' : 'The bearer token is wrong'}. Send Authorization: Bearer with the server's --control-token (or LICENSE_MOCK_CONTROL_TOKEN).`,
    );
  };
}

function checkLocal(incoming: IncomingMessage, address: PublicAddress): void {
  const { socket, headers } = incoming;
  // The socket's own address counts, because a header such as X-Forwarded-For contains whatever its sender likes.
  if (!LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '')) {
    throw refuse(`${socket.remoteAddress ?? 'The client'} is not this machine`);
  }
  // Behind a proxy on this machine, every client seems to be on this machine.
  if (address.isForwarded(incoming)) {
    throw refuse('The request came through a proxy, so its sender may be on another machine');
  }
  const { host = '', origin } = headers;
  // A page can let its own name resolve to 127.0.0.1 (DNS rebinding), but it cannot change the header Host.
  if (!LOOPBACK_HOST.test(host)) {
    const url = `${schemeOf(incoming)}://127.0.0.1:${socket.localPort}`;
    throw refuse(`Host is "${host.slice(0, 100)}"`, `use ${url} instead, or `);
  }
  const own = `${schemeOf(incoming)}://${host}`;
  if (origin !== undefined && origin.toLowerCase() !== own.toLowerCase()) {
    throw refuse(`The request is from a web page of ${origin.slice(0, 100)}`);
  }
}

function refuse(reason: string, otherwise = ''): MockError {
  return new MockError(
    'forbidden',
    `${reason}. Without a token, only clients on this machine may use the control API. To get access, ${otherwise}${USE_TOKEN}.`,
  );
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
