/** The console's view of contracts: provider states are entered, a report is read. */
import { describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/console-page.ts';
import { useConsole, type ConsoleOptions } from '../support/use-console.ts';

const STATE = 'a program license with external id {externalId} exists';
const report = {
  held: false,
  durationMs: 5,
  faults: [{ file: 'contracts/none.json', message: 'is missing' }],
  rows: [
    {
      file: 'contracts/seat-shop-ibl.json',
      consumer: 'seat-shop',
      vendor: 'ibl',
      description: 'an order of seats',
      states: [{ name: 'a program is offered', params: {} }],
      spec: { verdict: 'held', findings: [] },
      mock: {
        verdict: 'failed',
        findings: [
          {
            severity: 'error',
            message: 'differs',
            at: '$.name',
            expected: 'Spring',
            actual: '<img src=x onerror="document.title=1">',
          },
        ],
      },
      differences: [{ at: '$.id', mock: '1', live: '2', ledger: 'IBL-PAGE-LINKS' }],
      durationMs: 1,
    },
    {
      file: 'contracts/seat-shop-ibl.json',
      consumer: 'seat-shop',
      vendor: 'ibl',
      description: 'a list',
      states: [],
      spec: { verdict: 'held', findings: [] },
      mock: { verdict: 'held', findings: [] },
      differences: [],
      durationMs: 1,
    },
  ],
};

describe.skipIf(!hasBrowser)('contracts in the console', { timeout: 60_000 }, () => {
  const mock = useConsole(() => ({ scenario: 'demo' }));
  const open = (at: string, look: ConsoleOptions = {}) => mock.open({ at, ...look });
  const count = async () => {
    const answer = await fetch(`${mock.url}/_mock/sandboxes/default`);
    const { records } = (await answer.json()) as { records: Record<string, number> };
    return records['ibl.program-licenses'];
  };

  it('enters a provider state with its parameter, and takes that back', async () => {
    const page = await open('#/default/contracts');
    await page.getByLabel('Search provider states').fill('with external id');
    await page.getByRole('link', { name: /a program license with external id/ }).click();
    await page.getByRole('textbox', { name: /externalId/ }).fill('PO-4711');
    await page.getByRole('button', { name: 'Enter state' }).click();
    await page.getByText('default is in this state.').waitFor();
    await page.getByText('licenseExternalId').waitFor();
    expect(await page.getByRole('article').innerText()).toContain(
      `.given("${STATE}", {"externalId":"PO-4711"})`,
    );
    expect(await count()).toBe(1);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(count).toBe(42);
  });

  it.each(['light', 'dark'] as const)('reads a report, in %s', async (scheme) => {
    const page = await open('#/default/contracts/report', { scheme });
    await page.getByRole('heading', { name: 'No report yet' }).waitFor();
    const choose = (text: string) =>
      page.getByLabel(/Open .*report/).setInputFiles({
        name: 'report.json',
        mimeType: 'application/json',
        buffer: Buffer.from(text),
      });
    await choose('{"some":"thing"}');
    await page.getByText('This is not a verification report.').waitFor();
    await choose(JSON.stringify(report));
    await page.getByText('1 of 2 interactions fail.').waitFor();
    const row = page.getByRole('row', { name: /an order of seats/ });
    expect(await row.getByRole('cell').allInnerTexts()).toEqual(['held', 'failed', 'not asked']);
    expect(await row.innerText()).toContain('<img src=x');
    expect(await page.locator('.main img').count()).toBe(0);
    await expectAccessible(page);
    await page.getByLabel('Only what failed').check();
    expect(await page.getByRole('row').count()).toBe(2);
    await row.getByRole('link', { name: 'IBL-PAGE-LINKS' }).click();
    await page.getByRole('heading', { name: /Format of the links/ }).waitFor();
  });
});
