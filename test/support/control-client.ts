/** Calls the control API for tests. */

export type ControlAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where there is none. */
  readonly body: Readonly<Record<string, unknown>>;
};

/** `path` is relative to `/_mock`. A text body is sent unchanged, any other body as JSON. */
export async function control(
  url: string,
  call: `${'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'PATCH'} /${string}`,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<ControlAnswer> {
  const [method = '', path = ''] = call.split(/ (.*)/s);
  const answer = await fetch(`${url}/_mock${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: text === '' ? {} : (JSON.parse(text) as ControlAnswer['body']),
  };
}

/** The prefix of a sandbox before the vendors' paths. */
export function sandboxUrl(url: string, sandbox: string): string {
  return `${url}/_sandbox/${sandbox}`;
}
