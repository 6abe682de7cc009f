/** The modes `proxy` and `fallback`: what reaches the live vendor, and what comes back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { startLiveVendor, type LiveVendor } from '../support/live-vendor.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const PATH = '/api/catalog/licenses/program/';

let vendor: LiveVendor;
let server: TestServer;
beforeAll(async () => {
  vendor = await startLiveVendor(({ url }, response) => {
    if (url.startsWith('/v2/moved')) {
      response.writeHead(302, { location: `${vendor.url}/v2/elsewhere` }).end();
    } else if (url.startsWith('/v2/api/catalog/slow')) {
      setTimeout(() => response.writeHead(200).end('late'), 20_000).unref();
    } else if (url.startsWith('/v2/api/catalog/long')) {
      response.writeHead(200);
      const chunk = Buffer.alloc(1024 * 1024);
      for (let i = 0; i < 17; i += 1) response.write(chunk);
      response.end();
    } else {
      response
        .writeHead(299, {
          'content-type': 'application/json',
          'set-cookie': 'session=vendor',
          'x-vendor': 'yes',
          'access-control-allow-origin': 'https://vendor.example',
          date: 'Mon, 01 Jan 2024 00:00:00 GMT',
        })
        .end('{"from":"vendor"}');
    }
  });
  server = await startTestServer({
    options: {
      upstream: [`ibl=${vendor.url}/v2`, 'alice=http://127.0.0.1:1'],
      'upstream-header': ['ibl=Authorization: Api-Token live', 'ibl=X-Tenant: acme'],
      'upstream-timeout': '3s',
    },
  });
});
afterAll(async () => {
  await server.stop();
  await vendor.stop();
});
beforeEach(() => void (vendor.seen.length = 0));

const url = () => sandboxUrl(server.url, 'lab');
const use = (mode: string, name = 'ibl') =>
  control(server.url, `PUT /sandboxes/lab/upstreams/${name}`, { mode });
const entries = async () =>
  (await control(server.url, 'GET /sandboxes/lab/journal')).body['entries'] as Record<
    string,
    unknown
  >[];

describe('proxy', () => {
  beforeEach(async () => {
    await control(server.url, 'PUT /sandboxes/lab', {});
    await use('proxy');
  });

  it('gives the vendor what the client sent, and the client what the vendor sent', async () => {
    const answer = await fetch(`${url()}/dm${PATH}?name=a%20b&page=2`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'x-own': '1' },
      body: 'as it is',
    });
    expect(answer.status).toBe(299);
    expect(await answer.text()).toBe('{"from":"vendor"}');
    expect(answer.headers.get('x-vendor')).toBe('yes');
    expect(answer.headers.get('date')).toBe('Mon, 01 Jan 2024 00:00:00 GMT');
    expect(answer.headers.get('x-mock-sandbox')).toBe('lab');
    expect(vendor.seen).toMatchObject([
      {
        method: 'POST',
        // Without sandbox prefix and mount, below the path of the upstream.
        url: `/v2${PATH}?name=a%20b&page=2`,
        headers: { 'content-type': 'text/plain', 'x-own': '1', 'x-tenant': 'acme' },
        body: Buffer.from('as it is'),
      },
    ]);
    expect(await entries()).toMatchObject([{ kind: 'proxied', status: 299, vendor: 'ibl' }]);
  });

  it('lets nothing of the mock and of its clients out', async () => {
    const answer = await fetch(`${url()}${PATH}?api_key=mine&Access%5FToken=mine&name=x`, {
      headers: {
        'x-mock-sandbox': 'lab',
        'x-mock-vendor': 'ibl',
        prefer: 'code=200',
        cookie: 'session=mine',
        authorization: 'Api-Token mine',
        'x-api-key': 'mine',
        'x-auth-token': 'mine',
        'proxy-authorization': 'mine',
        origin: 'http://localhost:5173',
        referer: 'http://localhost:5173/',
        'x-forwarded-for': '10.1.1.1',
        forwarded: 'for=10.1.1.1',
      },
    });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    const [seen] = vendor.seen;
    expect(seen?.url).toBe(`/v2${PATH}?name=x`);
    const { via, ...headers } = seen?.headers ?? {};
    expect(headers).toEqual({
      accept: '*/*',
      'accept-language': '*',
      'accept-encoding': 'identity',
      authorization: 'Api-Token live',
      connection: 'keep-alive',
      host: new URL(vendor.url).host,
      'user-agent': 'node',
      'x-tenant': 'acme',
    });
    expect(via).toMatch(/^1\.1 [\da-f-]{36}$/);
  });

  it('leads a redirect of the vendor back to the mock', async () => {
    const answer = await fetch(`${url()}/moved`, {
      redirect: 'manual',
      headers: { 'x-mock-vendor': 'ibl' },
    });
    expect(answer.headers.get('location')).toBe(`${url()}/elsewhere`);
  });

  it.each([
    ['/api/catalog/slow', 504, 'upstream-timeout', /did not answer within 3000 ms/],
    ['/api/catalog/long', 502, 'upstream-failed', /larger than 16777216 bytes/],
  ])('answers for %s a problem with status %i', async (path, status, code, detail) => {
    const answer = await fetch(`${url()}${path}`);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      type: `/_mock/errors/${code}`,
      detail: expect.stringMatching(detail),
    });
    expect(await entries()).toMatchObject([{ kind: 'proxied', status }]);
  });

  it('answers 502 if the vendor is down', async () => {
    await use('proxy', 'alice');
    const answer = await fetch(`${url()}/api/licenses/add`, { method: 'POST' });
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('127.0.0.1:1') });
  });

  it('never leads to another host, whatever the path is', async () => {
    const answer = await fetch(`${url()}//evil.example/x`, { headers: { 'x-mock-vendor': 'ibl' } });
    expect(answer.status).toBe(299);
    expect(vendor.seen[0]?.url).toBe('/v2//evil.example/x');
  });
});

