/** A page of another origin, in a real browser: directly, and through Vite's proxy. */
import { createServer as createHttp, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer as createVite, type ViteDevServer } from 'vite';
import { hasBrowser, startBrowser } from '../support/browser.ts';
import { testFolder } from '../support/folder.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const TOKEN = 's3cret';
const LIST = '/api/catalog/licenses/program/';
const vendor = { authorization: 'Api-Token dm-admin' };

type Seen = { readonly status: number; readonly id: string | null } | { readonly failed: string };

type Init = {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  readonly body?: string;
};

/** Fetches in the page, as its script would. */
function fetchIn(page: Page, url: string, init: Init = {}): Promise<Seen> {
  return page.evaluate(
    async ([target, options]) => {
      try {
        const answer = await fetch(target, options);
        await answer.text();
        return { status: answer.status, id: answer.headers.get('X-Mock-Request-Id') };
      } catch (thrown) {
        return { failed: String(thrown) };
      }
    },
    [url, init] as const,
  );
}

describe.skipIf(!hasBrowser)('a page of another origin', () => {
  let browser: Browser;
  let page: Page;
  let site: Server;
  let mock: TestServer;
  let closed: TestServer;
  let vite: ViteDevServer;
  beforeAll(async () => {
    [browser, mock, closed] = await Promise.all([
      startBrowser(),
      startTestServer({ scenario: 'demo', options: { 'control-token': TOKEN } }),
      startTestServer({ scenario: 'demo', options: { 'cors-origin': 'http://localhost:1' } }),
    ]);
    site = createHttp((_, response) => {
      response.setHeader('set-cookie', 'sid=1');
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>app</title>');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => site.once('listening', resolve));
    vite = await createVite({
      configFile: false,
      root: testFolder(),
      logLevel: 'silent',
      appType: 'custom',
      server: {
        port: 0,
        host: '127.0.0.1',
        hmr: false,
        proxy: { '/api': mock.url, '/_mock': mock.url },
      },
      plugins: [
        {
          name: 'page',
          configureServer: ({ middlewares }) =>
            void middlewares.use('/app', (_, response) => {
              response
                .setHeader('content-type', 'text/html')
                .end('<!doctype html><title>app</title>');
            }),
        },
      ],
    });
    await vite.listen();
    page = await browser.newPage();
    await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
  });
  afterAll(async () => {
    await browser.close();
    await vite.close();
    site.close();
    await Promise.all([mock.stop(), closed.stop()]);
  });

  it.each(['omit', 'same-origin', 'include'] as const)(
    'calls the vendors with credentials "%s", and reads our headers',
    async (credentials) => {
      const seen = await fetchIn(page, `${mock.url}${LIST}`, { headers: vendor, credentials });
      expect(seen).toEqual({ status: 200, id: expect.stringMatching(/^default-\d+$/) });
    },
  );

  it('sends JSON and headers of its own, after a preflight', async () => {
    const seen = await fetchIn(page, `${mock.url}/api/licenses/add`, {
      method: 'POST',
      credentials: 'include',
      headers: { 'content-type': 'application/json', 'x-trace': '1', 'x-mock-sandbox': 'page' },
      body: '{"Name":"A"}',
    });
    expect(seen).toMatchObject({ status: 200, id: 'page-1' });
  });

  it('calls the control API with the token alone', async () => {
    const url = `${mock.url}/_mock/sandboxes`;
    const authorization = `Bearer ${TOKEN}`;
    expect(await fetchIn(page, url, { headers: { authorization } })).toMatchObject({ status: 200 });
    expect(await fetchIn(page, url)).toMatchObject({ status: 401 });
    const put = { method: 'PUT', headers: { authorization, 'content-type': 'application/json' } };
    const made = await fetchIn(page, `${url}/mine`, { ...put, body: '{"scenario":"empty"}' });
    expect(made).toMatchObject({ status: 201 });
  });

  it('has no access where it is not allowed', async () => {
    const calls = [LIST, '/_mock/sandboxes'].map((path) =>
      fetchIn(page, `${closed.url}${path}`, { headers: vendor }),
    );
    for (const seen of await Promise.all(calls)) {
      expect(seen).toEqual({ failed: 'TypeError: Failed to fetch' });
    }
  });

  it('reaches both through the proxy of Vite, as its own origin', async () => {
    const own = await browser.newPage();
    await own.goto(`${vite.resolvedUrls?.local[0] ?? ''}app`);
    expect(await fetchIn(own, LIST, { headers: vendor })).toMatchObject({ status: 200 });
    expect(await fetchIn(own, '/_mock/sandboxes')).toMatchObject({ status: 401 });
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect(await fetchIn(own, '/_mock/sandboxes', { headers })).toMatchObject({ status: 200 });
    await own.close();
  });
});
