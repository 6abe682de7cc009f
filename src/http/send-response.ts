/** Writes an outcome to the socket, with what the mock says of it in headers. */
import type { ServerResponse } from 'node:http';
import { truncate } from '../overrides/truncate.ts';
import type { Outcome } from './exchange.ts';

export type Stamp = {
  readonly sandbox: string;
  readonly requestId: string;
  /** The sandbox's time, for the `Date` header. */
  readonly now: number;
  /** CORS headers; empty for a client that is no browser. */
  readonly cors: Readonly<Record<string, string>>;
};

/** Headers of ours that a browser's script may read. */
export const MOCK_HEADERS = [
  'X-Mock-Sandbox',
  'X-Mock-Request-Id',
  'X-Mock-Warnings',
  'X-Mock-Ledger',
  'X-Mock-Override',
] as const;

/** HEAD gets the headers of GET and no body (RFC 9110, 9.3.2). */
export function sendResponse(
  response: ServerResponse,
  method: string,
  outcome: Outcome,
  stamp: Stamp,
): void {
  const { status, encoded, notes, override, fault } = outcome;
  if (response.headersSent || response.destroyed) return;
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const { body } = encoded;
  const hasBody = body.length > 0;
  response.writeHead(status, {
    ...encoded.headers,
    ...(status !== 204 && status !== 304 && { 'Content-Length': Buffer.byteLength(body) }),
    Date: new Date(stamp.now).toUTCString(),
    'X-Mock-Sandbox': stamp.sandbox,
    'X-Mock-Request-Id': stamp.requestId,
    ...(notes.warnings.length > 0 && { 'X-Mock-Warnings': String(notes.warnings.length) }),
    ...(notes.ledger.size > 0 && { 'X-Mock-Ledger': [...notes.ledger].join(', ') }),
    ...(override !== undefined && { 'X-Mock-Override': override }),
    ...stamp.cors,
  });
  if (fault === 'truncate') {
    response.write(truncate(body), () => response.destroy());
    return;
  }
  response.end(hasBody && method !== 'HEAD' ? body : undefined);
}
