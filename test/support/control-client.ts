/** The control API as its tests call it. */

export type ControlAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where there is none. */
  readonly body: Readonly<Record<string, unknown>>;
};

/** `path` below `/_mock`; a body that is text is sent as it is, anything else as JSON. */
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

/** What a client of the vendors puts before their paths. */
export function sandboxUrl(url: string, sandbox: string): string {
  return `${url}/_sandbox/${sandbox}`;
}
