/** The mock at home: behind proxies, under HTTPS, for web pages of other origins. */
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { jsonOf } from '../support/json.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

type Page = { readonly next_page: string };

const PAGE = { origin: 'http://localhost:5173' };
const folder = testFolder();
const tls = path.join(import.meta.dirname, '../fixtures/tls');

async function nextPage(url: string, headers: Record<string, string>): Promise<string> {
  return (await jsonOf<Page>(await listLicenses(url, 'page_size=1', headers))).next_page;
}

async function startWithTwo(options: Record<string, string>): Promise<TestServer> {
  const server = await startTestServer({ options });
  for (const id of ['a', 'b']) await createLicense(server.url, { external_id: id });
  return server;
}

function preflight(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'OPTIONS',
    headers: { ...PAGE, 'access-control-request-method': 'GET', ...headers },
  });
}

describe('links', () => {
  const forwarded = {
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'mock.example',
    'x-forwarded-prefix': '/rig',
  };

  it('follow the headers of a trusted proxy, in a sandbox too', async () => {
    const server = await startWithTwo({ 'trust-proxy': 'loopback' });
    const query = '?page=2&page_size=1';
    expect(await nextPage(server.url, forwarded)).toBe(
      `https://mock.example/rig/api/catalog/licenses/program/${query}`,
    );
    expect(await nextPage(`${server.url}/_sandbox/default/dm`, forwarded)).toBe(
      `https://mock.example/rig/_sandbox/default/dm/api/catalog/licenses/program/${query}`,
    );
    await server.stop();
  });

  it('do not follow them by default', async () => {
    const server = await startWithTwo({});
    expect(await nextPage(server.url, forwarded)).toContain(`${server.url}/api/`);
    await server.stop();
  });

  it('start with --base-url', async () => {
    const server = await startWithTwo({ 'base-url': 'https://mock.example/a/' });
    expect(await nextPage(server.url, {})).toContain('https://mock.example/a/api/catalog/');
    await server.stop();
  });
});

describe('a web page of another origin', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ options: { 'cors-origin': PAGE.origin } });
  });
  afterAll(() => server.stop());

  it('may send cookies and any header, also from a public to a private network', async () => {
    const answer = await preflight(`${server.url}/api/catalog/licenses/program/`, {
      'access-control-request-headers': 'authorization,x-anything',
      'access-control-request-private-network': 'true',
    });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': PAGE.origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'authorization,x-anything',
      'access-control-allow-private-network': 'true',
      vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    });
  });

  it('that --cors-origin does not name gets no permission', async () => {
    const other = { origin: 'http://localhost:5174' };
    const asked = await preflight(`${server.url}/api/licenses/add`, other);
    const answered = await listLicenses(server.url, '', other);
    for (const { headers } of [asked, answered]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-'))).toEqual([]);
    }
  });
});

