/** Sends one control API call with fetch, and turns a refusal into an error. */
import { messageOf, MockError } from '../errors.ts';
import type { ProblemDocument } from '../control-api/control-api.ts';
import { ControlError, toControlError } from './control-error.ts';

export type ControlCall = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** Segments of the path, not yet encoded: `['sandboxes', name, 'clock']`. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent unchanged, instead of `body`. */
  readonly text?: { readonly mediaType: string; readonly content: string };
  /** The answer is a stream of events, which starts after the event `lastId` (empty: with the first) and ends when `signal` aborts. */
  readonly stream?: { readonly lastId: string; readonly signal: AbortSignal };
};

/** Returns the answer if it is a success or JSON that is not a problem document. */
export type SendCall = (call: ControlCall) => Promise<Response>;

export type ControlAddress = {
  /** URL of the server: `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The server's `--control-token`; omit it if the server has none. */
  readonly token?: string | undefined;
};

/** Throws `MockError` `bad-option` for an invalid URL. The returned function rejects with `ControlError`. */
export function createSendCall({ url, token }: ControlAddress): SendCall {
  const base = parseBase(url);
  return async ({ method, path, query, body, text, stream }) => {
    const target = new URL(`${base}/_mock/${path.map(encodeName).join('/')}`);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) target.searchParams.set(name, String(value));
    }
    const content = text?.content ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await fetch(target, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(content !== undefined && { 'content-type': text?.mediaType ?? 'application/json' }),
        ...(stream && { 'last-event-id': stream.lastId }),
      },
      ...(stream && { signal: stream.signal }),
      ...(content !== undefined && { body: content }),
    }).catch((thrown: unknown) => {
      throw unreachable(base, thrown);
    });
    const mediaType = answer.headers.get('content-type') ?? '';
    if (mediaType.startsWith('application/problem+json')) {
      throw toControlError((await answer.json()) as ProblemDocument);
    }
    const wanted = stream ? 'text/event-stream' : 'application/json';
    if (answer.status === 204 || mediaType.startsWith(wanted)) return answer;
    throw new ControlError(
      'unreachable',
      `The server at ${base} is not license-mock: ${method} ${target.pathname} returned ${answer.status} ${mediaType}.`,
      { status: answer.status },
    );
  };
}

/** Removes trailing slashes. Throws `MockError` `bad-option` for an invalid URL. */
export function parseBase(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, '');
  throw new MockError('bad-option', `"${url}" is not a URL. Write it like http://127.0.0.1:4010.`);
}

/** Encodes a name that is only dots as well, because it would be resolved as a relative path. */
function encodeName(name: string): string {
  if (!/^\.{0,2}$/.test(name)) return encodeURIComponent(name);
  throw new MockError('bad-option', `"${name}" is not a valid name. Use a-z, 0-9 and -.`);
}

/** Uses the cause of fetch's error, because its own message says nothing. */
function unreachable(base: string, thrown: unknown): ControlError {
  const cause = thrown instanceof Error && thrown.cause ? thrown.cause : thrown;
  const reason = messageOf(cause) || (cause instanceof Error && 'code' in cause ? cause.code : '');
  return new ControlError(
    'unreachable',
    `No license-mock answers at ${base}${reason ? ` (${String(reason)})` : ''}. Start one with license-mock serve, or name another URL (--url, LICENSE_MOCK_URL).`,
    { cause: thrown },
  );
}
