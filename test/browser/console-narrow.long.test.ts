/** The console on a telephone: no view is wider than 360 px. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, startBrowser } from '../support/browser.ts';
import { openConsole } from '../support/console-page.ts';
import { buildConsole } from '../support/console.ts';
import { createLicense } from '../support/ibl-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const WIDTH = 360;

describe.skipIf(!hasBrowser)('at 360 px', { timeout: 60_000 }, () => {
  let browser: Browser;
  let mock: TestServer;
  beforeAll(async () => {
    buildConsole();
    const options = { scenario: 'demo', clock: '2026-06-01T00:00:00Z' };
    [browser, mock] = await Promise.all([startBrowser(), startTestServer(options)]);
    await createLicense(mock.url, { started: 'yesterday', name: 'a'.repeat(300) });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await mock.stop();
  });

  it.each([
    ['traffic', 'Pause'],
    ['traffic/default-1', 'Why'],
    ['state', 'Search any value'],
    ['state/records/ibl.program-licenses/1', 'Life'],
    ['state/snapshots', 'Take snapshot'],
    ['state/file', 'Replace the state'],
    ['time', 'Next events'],
    ['overrides', 'Presets'],
    ['vendors', 'Read its spec'],
    ['vendors/ledger/IBL-PAGE-LINKS', 'What the sources say'],
    ['vendors/ibl/createProgramLicense', 'Try it'],
    ['contracts', 'a client exists'],
    ['contracts/report', 'No report yet'],
  ])('%s is not wider', async (at, shown) => {
    const options = { at: `#/default/${at}`, width: WIDTH, height: 740 };
    const { page, close } = await openConsole(browser, mock.url, options);
    const found = page.getByText(shown).or(page.getByPlaceholder(shown)).first();
    await found.waitFor();
    const widths = await page.evaluate<readonly number[]>(
      `['.app', '.top', '.nav', '.main', '.toolbar', '.split', '.page']
        .map((each) => document.querySelector(each))
        .filter(Boolean)
        .map((each) => Math.max(each.scrollWidth, each.getBoundingClientRect().right))`,
    );
    expect(Math.max(...widths)).toBeLessThanOrEqual(WIDTH);
    await close();
  });
});
