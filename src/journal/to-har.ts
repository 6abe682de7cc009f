/** A journal as an HTTP Archive (HAR 1.2), which browsers' tools and many others open. */
import { STATUS_CODES } from 'node:http';
import type { JournalEntry, ShownBody } from '../control-api/control-api.ts';

type NameValue = { readonly name: string; readonly value: string };

/** `base`: the URL of the server. `entries`: oldest first. What is redacted stays redacted. */
export function toHar(
  entries: readonly JournalEntry[],
  { base, version }: { readonly base: string; readonly version: string },
): object {
  return {
    log: {
      version: '1.2',
      creator: { name: 'license-mock', version },
      pages: [],
      entries: entries.map((entry) => toEntry(entry, base)),
    },
  };
}

function toEntry(entry: JournalEntry, base: string): object {
  const { request, response, durationMs } = entry;
  const { id, sandbox, vendor, operation, kind, warnings, violations, ledger, override } = entry;
  const url = new URL(base + request.url);
  return {
    startedDateTime: entry.time,
    time: durationMs,
    request: {
      method: request.method,
      url: url.href,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toList(request.headers),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      ...(request.body && { postData: toPostData(request.body, request.headers) }),
      headersSize: -1,
      bodySize: sizeOf(request.body),
    },
    response: {
      // 0: the connection was reset instead.
      status: response.status,
      statusText: STATUS_CODES[response.status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toList(response.headers),
      content: toContent(response.body, response.headers),
      redirectURL: headerOf(response.headers, 'location') ?? '',
      headersSize: -1,
      bodySize: sizeOf(response.body),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    // Fields of an application start with an underscore.
    _licenseMock: {
      id,
      sandbox,
      vendor,
      operation,
      kind,
      warnings,
      violations,
      ledger,
      ...(override !== undefined && { override }),
      ...(entry.live && { live: entry.live }),
      ...(entry.drift && { drift: entry.drift }),
    },
  };
}

type Headers = JournalEntry['request']['headers'];

function toList(headers: Headers): readonly NameValue[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function headerOf(headers: Headers, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function sizeOf(body: ShownBody): number {
  return body?.bytes ?? 0;
}

function toPostData(body: ShownBody, headers: Headers): object {
  const mimeType = headerOf(headers, 'content-type') ?? 'application/octet-stream';
  return { mimeType, text: textOf(body), ...commentOn(body) };
}

function toContent(body: ShownBody, headers: Headers): object {
  const mimeType = headerOf(headers, 'content-type') ?? 'x-unknown';
  if (body === null) return { size: 0, mimeType };
  return {
    size: body.bytes,
    mimeType,
    text: textOf(body),
    ...('base64' in body && { encoding: 'base64' }),
    ...commentOn(body),
  };
}

function textOf(body: ShownBody): string {
  if (body === null || 'redacted' in body) return '';
  if ('json' in body) return JSON.stringify(body.json) ?? '';
  return 'text' in body ? body.text : body.base64;
}

function commentOn(body: ShownBody): { readonly comment?: string } {
  if (body === null) return {};
  if ('redacted' in body) return { comment: 'redacted' };
  return 'truncated' in body && body.truncated ? { comment: 'truncated' } : {};
}