describe('a web page and the control API', () => {
  const call = (url: string, headers: Record<string, string>) =>
    fetch(`${url}/_mock/sandboxes`, { headers: { ...PAGE, ...headers } });

  it('go together with the token', async () => {
    const server = await startTestServer({ options: { 'control-token': 's3cret' } });
    const asked = await preflight(`${server.url}/_mock/sandboxes/mine`, {
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization',
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-methods')).toBe('PUT');
    expect((await call(server.url, {})).status).toBe(401);
    const answer = await call(server.url, { authorization: 'Bearer s3cret' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE.origin);
    expect(answer.headers.get('vary')).toBe('Origin');
    await server.stop();
  });

  it('do not go together without one', async () => {
    const server = await startTestServer();
    expect((await preflight(`${server.url}/_mock/sandboxes`)).status).toBe(403);
    const answer = await call(server.url, {});
    expect(answer.status).toBe(403);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect((await jsonOf<{ detail: string }>(answer)).detail).toBe(
      'The request is from a web page of http://localhost:5173. Without a token, only clients on this machine may use the control API. To get access, start the server with --control-token TOKEN, and send the header "Authorization: Bearer TOKEN".',
    );
    await server.stop();
  });
});

describe('behind a proxy on this machine', () => {
  it('nobody has the control API without a token', async () => {
    const server = await startTestServer();
    const answer = await fetch(`${server.url}/_mock/sandboxes`, {
      headers: { 'x-forwarded-for': '192.0.2.1' },
    });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('The request came through a proxy');
    await server.stop();
  });

  it('--trust-proxy closes it, whatever the headers', async () => {
    const server = await startTestServer({ options: { 'trust-proxy': 'loopback' } });
    expect((await fetch(`${server.url}/_mock/sandboxes`)).status).toBe(403);
    await server.stop();
  });
});

describe('HTTPS', () => {
  const files = { 'tls-cert': path.join(tls, 'cert.pem'), 'tls-key': path.join(tls, 'key.pem') };

  it('is served with --tls-cert and --tls-key, links included', async () => {
    const server = await startTestServer({ scenario: 'demo', options: files });
    expect(server.url).toMatch(/^https:/);
    const ca = readFileSync(files['tls-cert']);
    const headers = { authorization: 'Api-Token dm-admin' };
    const ask = (target: string, more = {}) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        get(target, { ca, headers: { ...headers, ...more } }, (answer) => {
          let text = '';
          answer.on('data', (chunk) => (text += String(chunk)));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        }).on('error', reject);
      });
    const { text } = await ask(`${server.url}/api/catalog/licenses/program/?page_size=1`);
    expect((JSON.parse(text) as Page).next_page).toContain(`${server.url}/api/`);
    const control = `${server.url}/_mock/sandboxes`;
    expect((await ask(control, { origin: server.url })).status).toBe(200);
    expect((await ask(control, { origin: server.url.replace('https', 'http') })).status).toBe(403);
    await server.stop();
  });

  it.each([
    [{ 'tls-cert': files['tls-cert'] }, 'HTTPS needs both --tls-cert and --tls-key'],
    [{ ...files, 'tls-key': '/nowhere.pem' }, '--tls-key cannot be read'],
    [{ ...files, 'tls-key': files['tls-cert'] }, 'are not a certificate and its key'],
  ])('is refused with %j', async (options, message) => {
    await expect(startTestServer({ options })).rejects.toThrow(message);
  });
});

const hasIpv6 = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .some(({ address }) => address === '::1');

describe('localhost', () => {
  const isOpen = (host: string, port: number) =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, host, () => {
        socket.destroy();
        resolve(true);
      }).on('error', () => resolve(false));
    });

  it.skipIf(!hasIpv6)('is both of its addresses, until the server stops', async () => {
    const server = await startTestServer({ options: { host: 'localhost' } });
    const port = Number(new URL(server.url).port);
    expect((await fetch(`http://[::1]:${port}/_mock/sandboxes`)).status).toBe(200);
    expect(await isOpen('127.0.0.1', port)).toBe(true);
    await server.stop();
    expect(await isOpen('::1', port)).toBe(false);
  });

  it('is only the address that --host names', async () => {
    const server = await startTestServer({ options: { host: '127.0.0.1' } });
    expect(await isOpen('::1', Number(new URL(server.url).port))).toBe(false);
    await server.stop();
  });
});

describe('an unknown sandbox', () => {
  it('is a 404 with --sandboxes named, until it is created by name', async () => {
    const server = await startTestServer({ options: { sandboxes: 'named' } });
    const typo = await listLicenses(`${server.url}/_sandbox/chekout`);
    expect(typo.status).toBe(404);
    expect(await jsonOf(typo)).toMatchObject({
      type: '/_mock/errors/no-such-sandbox',
      detail: expect.stringContaining('PUT /_mock/sandboxes/chekout'),
    });
    expect((await listLicenses(server.url)).status).toBe(200);
    expect((await listLicenses(`${server.url}/_sandbox/No!`)).status).toBe(400);
    await fetch(`${server.url}/_mock/sandboxes/chekout`, { method: 'PUT' });
    expect((await listLicenses(`${server.url}/_sandbox/chekout`)).status).toBe(200);
    await server.stop();
  });

  it('is created by default', async () => {
    const server = await startTestServer();
    expect((await listLicenses(`${server.url}/_sandbox/new`)).status).toBe(200);
    await server.stop();
  });
});

