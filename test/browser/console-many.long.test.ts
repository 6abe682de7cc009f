/** The console with 10,000 requests in its list: it scrolls and filters without delay. */
import { beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { useConsole } from '../support/use-console.ts';

const ENTRIES = 10_000;
const LIST = '/api/catalog/licenses/program/?page_size=1';
const headers = { authorization: 'Api-Token dm-admin' };

describe.skipIf(!hasBrowser)('the console with 10,000 requests', () => {
  const mock = useConsole(() => ({ options: { 'journal-size': String(ENTRIES) } }));
  beforeAll(async () => {
    for (let sent = 0; sent < ENTRIES; sent += 50) {
      const batch = Array.from({ length: 50 }, (_, index) =>
        fetch(`${mock.url}${(sent + index) % 10 === 0 ? '/nothing' : LIST}`, { headers }),
      );
      await Promise.all(batch.map(async (each) => (await each).text()));
    }
  }, 300_000);

  it('has no task over 50 ms while it scrolls, and filters within 100 ms', async () => {
    const page = await mock.open();
    await page.getByText('10000 requests', { exact: true }).waitFor({ timeout: 60_000 });
    const measured = await page.evaluate<{ readonly longest: number; readonly filter: number }>(`
      (async () => {
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        const list = document.querySelector('.list-scroll');
        // Whatever is still to be compiled is compiled.
        for (let i = 0; i < 30; i += 1) { list.scrollTop += 300; await frame(); }
        const longestTask = async () => {
          let longest = 0;
          const observer = new PerformanceObserver((entries) => {
            for (const { duration } of entries.getEntries()) longest = Math.max(longest, duration);
          });
          observer.observe({ type: 'longtask' });
          for (let i = 0; i < 120; i += 1) { list.scrollTop += 900; await frame(); }
          await new Promise((done) => setTimeout(done, 200));
          observer.disconnect();
          list.scrollTop = 0;
          await frame();
          return longest;
        };
        // Other work on the machine makes a task long now and then. The page's own long task is there each time.
        let longest = Infinity;
        for (let round = 0; round < 5 && longest > 50; round += 1) {
          longest = Math.min(longest, await longestTask());
        }

        const search = document.querySelector('input[type=search]');
        const type = (text) => {
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(search, text);
          search.dispatchEvent(new Event('input', { bubbles: true }));
        };
        const count = () => document.querySelector('.toolbar [role=status]').textContent;
        const until = async (text) => { while (count() !== text) await frame(); };
        type('warm-up that matches nothing');
        await until('0 of ${ENTRIES}');
        type('');
        await until('${ENTRIES} requests');
        const started = performance.now();
        type('nothing');
        await until('${ENTRIES / 10} of ${ENTRIES}');
        return { longest, filter: performance.now() - started };
      })()
    `);
    expect(measured.longest).toBeLessThanOrEqual(50);
    expect(measured.filter).toBeLessThanOrEqual(100);
  });
});
