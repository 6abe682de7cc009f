/** The console's view of the state: records, snapshots, the state as a file. */
import { beforeEach, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/console-page.ts';
import { createLicense } from '../support/ibl-client.ts';
import { useConsole, type ConsoleOptions } from '../support/use-console.ts';

const RECORDS = '#/default/state/records/ibl.program-licenses';
const HOSTILE = '<img src=x onerror="document.title=1">';

describe.skipIf(!hasBrowser)('the state in the console', { timeout: 60_000 }, () => {
  const mock = useConsole(() => ({ scenario: 'demo', clock: '2026-06-01T00:00:00Z' }));
  beforeEach(async () => {
    await fetch(`${mock.url}/_mock/sandboxes/default`, { method: 'PUT' });
  });
  const open = (at: string, look: ConsoleOptions = {}) => mock.open({ at, ...look });

  it('lists records, sorts them by a click and finds one by any value', async () => {
    const page = await open(RECORDS);
    const names = () => page.getByRole('row').locator('td:nth-child(2)').allInnerTexts();
    await page.getByText('42 records').waitFor();
    await page.getByRole('button', { name: 'name' }).click();
    await page.locator('th[aria-sort=ascending]', { hasText: 'name' }).waitFor();
    const isSorted = async () => {
      const shown = await names();
      return shown.join('\n') === shown.toSorted().join('\n');
    };
    await expect.poll(isSorted).toBe(true);
    await page.getByLabel('Search records').fill('ACME-BAR-SPRING');
    await page.getByText('1 records').waitFor();
    expect(await names()).toEqual(['Bar Exam, spring cohort']);
  });

  it('shows the life of a record, its seats and history, and the requests about it', async () => {
    await createLicense(mock.url, { name: HOSTILE, expired: '2026-07-01T00:00:00Z' });
    const page = await open(RECORDS);
    await page.getByLabel('Search records').fill('<img');
    await page.getByRole('row', { name: /<img/ }).click();
    const detail = page.getByRole('article');
    await detail.getByRole('heading', { name: HOSTILE }).waitFor();
    const life = await detail.getByRole('listitem').allInnerTexts();
    expect(life.map((text) => text.split('\n')[0])).toEqual(
      expect.arrayContaining(['created', 'now', 'expires']),
    );
    expect(life.findIndex((text) => text.startsWith('now'))).toBeLessThan(
      life.findIndex((text) => text.startsWith('expires')),
    );
    await detail.getByRole('heading', { name: /Program license history 1/ }).waitFor();
    expect(await page.locator('.main img').count()).toBe(0);
    await detail.getByRole('link', { name: /200 POST createProgramLicense/ }).click();
    await page.getByRole('heading', { name: 'Why' }).waitFor();
  });

  it("edits a record by the vendor's own operation", async () => {
    const page = await open(`${RECORDS}/1`);
    await page.getByRole('button', { name: 'Edit' }).click();
    const body = page.getByLabel('Body', { exact: true });
    const draft = JSON.parse(await body.inputValue()) as Readonly<Record<string, unknown>>;
    expect(draft).toMatchObject({ license_id: 1, name: 'Bar Exam, spring cohort' });
    await body.fill(JSON.stringify({ license_id: 1, count: 321 }));
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('heading', { name: /200 POST updateProgramLicense/ }).waitFor();
    await page.goBack();
    await page.getByRole('group', { name: 'The record' }).getByText('321').waitFor();
    expect(await page.getByRole('row', { name: /spring cohort/ }).innerText()).toContain('321');
  });

  it('makes a record from the example of the spec', async () => {
    const page = await open(RECORDS);
    await page.getByRole('button', { name: 'New' }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('heading', { name: /200 POST createProgramLicense/ }).waitFor();
    const { total } = (await (
      await fetch(`${mock.url}/_mock/sandboxes/default/collections/ibl.program-licenses/records`)
    ).json()) as { readonly total: number };
    expect(total).toBe(43);
  });

  it('takes a snapshot, tells what changed since, and goes back to it', async () => {
    const page = await open('#/default/state/snapshots');
    await page.getByLabel('Name').fill('before');
    await page.getByRole('button', { name: 'Take snapshot' }).click();
    await page.getByRole('link', { name: 'Compare before with now' }).click();
    await page.getByText('Nothing has changed.').waitFor();
    await createLicense(mock.url, { name: HOSTILE });
    await page.getByText(/records? differs?\./).waitFor();
    await page.getByText(`new ${HOSTILE}`).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await page.getByText('Nothing has changed.').waitFor();
    expect(await page.locator('.main img').count()).toBe(0);
  });

  it('edits the state as a file, and takes that back', async () => {
    const page = await open('#/default/state/file');
    const editor = page.getByLabel('The state of default as YAML');
    await editor.waitFor();
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('name: mine\nibl: { licenses: [] }\n');
    await page.getByRole('button', { name: 'Replace the state' }).click();
    await page.getByText('default has this state now.').waitFor();
    const count = async () => {
      const answer = await fetch(`${mock.url}/_mock/sandboxes/default`);
      const { records } = (await answer.json()) as { records: Record<string, number> };
      return records['ibl.program-licenses'];
    };
    expect(await count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(count).toBe(42);
  });

  it('says what is wrong with a file, and changes nothing', async () => {
    const page = await open('#/default/state/file');
    const editor = page.getByLabel('The state of default as YAML');
    await editor.waitFor();
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('ibl: { licenses: 7 }\n');
    await page.getByRole('button', { name: 'Replace the state' }).click();
    await page
      .getByText(/ibl\.licenses/)
      .last()
      .waitFor();
    expect(await page.getByRole('button', { name: 'Discard changes' }).count()).toBe(1);
  });

  it.each(['light', 'dark'] as const)('has no violation of WCAG in %s', async (scheme) => {
    const page = await open(`${RECORDS}/1`, { scheme });
    await page.getByRole('heading', { name: 'Life' }).waitFor();
    await expectAccessible(page);
    await page.goto(`${mock.url}/_mock/#/default/state/file`);
    await page.getByLabel('The state of default as YAML').waitFor();
    await expectAccessible(page);
  });
});
