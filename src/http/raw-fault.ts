/** Answers bytes that are not an HTTP request: writes the answer to the socket and closes it. */
import { STATUS_CODES } from 'node:http';
import type { MockError } from '../errors.ts';
import { renderFault } from './answer.ts';

export function renderRawFault(fault: MockError): string {
  const { status, encoded } = renderFault(fault);
  const body = encoded.body.toString();
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Date: ${new Date().toUTCString()}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
