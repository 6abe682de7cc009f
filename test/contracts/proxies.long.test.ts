/** Proxies that the environment names: for the live vendor alone, never for this machine. A real proxy, on loopback. */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../support/process.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { listInteraction, pact } from './pacts.ts';
import { writePact } from './verify-contracts.ts';

let mock: TestServer;
let vendor: TestServer;
let proxyUrl: string;
/** What the proxy was asked. */
const seen: string[] = [];

/** Whatever host is asked for, the vendor answers. */
const proxy = createServer((incoming: IncomingMessage, response: ServerResponse) => {
  seen.push(`${incoming.method} ${incoming.url}`);
  const { pathname, search } = new URL(incoming.url ?? '');
  const { method } = incoming;
  // The vendor's control API answers this machine alone.
  const headers = { ...incoming.headers, host: new URL(vendor.url).host };
  const onward = request(vendor.url + pathname + search, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    answer.pipe(response);
  });
  incoming.pipe(onward);
});
proxy.on('connect', ({ url }: IncomingMessage, socket) => {
  seen.push(`CONNECT ${url}`);
  const { port } = new URL(vendor.url);
  const onward = connect(Number(port), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    onward.pipe(socket).pipe(onward);
  });
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
});

beforeAll(async () => {
  mock = await startTestServer();
  vendor = await startTestServer();
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
beforeEach(() => void (seen.length = 0));
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await vendor.stop();
  await mock.stop();
});

/** Without the proxies of whoever runs the tests. */
const none = Object.fromEntries(
  ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [
    [name, ''],
    [name.toUpperCase(), ''],
  ]),
);

function verify(environment: Record<string, string>, ...args: string[]) {
  const file = writePact(pact([listInteraction()]));
  const command = ['verify', file, '--url', mock.url, ...args];
  return runCommand(command, { environment: { ...none, ...environment } });
}

it.each(['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'all_proxy'])(
  '%s is not asked for mock, relay and vendor on this machine',
  async (name) => {
    const { code, stdout } = await verify({ [name]: proxyUrl }, '--provider-url', vendor.url);
    expect(stdout).toMatch(/spec held +mock held +live held/);
    expect({ code, seen }).toEqual({ code: 0, seen: [] });
  },
);

it('nor where Node itself is told to use proxies', async () => {
  const environment = { HTTP_PROXY: proxyUrl, NODE_USE_ENV_PROXY: '1' };
  const { code } = await verify(environment, '--provider-url', vendor.url);
  expect({ code, seen }).toEqual({ code: 0, seen: [] });
});

it.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'])(
  '%s is asked for a live vendor, and for its provider states',
  async (name) => {
    const { code, stdout } = await verify(
      { [name]: proxyUrl },
      '--provider-url',
      'http://vendor.example',
    );
    expect(stdout).toContain('live held');
    expect({ code, seen }).toEqual({
      code: 0,
      seen: ['GET http://vendor.example/api/catalog/licenses/program/'],
    });
  },
);

it('provider states of a live vendor go the same way', async () => {
  const state = listInteraction({ providerState: 'there are no program licenses' });
  const file = writePact(pact([state]));
  const urls = ['--provider-url', 'http://vendor.example'];
  const states = ['--provider-states-url', 'http://vendor.example/_mock/provider-states'];
  const { stdout } = await runCommand(['verify', file, '--url', mock.url, ...urls, ...states], {
    environment: { ...none, http_proxy: proxyUrl },
  });
  expect(stdout).toContain('live held');
  expect(seen.filter((line) => line.endsWith('/_mock/provider-states'))).toHaveLength(2);
});

it('HTTPS_PROXY is asked for a tunnel', async () => {
  const url = 'https://vendor.example';
  const { code, stderr } = await verify({ HTTPS_PROXY: proxyUrl }, '--provider-url', url);
  // Behind it nothing speaks TLS.
  expect(seen[0]).toBe('CONNECT vendor.example:443');
  expect(stderr).toContain('https://vendor.example does not answer');
  expect(code).toBe(3);
});

it('NO_PROXY names who is asked directly', async () => {
  const environment = { HTTP_PROXY: proxyUrl, NO_PROXY: 'vendor.invalid' };
  const { code } = await verify(environment, '--provider-url', 'http://vendor.invalid');
  expect({ code, seen }).toEqual({ code: 3, seen: [] });
});
