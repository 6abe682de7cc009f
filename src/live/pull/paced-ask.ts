/** Asks a live vendor one request after the other, not faster than told, and waits where the vendor says so. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MockError } from '../../errors.ts';
import { isJsonType, parseMediaType } from '../../messages/media-type.ts';
import type { Json } from '../../messages/json.ts';
import type { Ask } from '../../vendors/vendor.ts';
import type { HttpClient, LiveAnswer } from '../http-client.ts';

export type Source = {
  /** The vendor's documented paths follow it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent with each GET. */
  readonly query: Readonly<Record<string, string>>;
  readonly perSecond: number;
  readonly maxRequests: number;
  readonly timeoutMs: number;
};

const MAX_RETRIES = 5;
const MAX_WAIT_MS = 120_000;
const NOTHING = Buffer.alloc(0);

/** The function rejects with `MockError` `upstream-failed` or `upstream-timeout`. `count` gives the requests so far. */
export function createPacedAsk(
  source: Source,
  client: HttpClient,
): { readonly ask: Ask; readonly count: () => number } {
  const { origin, pathname } = new URL(source.url);
  const base = pathname.replace(/\/+$/, '');
  let sent = 0;
  let nextAtMs = 0;

  const send = async (request: Parameters<Ask>[0]): Promise<LiveAnswer> => {
    if (sent >= source.maxRequests) {
      throw new MockError(
        'upstream-failed',
        `${source.maxRequests} requests were sent, which is the limit of --max-requests. Raise it to read everything.`,
      );
    }
    await sleep(Math.max(0, nextAtMs - performance.now()));
    nextAtMs = performance.now() + 1_000 / source.perSecond;
    sent += 1;
    const { method, path, query = {}, body } = request;
    const all = method === 'GET' ? { ...source.query, ...query } : query;
    const search = new URLSearchParams(all).toString();
    return client.send({
      method,
      origin,
      path: `${base}${path}${search === '' ? '' : `?${search}`}`,
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        ...(body && { 'content-type': 'application/json' }),
        ...source.headers,
      },
      body: body ? Buffer.from(JSON.stringify(body)) : NOTHING,
      timeoutMs: source.timeoutMs,
    });
  };

  return {
    count: () => sent,
    async ask(request) {
      for (let retry = 0; ; retry += 1) {
        const answer = await send(request);
        const waitMs = waitFor(answer);
        if (waitMs === undefined || retry === MAX_RETRIES) return read(answer, request);
        nextAtMs = performance.now() + waitMs;
      }
    },
  };
}

/** How long the vendor wants us to wait. Undefined: it has answered, or the wait is too long. */
function waitFor({ status, headers }: LiveAnswer): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  const text = headers['retry-after'] ?? '1';
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return ms <= MAX_WAIT_MS ? Math.max(0, ms) : undefined;
}

function read({ status, headers, body }: LiveAnswer, { method, path }: Parameters<Ask>[0]): Json {
  const text = body.toString('utf8');
  const isJson = isJsonType(parseMediaType(headers['content-type']).name);
  const failed = (why: string) =>
    new MockError('upstream-failed', `${method} ${path} ${why}: ${text.slice(0, 300)}`);
  if (status === 401 || status === 403) {
    throw failed(`was refused with ${status}. Send credentials with --header. The vendor says`);
  }
  if (status < 200 || status >= 300 || !isJson) {
    throw failed(`was answered with ${status} ${headers['content-type'] ?? 'without a type'}`);
  }
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw failed('was not answered with JSON');
  }
}
