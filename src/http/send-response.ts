/** Writes an outcome to the socket, with the mock's own headers. */
import type { ServerResponse } from 'node:http';
import { httpDate } from '../time/http-date.ts';
import { truncate } from '../overrides/truncate.ts';
import type { Encoded } from '../messages/message.ts';
import type { Ended } from './exchange.ts';

/** The mock's headers, which browser scripts may read. */
export const MOCK_HEADERS = [
  'X-Mock-Sandbox',
  'X-Mock-Request-Id',
  'X-Mock-Warnings',
  'X-Mock-Ledger',
  'X-Mock-Override',
  'X-Mock-Calibration',
] as const;

const NO_HEADERS = {};

/** `cors`: headers for a web page of another origin. HEAD gets the headers of GET and no body (RFC 9110, 9.3.2). */
export function sendResponse(
  response: ServerResponse,
  { raw, sandbox, requestId, now, notes, outcome }: Ended,
  cors: Readonly<Record<string, string>> = NO_HEADERS,
): void {
  const { status, encoded, override, fault } = outcome;
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
    // A forwarded answer has the vendor's own.
    ...(encoded.headers['date'] === undefined && { Date: httpDate(now) }),
    'X-Mock-Sandbox': sandbox?.name ?? 'default',
    'X-Mock-Request-Id': requestId,
    ...(notes.warnings.length > 0 && { 'X-Mock-Warnings': String(notes.warnings.length) }),
    ...(notes.ledger.size > 0 && { 'X-Mock-Ledger': [...notes.ledger].join(', ') }),
    ...(override !== undefined && { 'X-Mock-Override': override }),
    ...cors,
    ...('Access-Control-Allow-Origin' in cors && { vary: varyByOrigin(encoded.headers) }),
  });
  if (fault === 'truncate') {
    response.write(truncate(body), () => response.destroy());
    return;
  }
  response.end(hasBody && raw.method !== 'HEAD' ? body : undefined);
}

/** Another page gets other headers, so that a cache must not give it these. */
function varyByOrigin({ vary }: Encoded['headers']): string {
  if (vary === undefined) return 'Origin';
  return vary.includes('Origin') ? vary : `${vary}, Origin`;
}
