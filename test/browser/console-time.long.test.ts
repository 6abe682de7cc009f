/** The console's view of the time: an app is watched while a license expires. */
import { beforeEach, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/console-page.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { useConsole, type ConsoleOptions } from '../support/use-console.ts';

const NOW = '2026-06-01T00:00:00Z';

describe.skipIf(!hasBrowser)('the time in the console', { timeout: 60_000 }, () => {
  const mock = useConsole(() => ({ clock: NOW }));
  beforeEach(async () => {
    await fetch(`${mock.url}/_mock/sandboxes/default`, { method: 'PUT' });
  });
  const open = (look: ConsoleOptions = {}) => mock.open({ at: '#/default/time', ...look });
  const clock = async () => {
    const answer = await fetch(`${mock.url}/_mock/sandboxes/default/clock`);
    return (await answer.json()) as { readonly mode: string; readonly now: string };
  };

  it('expires a license while an app looks on', async () => {
    await createLicense(mock.url, { name: 'Spring', expired: '2026-07-01T00:00:00Z' });
    await createLicense(mock.url, { name: 'Autumn', expired: '2026-11-01T00:00:00Z' });
    const active = async () => {
      const answer = await listLicenses(mock.url, 'active=true');
      const { results } = (await answer.json()) as { results: { name: string }[] };
      return results.map(({ name }) => name);
    };
    expect((await active()).toSorted()).toEqual(['Autumn', 'Spring']);
    const page = await open();
    const events = page.getByRole('list').getByRole('listitem');
    await events.first().waitFor();
    expect(await events.allInnerTexts()).toEqual([
      expect.stringMatching(/2026-07-01 00:00\s+in 30 days\s+Spring expires/),
      expect.stringMatching(/2026-11-01 00:00\s+in 153 days\s+Autumn expires/),
    ]);
    await page.getByRole('button', { name: 'Jump to just before: Spring expires' }).click();
    await page.getByText('The clock shows 2026-06-30 23:59:59 UTC.').waitFor();
    expect(await active()).toHaveLength(2);
    await page.getByRole('button', { name: 'Jump to just after: Spring expires' }).click();
    await page.getByText('The clock shows 2026-07-01 00:00:01 UTC.').waitFor();
    await expect.poll(() => events.count()).toBe(1);
    expect(await clock()).toEqual({ mode: 'frozen', now: '2026-07-01T00:00:01.000Z' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(async () => (await clock()).now).toBe('2026-06-30T23:59:59.000Z');
  });

  it('moves, sets, runs and freezes the clock, and returns to real time', async () => {
    const page = await open();
    await page.getByText('Frozen: it stays there until you move it.').waitFor();
    await page.getByRole('button', { name: '+30 days' }).click();
    await page.getByText('The clock shows 2026-07-01 00:00:00 UTC.').waitFor();
    await page.getByLabel('Set to, in UTC').fill('2030-01-02T03:04');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByText('The clock shows 2030-01-02 03:04:00 UTC.').waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/Running, 3 years \d+ days ahead of real time/).waitFor();
    await page.getByRole('button', { name: 'Back to real time' }).click();
    await page.getByText('Running: it shows real time.').waitFor();
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.getByText('Frozen: it stays there until you move it.').waitFor();
    expect((await clock()).mode).toBe('frozen');
  });

  it.each(['light', 'dark'] as const)('has no violation of WCAG in %s', async (scheme) => {
    await createLicense(mock.url, { name: 'Spring', expired: '2026-07-01T00:00:00Z' });
    const page = await open({ scheme });
    await page.getByRole('link', { name: 'Spring' }).waitFor();
    await expectAccessible(page);
  });
});
