/** Every recorded answer of the framework (test/wire), held against the mock. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

type Case = {
  readonly id: string;
  readonly compare: 'bytes' | 'status+headers';
  readonly header?: Readonly<Record<string, string>>;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly contentType: string | null;
    readonly authorization: string | null;
    readonly accept: string | null;
    readonly body: string | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
};

const file = path.join(import.meta.dirname, '../wire/ibl-django-rest-framework.json');
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];

/** Cases that the mock answers in another way, with the reason. */
const DIFFERENT: Readonly<Record<string, string>> = {};

/** The credentials of the run, and enough licenses for its third page of two. */
const scenario = `
ibl:
  credentials:
    - { token: adm, role: dm-admin }
    - { token: ro, role: platform-admin, platform: p }
  licenses:
    - { generate: 7, platform_key: p, program_key: k }
`;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ scenario });
});
afterAll(() => server.stop());

async function ask({ request, header = {} }: Case) {
  const headers = {
    ...header,
    ...(request.contentType !== null && { 'Content-Type': request.contentType }),
    ...(request.authorization !== null && { Authorization: request.authorization }),
    ...(request.accept !== null && { Accept: request.accept }),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const line = `${request.method} ${request.path}`;
  return sendRaw(server.url, rawRequest(line, lines, request.body ?? ''));
}

function comparable(found: Case, answer: Awaited<ReturnType<typeof ask>>) {
  const named = Object.keys(found.response.headers);
  return {
    status: answer.status,
    headers: Object.fromEntries(named.map((name) => [name, answer.headers[name]])),
    body: found.compare === 'bytes' ? answer.body : found.response.body,
  };
}

it('holds as many cases as were recorded', () => {
  expect(cases).toHaveLength(30);
});

describe('the recorded answer', () => {
  it.each(cases.filter(({ id }) => !(id in DIFFERENT)))('$id', async (found) => {
    expect(comparable(found, await ask(found))).toEqual(found.response);
  });
});

it('differs in no other case than those listed', async () => {
  const different: string[] = [];
  for (const found of cases) {
    const { status, headers, body } = comparable(found, await ask(found));
    const same = JSON.stringify({ status, headers, body }) === JSON.stringify(found.response);
    if (!same) different.push(found.id);
  }
  expect(different).toEqual(Object.keys(DIFFERENT));
});

it('has no Allow and no Vary on what does not come from a view', async () => {
  for (const found of cases.filter(({ response }) => response.headers['allow'] === undefined)) {
    const { headers } = await ask(found);
    expect([headers['allow'], headers['vary']]).toEqual([undefined, undefined]);
  }
});
