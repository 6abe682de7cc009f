/** Calls ibl over HTTP and returns the parts of the answer that tests check. */
import { startTestServer, type TestServerOptions } from './server.ts';

export type IblAnswer = {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
  readonly headers: Headers;
  /** Ledger rows that influenced the answer. */
  readonly ledger: readonly string[];
  readonly warnings: number;
};

export type Ask = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly method?: string;
};

export const GOOD = {
  platform_key: 'acme',
  program_key: 'program-v1:acme+bar+2026',
  name: 'Spring',
  count: 10,
  started: '2026-01-01T00:00:00Z',
};

export const PROGRAM_LICENSES = '/api/catalog/licenses/program/';

export async function openIbl(options: TestServerOptions = {}) {
  const server = await startTestServer(options);
  const ask = async (
    path: string,
    { body, headers, token, method }: Ask = {},
  ): Promise<IblAnswer> => {
    const answer = await fetch(`${server.url}${path}`, {
      redirect: 'manual',
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        authorization: `Api-Token ${token ?? 'dm-admin'}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') && text !== '';
    return {
      status: answer.status,
      body: (isJson ? JSON.parse(text) : {}) as Record<string, unknown>,
      text,
      headers: answer.headers,
      ledger: (answer.headers.get('x-mock-ledger') ?? '').split(', ').filter(Boolean),
      warnings: Number(answer.headers.get('x-mock-warnings') ?? 0),
    };
  };
  return {
    url: server.url,
    stop: () => server.stop(),
    ask,
    create: (fields: object = {}, more: Omit<Ask, 'body'> = {}) =>
      ask(`${PROGRAM_LICENSES}create/`, { ...more, body: { ...GOOD, ...fields } }),
    update: (fields: object, more: Omit<Ask, 'body'> = {}) =>
      ask(`${PROGRAM_LICENSES}update/`, { ...more, body: fields }),
    list: (query = '', more: Ask = {}) => ask(`${PROGRAM_LICENSES}${query && '?'}${query}`, more),
  };
}

export type Ibl = Awaited<ReturnType<typeof openIbl>>;
