/** The console on a telephone: no view is wider than 360 px. */
import { beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { createLicense } from '../support/ibl-client.ts';
import { useConsole } from '../support/use-console.ts';

const WIDTH = 360;

describe.skipIf(!hasBrowser)('at 360 px', { timeout: 60_000 }, () => {
  const mock = useConsole(() => ({ scenario: 'demo', clock: '2026-06-01T00:00:00Z' }));
  beforeAll(async () => {
    await createLicense(mock.url, { started: 'yesterday', name: 'a'.repeat(300) });
  }, 120_000);

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
    const page = await mock.open(options);
    const found = page.getByText(shown).or(page.getByPlaceholder(shown)).first();
    await found.waitFor();
    const widths = await page.evaluate<readonly number[]>(
      `['.app', '.top', '.nav', '.main', '.toolbar', '.split', '.page']
        .map((each) => document.querySelector(each))
        .filter(Boolean)
        .map((each) => Math.max(each.scrollWidth, each.getBoundingClientRect().right))`,
    );
    expect(Math.max(...widths)).toBeLessThanOrEqual(WIDTH);
  });
});
