/** One call of the control API over fetch: sends it, and turns a refusal into an error. */
import { messageOf, MockError } from '../errors.ts';
import type { ProblemDocument } from '../control-api/control-api.ts';
import { ControlError, toControlError } from './control-error.ts';

export type ControlCall = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Names in the path, encoded as they are put in: `['sandboxes', name, 'clock']`. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly text?: { readonly mediaType: string; readonly content: string };
};

/** Gives the answer where it is a success, or JSON that is no problem document. */
export type SendCall = (call: ControlCall) => Promise<Response>;

export type ControlAddress = {
  /** Where the server is: `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The value of `--control-token`; left out: the server has none. */
  readonly token?: string | undefined;
};

/** Throws `MockError` `bad-option` for a URL that is none; what it gives throws `ControlError`. */
export function createSendCall({ url, token }: ControlAddress): SendCall {
  const base = parseBase(url);
  return async ({ method, path, query, body, text }) => {
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
      },
      ...(content !== undefined && { body: content }),
    }).catch((thrown: unknown) => {
      throw unreachable(base, thrown);
    });
    const mediaType = answer.headers.get('content-type') ?? '';
    if (mediaType.startsWith('application/problem+json')) {
      throw toControlError((await answer.json()) as ProblemDocument);
    }
    if (answer.status === 204 || mediaType.startsWith('application/json')) return answer;
    throw new ControlError(
      'unreachable',
      `What answers at ${base} is no license-mock: ${method} ${target.pathname} gave ${answer.status} ${mediaType}.`,
      { status: answer.status },
    );
  };
}

/** Without slashes at its end. Throws `MockError` `bad-option` for a URL that is not one. */
export function parseBase(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, '');
  throw new MockError(
    'bad-option',
    `"${url}" is no URL of a license-mock. Write it like http://127.0.0.1:4010.`,
  );
}

/** Dots alone would be taken for steps up the path. */
function encodeName(name: string): string {
  if (!/^\.{0,2}$/.test(name)) return encodeURIComponent(name);
  throw new MockError('bad-option', `"${name}" is no name. Use a-z, 0-9 and -.`);
}

/** What fetch throws says nothing; its cause does. */
function unreachable(base: string, thrown: unknown): ControlError {
  const cause = thrown instanceof Error && thrown.cause ? thrown.cause : thrown;
  const reason = messageOf(cause) || (cause instanceof Error && 'code' in cause ? cause.code : '');
  return new ControlError(
    'unreachable',
    `No license-mock answers at ${base}${reason ? ` (${String(reason)})` : ''}. Start one with license-mock serve, or name another URL (--url, LICENSE_MOCK_URL).`,
    { cause: thrown },
  );
}