it('is not ready while changes cannot be stored, but alive', async () => {
  const data = path.join(folder, 'data');
  const server = await startTestServer({ data });
  const ask = async (what: string) => {
    const answer = await fetch(`${server.url}/_mock/${what}`);
    return { status: answer.status, body: await jsonOf(answer) };
  };
  expect(await ask('ready')).toEqual({ status: 200, body: { status: 'ready' } });
  renameSync(data, `${data}-gone`);
  expect(await ask('ready')).toEqual({
    status: 503,
    body: {
      status: 'unable',
      reason: expect.stringContaining(
        `Changes cannot be stored in ${path.join(data, 'license-mock')}: ENOENT`,
      ),
    },
  });
  expect((await ask('health')).status).toBe(200);
  renameSync(`${data}-gone`, data);
  expect((await ask('ready')).status).toBe(200);
  expect(readdirSync(path.join(data, 'license-mock')).toSorted()).toEqual([
    '.holder',
    '.lock',
    'default',
  ]);
  await server.stop();
});

describe('GET /', () => {
  it('says where everything is', async () => {
    const server = await startTestServer({ scenario: 'demo' });
    const answer = await fetch(server.url);
    expect(answer.status).toBe(200);
    const index = await jsonOf<{
      vendors: readonly { name: string; spec: string; operations: readonly string[] }[];
      control: Record<string, string>;
      console: string;
      docs: string;
    }>(answer);
    const pages = [index.console, index.docs];
    expect(pages).toEqual([`${server.url}/_mock/`, `${server.url}/_mock/#/default/vendors`]);
    const links = [...Object.values(index.control), ...index.vendors.map(({ spec }) => spec)];
    for (const link of links) expect((await fetch(link)).status).toBe(200);
    const ibl = index.vendors.find(({ name }) => name === 'ibl');
    expect(ibl?.operations).toContain(`GET ${server.url}/api/catalog/licenses/program/`);
    // Also from the address of the control API that the banner prints.
    for (const address of ['/_mock', '/_mock/']) {
      expect(await jsonOf(await fetch(`${server.url}${address}`))).toEqual(index);
    }
    const inside = await jsonOf(await fetch(`${server.url}/_sandbox/mine/`));
    expect(inside).toMatchObject({ sandbox: 'mine' });
    expect(JSON.stringify(inside)).toContain(`POST ${server.url}/_sandbox/mine/api/licenses/add`);
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(404);
    await server.stop();
  });
});

describe('a token that no scenario lists', () => {
  const ask = (url: string, authorization: string) =>
    Promise.all([
      fetch(`${url}/api/catalog/licenses/program/`, { headers: { authorization } }),
      fetch(`${url}/incoming/v2/licenses`, { method: 'POST', headers: { authorization } }),
    ]).then((answers) => answers.map(({ status }) => status));

  it('is accepted with --accept-any-token if it is well-formed', async () => {
    const server = await startTestServer({ options: { 'accept-any-token': 'on' } });
    const [ibl] = await ask(server.url, 'Api-Token of-my-own');
    expect(ibl).toBe(200);
    const [, ti] = await ask(server.url, 'Bearer of-my-own');
    expect(ti).not.toBe(401);
    expect(await ask(server.url, 'Basic x')).toEqual([401, 401]);
    expect((await createLicense(server.url, {}, { authorization: 'Api-Token mine' })).status).toBe(
      200,
    );
    await server.stop();
  });

  it('is refused by default', async () => {
    const server = await startTestServer();
    expect(await ask(server.url, 'Api-Token of-my-own')).toEqual([401, 401]);
    expect(await ask(server.url, 'Bearer of-my-own')).toEqual([401, 401]);
    await server.stop();
  });
});