describe('fallback', () => {
  beforeEach(async () => {
    await control(server.url, 'PUT /sandboxes/lab', {});
    await use('fallback');
  });

  it('forwards only what has no handler', async () => {
    const own = await fetch(`${url()}${PATH}`, {
      headers: { authorization: 'Api-Token dm-admin' },
    });
    expect(await own.json()).toMatchObject({ count: 0 });
    expect(vendor.seen).toEqual([]);
    const other = await fetch(`${url()}/api/catalog/unheard-of/`);
    expect(other.status).toBe(299);
    const method = await fetch(`${url()}${PATH}`, { method: 'DELETE' });
    expect(method.status).toBe(299);
    expect((await entries()).map(({ kind }) => kind)).toEqual(['proxied', 'proxied', 'handled']);
  });
});

describe('the modes of a sandbox', () => {
  beforeEach(() => control(server.url, 'PUT /sandboxes/lab', {}));

  it('are listed, set and undone by a reset', async () => {
    await use('shadow');
    const { body } = await control(server.url, 'GET /sandboxes/lab/upstreams');
    expect(body).toEqual({
      upstreams: [
        { vendor: 'alice', mode: 'mock', url: 'http://127.0.0.1:1' },
        { vendor: 'ibl', mode: 'shadow', url: `${vendor.url}/v2` },
        { vendor: 'thought-industries', mode: 'mock', url: null },
      ],
    });
    await control(server.url, 'PATCH /sandboxes/lab', { profile: 'strict' });
    const shown = async () => (await control(server.url, 'GET /sandboxes/lab/upstreams/ibl')).body;
    expect(await shown()).toMatchObject({ mode: 'shadow' });
    await control(server.url, 'POST /sandboxes/lab/reset');
    expect(await shown()).toMatchObject({ mode: 'mock' });
  });

  it('need an upstream, and a vendor', async () => {
    const without = await use('proxy', 'thought-industries');
    expect(without.status).toBe(422);
    expect(without.body).toMatchObject({
      pointer: '#/mode',
      detail: expect.stringContaining('--upstream thought-industries=URL'),
    });
    expect((await use('mock', 'thought-industries')).status).toBe(200);
    expect((await use('proxy', 'nobody')).status).toBe(404);
    expect((await use('sometimes')).status).toBe(422);
  });
});

it("forwards the client's credentials where it is asked to", async () => {
  const open = await startTestServer({
    options: {
      upstream: `ibl=${vendor.url}`,
      'upstream-mode': 'proxy',
      'forward-credentials': 'on',
    },
  });
  await fetch(`${open.url}${PATH}?api_key=mine`, {
    headers: { authorization: 'Api-Token mine', cookie: 'session=mine' },
  });
  await open.stop();
  expect(vendor.seen[0]).toMatchObject({
    url: `${PATH}?api_key=mine`,
    headers: { authorization: 'Api-Token mine' },
  });
  expect(vendor.seen[0]?.headers).not.toHaveProperty('cookie');
});

// A replica knows only what it forwarded itself.
it('refuses a loop back to itself, also through another proxy', async () => {
  const proxy = await startLiveVendor(async ({ url: path, headers }, response) => {
    const { via = '' } = headers;
    const answer = await fetch(`${loop.url}${path}`, { headers: { via: `1.0 other, ${via}` } });
    response.writeHead(answer.status, { 'content-type': 'application/problem+json' });
    response.end(await answer.text());
  });
  const loop = await startTestServer({
    options: { upstream: `ibl=${proxy.url}`, 'upstream-mode': 'proxy' },
  });
  const answer = await fetch(`${loop.url}${PATH}`);
  await loop.stop();
  await proxy.stop();
  expect(answer.status).toBe(508);
  expect(await answer.json()).toMatchObject({ type: '/_mock/errors/upstream-loop' });
  expect(proxy.seen).toHaveLength(1);
});
