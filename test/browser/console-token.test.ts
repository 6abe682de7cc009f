/** The console of a server with a control token, and of one that restarts. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, startBrowser } from '../support/browser.ts';
import { buildConsole } from '../support/console.ts';
import { startTestServer } from '../support/server.ts';

const TOKEN = 's3cret';

describe.skipIf(!hasBrowser)('the console', { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    buildConsole();
    browser = await startBrowser();
  }, 120_000);
  afterAll(() => browser.close());

  it('asks for the token once, and keeps it for the tab and out of every URL', async () => {
    const mock = await startTestServer({ options: { 'control-token': TOKEN } });
    const context = await browser.newContext();
    const page = await context.newPage();
    const urls: string[] = [];
    page.on('request', (request) => urls.push(request.url()));
    await page.goto(`${mock.url}/_mock/`);
    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('The server refused this token.').waitFor();
    await page.getByLabel('Token').fill(TOKEN);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('Connected', { exact: true }).waitFor();
    expect(urls.filter((url) => url.includes(TOKEN))).toEqual([]);
    expect(await page.evaluate<number>('localStorage.length')).toBe(0);
    await context.close();
    await mock.stop();
  });

  it('serves its files without a token, precompressed, under a policy with a fresh nonce', async () => {
    const mock = await startTestServer({ options: { 'control-token': TOKEN } });
    const policies = new Set<string | null>();
    let text = '';
    for (let i = 0; i < 2; i += 1) {
      const answer = await fetch(`${mock.url}/_mock/`, { headers: { accept: 'text/html' } });
      policies.add(answer.headers.get('content-security-policy'));
      expect(answer.headers.get('cache-control')).toBe('no-store');
      text = await answer.text();
    }
    expect(policies.size).toBe(2);
    const [policy = ''] = [...policies];
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
    const script = /src="\.\/(console\/[^"]+\.js)"/.exec(text)?.[1];
    const headers = { 'accept-encoding': 'br' };
    const file = await fetch(`${mock.url}/_mock/${script}`, { headers });
    expect(file.headers.get('content-encoding')).toBe('br');
    expect(Number(file.headers.get('content-length'))).toBeLessThan(300_000);
    expect(file.headers.get('cache-control')).toMatch(/immutable/);
    const outside = await fetch(`${mock.url}/_mock/console/..%2findex.html`);
    expect([401, 404]).toContain(outside.status);
    await mock.stop();
  });

  it('goes on by itself when the server has restarted', async () => {
    const first = await startTestServer();
    const port = new URL(first.url).port;
    const page = await browser.newPage();
    await page.goto(`${first.url}/_mock/`);
    await page.getByText('Connected', { exact: true }).waitFor();
    await first.stop();
    await page.getByText(/The server does not answer/).waitFor();
    const second = await startTestServer({ options: { port } });
    await page.getByText('Connected', { exact: true }).waitFor();
    await fetch(`${second.url}/nothing`);
    const row = page.getByRole('row', { name: /\/nothing 404/ });
    await row.waitFor();
    expect(await row.count()).toBe(1);
    await page.close();
    await second.stop();
  });

  it('says that a sandbox is not there, and creates it', async () => {
    const mock = await startTestServer();
    const page = await browser.newPage();
    await page.goto(`${mock.url}/_mock/#/nobody/traffic`);
    await page.getByRole('heading', { name: 'There is no sandbox nobody' }).waitFor();
    await page.getByRole('button', { name: 'Create it now' }).click();
    await page.getByRole('heading', { name: 'No requests yet' }).waitFor();
    expect((await fetch(`${mock.url}/_mock/sandboxes/nobody`)).status).toBe(200);
    await page.close();
    await mock.stop();
  });
});
