/** The console's Vendors view, used as a person would: the ledger and its switches, the specs, a request that is tried. */
import { existsSync } from 'node:fs';
import { expectAccessible } from '../support/console-page.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { hasBrowser, startBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const LIST = '/api/catalog/licenses/program/?page_size=1';
const isBuilt = existsSync(new URL('../../dist/console/index.html', import.meta.url));

describe.skipIf(!hasBrowser || !isBuilt)('the Vendors view', () => {
  let browser: Browser;
  let mock: TestServer;
  let context: BrowserContext;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    [browser, mock] = await Promise.all([startBrowser(), startTestServer({ scenario: 'demo' })]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await mock.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    faults = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    // A violation of the Content-Security-Policy is one of these.
    page.on('console', (message) => {
      // A refused call is shown by the browser too; the page says so itself.
      const isCall = message.text().includes('Failed to load resource');
      if (message.type() === 'error' && !isCall) faults.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(mock.url)) faults.push(request.url());
    });
  });
  afterEach(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });

  const create = (sandbox: string) =>
    fetch(`${mock.url}/_mock/sandboxes/${sandbox}`, { method: 'PUT' });
  const open = (rest: string, sandbox = 'default') =>
    page.goto(`${mock.url}/_mock/#/${sandbox}/vendors${rest}`);

  const nextPage = async (): Promise<unknown> => {
    const headers = { authorization: 'Api-Token dm-admin' };
    const answer = await fetch(`${mock.url}/_sandbox/switches${LIST}`, { headers });
    return ((await answer.json()) as { next_page: unknown }).next_page;
  };

  it('finds a row by what its sources say, switches it, and undoes that', async () => {
    const first = await nextPage();
    expect(first).toContain('page=2');
    await open('/ledger', 'switches');
    await page.getByRole('searchbox', { name: 'Search the ledger' }).fill('absolute URL neighbour');
    await page.getByText('No row matches.').waitFor();
    await page.getByRole('searchbox', { name: 'Search the ledger' }).fill('page absolute sibling');
    await page.getByRole('link', { name: /IBL-PAGE-LINKS/ }).click();
    const row = page.getByRole('article', { name: 'Format of the links' });
    await row.getByText('docs sample response').waitFor();
    await row.getByRole('radio', { name: 'integers' }).check();
    await page.getByText('IBL-PAGE-LINKS is now integers.').waitFor();
    expect(await nextPage()).toBe(2);

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    expect(await row.getByRole('radio', { name: /^urls/ }).isChecked()).toBe(true);
    expect(await nextPage()).toBe(first);
  });

  it('sets a number with the keyboard, and lists what this sandbox has switched', async () => {
    await create('numbers');
    await open('/ledger/IBL-PAGE-SIZE', 'numbers');
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Set' }).click();
    await page.getByText('IBL-PAGE-SIZE is now 3.').waitFor();
    await page.getByRole('combobox', { name: 'Switch' }).selectOption('Switched here');
    await page.getByText('1 of').waitFor();
    await page.getByRole('button', { name: 'Back to 20' }).click();
    await page.getByText('IBL-PAGE-SIZE is now 20.').waitFor();
    await page.getByText('No row matches.').waitFor();
    const rows = page.getByRole('list', { name: 'Rows of the ledger' });
    expect(await rows.getByRole('link').count()).toBe(0);
  });

  it('goes from coverage to the rows behind it, and back to the list with the keyboard', async () => {
    await open('');
    await page.getByRole('link', { name: /Executed: ledger of createProgramLicense$/ }).click();
    const list = page.getByRole('list', { name: 'Rows of the ledger' });
    await list.getByRole('link').first().focus();
    await page.keyboard.press('ArrowDown');
    const second = await list.getByRole('link').nth(1).textContent();
    await page.keyboard.press('Enter');
    await page.getByRole('article').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('article').waitFor({ state: 'detached' });
    const focused = await page.evaluate<string>('document.activeElement?.textContent');
    expect(focused).toBe(second);
  });

  it('reads an operation, tries it with credentials that work, and lands in Traffic', async () => {
    await open('/thought-industries/createLicense');
    const operation = page.getByRole('article', { name: 'Create a license' });
    await operation.getByText('Identifies the client that the license is for.').waitFor();
    await operation.getByRole('heading', { name: 'Refusals' }).waitFor();
    await operation.getByRole('button', { name: 'Try it' }).click();
    const form = operation.getByRole('region', { name: 'Try it in sandbox default' });
    await form.getByRole('combobox', { name: 'Credentials' }).waitFor();
    await form.getByRole('button', { name: 'Send' }).click();
    await form.getByText('"Spring cohort"').first().waitFor();
    await form.getByRole('link', { name: 'See why in Traffic' }).click();
    await page.getByRole('heading', { name: '200 POST createLicense' }).waitFor();
    expect(page.url()).toMatch(/#\/default\/traffic\/default-\d+$/);
  });

  it('tries an operation without credentials, and shows the refusal', async () => {
    await create('tried');
    await open('/ibl/listProgramLicenses', 'tried');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByRole('combobox', { name: 'Credentials' }).selectOption('none');
    await page.getByRole('textbox', { name: 'page_size' }).fill('2');
    await page.getByText('/_sandbox/tried/api/catalog/licenses/program/?page_size=2').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    const status = page.getByText('401', { exact: true }).first();
    await status.waitFor();
    expect(await status.isVisible()).toBe(true);
  });

  it.each(['light', 'dark'] as const)(
    'has no fault that axe finds, %s',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      for (const rest of [
        '',
        '/ledger/ALICE-PAGE-SIZE',
        '/ledger/IBL-PAGE-LINKS',
        '/alice/addLicense',
      ]) {
        await open(rest);
        await page
          .getByRole(rest === '' ? 'table' : 'article')
          .first()
          .waitFor();
        const tryIt = page.getByRole('button', { name: 'Try it' });
        if (rest.startsWith('/alice')) await tryIt.click();
        await expectAccessible(page);
      }
    },
    60_000,
  );
});
