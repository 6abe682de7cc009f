/** Who may use the control API, over real sockets. */
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control } from '../support/control-client.ts';
import { sendRaw } from '../support/raw-http.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** A request with these header lines and no other. */
function ask(url: string, path: string, headers: readonly string[], method = 'GET') {
  return sendRaw(
    url,
    [`${method} ${path} HTTP/1.1`, 'Connection: close', ...headers, '', ''].join('\r\n'),
  );
}

const LIST = '/_mock/sandboxes';

describe('without a token', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it.each(['localhost', 'localhost:4010', 'LOCALHOST', '127.0.0.1:1', '[::1]:4010'])(
    'this machine may, as %s',
    async (host) => {
      expect((await ask(server.url, LIST, [`Host: ${host}`])).status).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost:4010@evil.example',
    '',
  ])('a page that had its name "%s" resolved to this machine may not', async (host) => {
    const answer = await ask(server.url, LIST, [`Host: ${host}`]);
    expect(answer.status).toBe(403);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(answer.body)).toMatchObject({
      type: '/_mock/errors/forbidden',
      detail: expect.stringContaining('--control-token'),
    });
  });

  it('a header says nothing about who asks', async () => {
    const headers = ['Host: evil.example', 'X-Forwarded-Host: localhost', 'X-Forwarded-For: ::1'];
    expect((await ask(server.url, LIST, headers)).status).toBe(403);
  });

  it('a page of another origin may not, its own may', async () => {
    const host = 'Host: localhost:4010';
    const from = async (origin: string) =>
      (await ask(server.url, LIST, [host, `Origin: ${origin}`])).status;
    expect(await from('http://app.example')).toBe(403);
    expect(await from('http://localhost:3000')).toBe(403);
    expect(await from('null')).toBe(403);
    expect(await from('http://localhost:4010')).toBe(200);
  });

  it('no page may read an answer, and none is asked for first', async () => {
    const headers = ['Host: localhost', 'Origin: http://app.example'];
    const preflight = await ask(
      server.url,
      LIST,
      [...headers, 'Access-Control-Request-Method: PUT'],
      'OPTIONS',
    );
    expect(preflight.status).toBe(403);
    for (const answer of [preflight, await ask(server.url, LIST, headers)]) {
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-'))).toEqual([]);
    }
  });

  it('anybody may ask for health and readiness', async () => {
    for (const path of ['/_mock/health', '/_mock/ready']) {
      const answer = await ask(server.url, path, [
        'Host: evil.example',
        'Origin: http://app.example',
      ]);
      expect(answer.status).toBe(200);
    }
  });

  it('what is not there is not told to others either', async () => {
    const hidden = ['Host: evil.example'];
    expect((await ask(server.url, '/_mock/nothing', hidden)).status).toBe(403);
    expect((await ask(server.url, LIST, hidden, 'POST')).status).toBe(403);
    expect((await ask(server.url, '/_mock/sandboxes/%zz', hidden)).status).toBe(403);
  });
});

const elsewhere = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal);

it.skipIf(!elsewhere)('a client of another address may not, whatever its Host says', async () => {
  const server = await startTestServer({ options: { host: '0.0.0.0' } });
  const port = new URL(server.url).port;
  const answer = await ask(`http://${elsewhere?.address}:${port}`, LIST, ['Host: localhost']);
  expect(answer.status).toBe(403);
  expect(answer.body).toContain(elsewhere?.address);
  await server.stop();
});

describe('with a token', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ options: { 'control-token': 's3cret' } });
  });
  afterAll(() => server.stop());
  const authorization = 'Authorization: Bearer s3cret';

  it('who has it may, from any host and page', async () => {
    const headers = ['Host: mock.example', 'Origin: http://app.example', authorization];
    expect((await ask(server.url, LIST, headers)).status).toBe(200);
    const lower = ['Host: localhost', 'authorization: bearer s3cret'];
    expect((await ask(server.url, LIST, lower)).status).toBe(200);
  });

  it.each([
    ['none', []],
    ['another', ['Authorization: Bearer s3cret2']],
    ['a part', ['Authorization: Bearer s3cre']],
    ['another scheme', ['Authorization: Basic s3cret']],
    ['two', ['Authorization: Bearer s3cret s3cret']],
  ] as const)('who sends %s may not, also on this machine', async (_, headers) => {
    const answer = await ask(server.url, LIST, ['Host: localhost', ...headers]);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(JSON.parse(answer.body)).toMatchObject({ type: '/_mock/errors/unauthenticated' });
  });

  it('health and readiness go without', async () => {
    expect((await control(server.url, 'GET /health')).status).toBe(200);
    expect((await control(server.url, 'GET /ready')).status).toBe(200);
    expect((await control(server.url, 'GET /vendors')).status).toBe(401);
    expect((await control(server.url, 'GET /nothing')).status).toBe(401);
  });
});
