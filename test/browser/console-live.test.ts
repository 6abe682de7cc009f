/** The console where a live vendor stands behind the mock: modes, proxied requests, drift. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/console-page.ts';
import { control } from '../support/control-client.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { startLiveVendor, type LiveVendor } from '../support/live-vendor.ts';
import { useConsole } from '../support/use-console.ts';

/** A page of ibl whose links are integers: the ledger's IBL-PAGE-LINKS explains it. */
const PAGE = { count: 43, next_page: 2, previous_page: null, results: [], more: true };

describe.skipIf(!hasBrowser)('live vendors in the console', { timeout: 60_000 }, () => {
  let vendor: LiveVendor;
  beforeAll(async () => {
    vendor = await startLiveVendor((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(PAGE));
    });
  });
  afterAll(() => vendor.stop());
  const mock = useConsole(() => ({
    scenario: 'demo',
    options: { upstream: `ibl=${vendor.url}`, 'upstream-header': 'ibl=Authorization: live-secret' },
  }));
  beforeEach(async () => {
    await fetch(`${mock.url}/_mock/sandboxes/default`, { method: 'PUT' });
  });
  const setMode = (mode: string) =>
    control(mock.url, 'PUT /sandboxes/default/upstreams/ibl', { mode });
  const drifted = async () => {
    await setMode('shadow');
    await listLicenses(mock.url, 'page_size=1');
    const entries = async () =>
      (await control(mock.url, 'GET /sandboxes/default/journal?drift=true')).body['total'];
    await expect.poll(entries).toBe(1);
  };

  it('switches the mode of a vendor, undoes that, and tells how to name an upstream', async () => {
    const page = await mock.open({ at: '#/default/vendors' });
    await page.getByRole('link', { name: 'Live vendor' }).click();
    const ibl = page.getByRole('region', { name: /ibl/i });
    await ibl.getByText(vendor.url).waitFor();
    await ibl.getByRole('radio', { name: /^Proxy/ }).click();
    await page.getByText(/is now in mode proxy/).waitFor();
    await createLicense(mock.url);
    expect(vendor.seen.at(-1)?.method).toBe('POST');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    expect(await ibl.getByRole('radio', { name: /^Mock/ }).isChecked()).toBe(true);

    const alice = page.getByRole('region', { name: /alice/i });
    await alice.getByText('serve --upstream alice=URL').waitFor();
    expect(await alice.getByRole('radio', { name: /^Mock/ }).isChecked()).toBe(true);
    for (const radio of await alice.getByRole('radio').all()) {
      expect(await radio.isDisabled()).toBe(true);
    }
    expect(await page.content()).not.toContain('live-secret');
  });

  it('names the mode beside the operations of a vendor, and leads to its switch', async () => {
    await setMode('fallback');
    const page = await mock.open({ at: '#/default/vendors' });
    await page.getByRole('link', { name: 'fallback' }).click();
    const ibl = page.getByRole('region', { name: /ibl/i });
    await ibl.getByRole('radio', { name: /^Fallback/ }).waitFor();
    expect(await ibl.getByRole('radio', { name: /^Fallback/ }).isChecked()).toBe(true);
  });

  it('marks what was proxied, and finds it', async () => {
    await listLicenses(mock.url);
    await setMode('proxy');
    await createLicense(mock.url);
    const page = await mock.open();
    await page.getByRole('row', { name: /createProgramLicense 200 .*proxied/ }).waitFor();
    await page.getByRole('combobox', { name: 'Status' }).selectOption('Proxied to the vendor');
    await page.getByText('1 of 2', { exact: true }).waitFor();
    expect(await page.getByRole('row', { name: /listProgramLicenses/ }).count()).toBe(0);
    await page.getByRole('row', { name: /createProgramLicense/ }).click();
    await page.getByText(/was forwarded, and .* itself gave this answer/).waitFor();
  });

  it('marks both on a telephone too', async () => {
    await drifted();
    await setMode('proxy');
    await listLicenses(mock.url);
    const page = await mock.open({ width: 360 });
    await page.getByRole('row', { name: /proxied/ }).waitFor();
    for (const mark of ['proxied', 'drift']) {
      expect(await page.getByRole('row').getByText(mark, { exact: true }).isVisible()).toBe(true);
    }
  });

  it('shows drift as soon as the vendor has answered, with the ledger row that explains it', async () => {
    const page = await mock.open();
    await drifted();
    const row = page.getByRole('row', { name: /listProgramLicenses 200 .*drift/ });
    await row.waitFor();
    expect(await row.count()).toBe(1);
    await listLicenses(mock.url, 'no=drift', { authorization: 'none' });
    await page.getByText('2 requests', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Status' }).selectOption('With drift');
    await page.getByText('1 of 2', { exact: true }).waitFor();
    await row.click();
    const detail = page.getByRole('article');
    const text = await detail.innerText();
    expect(text).toMatch(/body\.next_page\s+type\s+Mock\s+string\s+Vendor\s+(integer|number)/);
    expect(text).toMatch(/No row of the ledger explains it/);
    await expectAccessible(page);
    const link = detail
      .getByText(/explains it: with/)
      .getByRole('link', { name: 'IBL-PAGE-LINKS' });
    await link.click();
    await page.getByRole('article', { name: /Format of the links/ }).waitFor();
  });

  it.each([{}, { scheme: 'dark' }, { width: 360 }] as const)('keeps to WCAG, %o', async (look) => {
    await drifted();
    for (const [at, shown] of [
      ['vendors/live', 'Upstream:'],
      ['vendors', 'shadow'],
      ['traffic/default-1', 'Compared with the live vendor'],
    ]) {
      const page = await mock.open({ at: `#/default/${at}`, ...look });
      await page
        .getByText(shown ?? '', { exact: false })
        .first()
        .waitFor();
      await expectAccessible(page);
      const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect(over).toBeLessThanOrEqual(0);
    }
  });
});
