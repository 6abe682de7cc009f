/** The console's Vendors view, used as a person would: the ledger and its switches, the specs, a request that is tried. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/ledger/calibration.ts';
import { renderYaml } from '../../src/yaml/render-yaml.ts';
import { hasBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/console-page.ts';
import { testFolder } from '../support/folder.ts';
import { startTestServer } from '../support/server.ts';
import { useConsole } from '../support/use-console.ts';

const folder = testFolder();
const LIST = '/api/catalog/licenses/program/?page_size=1';

describe.skipIf(!hasBrowser)('the Vendors view', { timeout: 60_000 }, () => {
  const mock = useConsole(() => ({ scenario: 'demo' }));

  const open = async (
    rest: string,
    { sandbox = 'default', ...look }: { sandbox?: string; scheme?: 'dark'; width?: number } = {},
  ) => {
    if (sandbox !== 'default')
      await fetch(`${mock.url}/_mock/sandboxes/${sandbox}`, { method: 'PUT' });
    const page = await mock.open({ at: `#/${sandbox}/vendors${rest}`, ...look });
    page.setDefaultTimeout(10_000);
    return page;
  };
  const nextPage = async (): Promise<unknown> => {
    const headers = { authorization: 'Api-Token dm-admin' };
    const answer = await fetch(`${mock.url}/_sandbox/switches${LIST}`, { headers });
    return ((await answer.json()) as { readonly next_page: unknown }).next_page;
  };

  it('finds a row by what its sources say, switches it, and undoes that', async () => {
    const before = await nextPage();
    expect(before).toContain('page=2');
    const page = await open('/ledger', { sandbox: 'switches' });
    const search = page.getByRole('searchbox', { name: 'Search the ledger' });
    await search.fill('absolute neighbourhood');
    await page.getByText('No row matches.').waitFor();
    await search.fill('page absolute sibling');
    await page.getByRole('link', { name: /IBL-PAGE-LINKS/ }).click();
    const row = page.getByRole('article', { name: /Format of the links/ });
    await row.getByText('docs sample response').waitFor();
    await row.getByRole('radio', { name: 'integers' }).click();
    await page.getByText('IBL-PAGE-LINKS is now integers.').waitFor();
    expect(await nextPage()).toBe(2);

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    expect(await row.getByRole('radio', { name: /^urls/ }).isChecked()).toBe(true);
    expect(await nextPage()).toBe(before);
  });

  it('says why a row cannot be switched, and what a calibration found out', async () => {
    const asked = ['GET /incoming/v2/clients?sort=nothing → 400 application/json { error }'];
    const file = path.join(folder, 'calibration.yaml');
    const calibration: Calibration = {
      vendor: 'thought-industries',
      date: '2026-11-20',
      versions: {},
      settings: { 'TI-SORT': 'refused' },
      rows: {
        'TI-SORT': { verdict: 'confirmed', choice: 'refused', asked },
        'TI-PATHS': {
          verdict: 'none fits',
          differs: [{ kind: 'status', at: 'GET /x', mock: '200', live: '404' }],
        },
      },
      sentences: [{ row: 'TI-SORT', mock: 'sort is wrong.', live: 'Unknown sort.' }],
      left: [],
    };
    writeFileSync(file, renderYaml(calibration));
    const calibrated = await startTestServer({ options: { calibration: file } });
    try {
      const at = '#/default/vendors/ledger/TI-SORT';
      const page = await mock.open({ at }, calibrated.url);
      await page.getByRole('heading', { name: 'At the live vendor, 2026-11-20' }).waitFor();
      await page
        .getByText('It says “Unknown sort.” where the mock says “sort is wrong.”.')
        .waitFor();
      await page.getByText('What was asked').click();
      await page.getByText(asked[0] ?? '').waitFor();
      await page.getByRole('link', { name: /TI-PATHS/ }).click();
      await page.getByRole('heading', { name: 'Why it cannot be switched' }).waitFor();
      await page.getByText('The vendor has 404, the mock 200.').waitFor();
      await expectAccessible(page);
    } finally {
      await calibrated.stop();
    }
  });

  it('sets a number by keyboard, and lists what this sandbox has switched', async () => {
    const page = await open('/ledger/IBL-PAGE-SIZE', { sandbox: 'numbers' });
    await page.getByRole('slider').focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'Tab', 'Tab', 'Enter']) {
      await page.keyboard.press(key);
    }
    await page.getByText('IBL-PAGE-SIZE is now 3.').waitFor();
    const sandbox = await fetch(`${mock.url}/_mock/sandboxes/numbers`);
    expect(await sandbox.json()).toMatchObject({ settings: { 'IBL-PAGE-SIZE': '3' } });
    await page.getByRole('combobox', { name: 'Switch' }).selectOption('Switched here');
    await page.getByText(/^1 of \d+ rows$/).waitFor();
    await page.getByRole('button', { name: 'Back to 20' }).click();
    await page.getByText('No row matches.').waitFor();
  });

  it('goes from a number of the coverage to its rows, and by keyboard to one and back', async () => {
    const page = await open('');
    const name = /^\d+ Executed: ledger of createProgramLicense$/;
    const link = page.getByRole('link', { name });
    const count = await link.textContent();
    await link.click();
    const list = page.getByRole('list', { name: 'Rows of the ledger' });
    await list.getByRole('link').first().focus();
    expect(await list.getByRole('link').count()).toBe(Number(count));
    await page.keyboard.press('ArrowDown');
    const second = await list.getByRole('link').nth(1).textContent();
    await page.keyboard.press('Enter');
    await page.getByRole('article').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('article').waitFor({ state: 'detached' });
    const focused = () => page.evaluate<unknown>('document.activeElement?.textContent');
    await expect.poll(focused).toBe(second);
    expect(await list.getByRole('link').count()).toBe(Number(count));
  });

  it('reads an operation, tries it with credentials that work, and lands in Traffic', async () => {
    const page = await open('/thought-industries/createLicense');
    const operation = page.getByRole('article', { name: 'Create a license' });
    await operation.getByText('Identifies the client that the license is for.').first().waitFor();
    await operation.getByRole('heading', { name: 'Refusals' }).waitFor();
    await operation.getByRole('button', { name: 'Try it' }).click();
    const form = operation.getByRole('region', { name: 'Try it in sandbox default' });
    await form.getByRole('combobox', { name: 'Credentials' }).waitFor();
    await form.getByRole('button', { name: 'Send' }).click();
    await form.getByLabel('Body of the answer').getByText('"Spring cohort"').first().waitFor();
    await form.getByRole('link', { name: /See why in Traffic/ }).click();
    await page.getByRole('heading', { name: /200 POST createLicense/ }).waitFor();
    expect(page.url()).toMatch(/#\/default\/traffic\/default-\d+$/);
  });

  it('tries an operation in another sandbox without credentials, and shows the refusal', async () => {
    const page = await open('/ibl/listProgramLicenses', { sandbox: 'tried' });
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByRole('combobox', { name: 'Credentials' }).selectOption('none');
    await page.getByRole('textbox', { name: 'page_size' }).fill('2');
    await page
      .getByText(/\/_sandbox\/tried\/api\/catalog\/licenses\/program\/\?page_size=2$/)
      .waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByLabel('Body of the answer').waitFor();
    const said = await page.getByRole('status').allTextContents();
    expect(said.join('\n')).toMatch(/401 .*See why in Traffic: tried-1/);
  });

  it.each([{}, { scheme: 'dark' }, { width: 360 }] as const)('keeps to WCAG, %o', async (look) => {
    for (const rest of [
      '',
      '/ledger',
      '/ledger/IBL-PAGE-LINKS',
      '/ledger/ALICE-PAGE-SIZE',
      '/alice',
    ]) {
      const page = await open(rest, look);
      await page
        .getByRole(rest === '' ? 'table' : 'listitem')
        .first()
        .waitFor({ state: 'attached' });
      await expectAccessible(page);
    }
    const page = await open('/alice/updateLicense', look);
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByLabel('Body of the answer').waitFor();
    await expectAccessible(page);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(width).toBeLessThanOrEqual(0);
  });
});
