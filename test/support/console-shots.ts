/**
 * Takes pictures of the console to look at: every view, wide in light and dark, and 360 px narrow. Run by
 * `npm run console:shots`. The two that the README shows are kept in docs/images.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { openConsole } from './console-page.ts';
import { buildConsole } from './console.ts';
import { createLicense, listLicenses } from './ibl-client.ts';
import { startLiveVendor } from './live-vendor.ts';
import { startTestServer } from './server.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const OUT = path.join(ROOT, 'dist/console-shots');
const IMAGES = path.join(ROOT, 'docs/images');

/** Each view, and a text that stands in it when it is complete. */
const VIEWS = {
  traffic: { at: '#/default/traffic/default-4', shown: 'A body that fits the documentation' },
  state: { at: '#/default/state/records/ibl.program-licenses/1', shown: 'Life' },
  snapshots: { at: '#/default/state/snapshots/before', shown: 'Program licenses' },
  file: { at: '#/default/state/file', shown: 'description' },
  time: { at: '#/default/time', shown: 'more are to come' },
  overrides: { at: '#/default/overrides', shown: 'Presets' },
  operations: { at: '#/default/vendors', shown: 'Read its spec' },
  ledger: { at: '#/default/vendors/ledger/IBL-PAGE-LINKS', shown: 'What the sources say' },
  spec: { at: '#/default/vendors/ibl/createProgramLicense', shown: 'Answers' },
  contracts: {
    at: '#/default/contracts/states/a%20program%20license%20with%20external%20id%20%7BexternalId%7D%20exists',
    shown: 'Enter state',
  },
  live: { at: '#/live/vendors/live', shown: 'Upstream' },
  marks: { at: '#/live/traffic', shown: '2 requests' },
  drift: { at: '#/live/traffic/live-2', shown: 'explains it' },
  report: { at: '#/default/contracts/report', shown: 'No report yet' },
} as const;

const FORMS = {
  light: { scheme: 'light', width: 1280, height: 800 },
  dark: { scheme: 'dark', width: 1280, height: 800 },
  narrow: { scheme: 'light', width: 360, height: 740 },
} as const;

/** The picture of the view, and its name in docs/images. */
const KEPT = { 'traffic-light': 'console-traffic', 'state-dark': 'console-state' } as const;

async function main(): Promise<void> {
  buildConsole();
  mkdirSync(OUT, { recursive: true });
  mkdirSync(IMAGES, { recursive: true });
  const vendor = await startLiveVendor((_request, response) => {
    const page = { count: 43, next_page: 2, previous_page: null, results: [], more: true };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
  });
  const mock = await startTestServer({
    scenario: 'demo',
    clock: '2026-06-01T09:30:00Z',
    options: { upstream: `ibl=${vendor.url}` },
  });
  const browser = await startBrowser();
  await sendTraffic(mock.url);
  await sendShadowed(mock.url);
  for (const [view, { at, shown }] of Object.entries(VIEWS)) {
    for (const [form, options] of Object.entries(FORMS)) {
      const file = path.join(OUT, `${view}-${form}.png`);
      await takePicture(browser, mock.url, { at, ...options }, { shown, file });
    }
  }
  for (const [shot, name] of Object.entries(KEPT)) {
    copyFileSync(path.join(OUT, `${shot}.png`), path.join(IMAGES, `${name}.png`));
  }
  await browser.close();
  await mock.stop();
  await vendor.stop();
}

async function takePicture(
  browser: Browser,
  url: string,
  options: NonNullable<Parameters<typeof openConsole>[2]>,
  { shown, file }: { readonly shown: string; readonly file: string },
): Promise<void> {
  const { page, close } = await openConsole(browser, url, options);
  await page.getByText(shown).first().waitFor();
  // The focus ring shows where a test is, not how the page looks.
  await page.evaluate('document.activeElement?.blur()');
  await page.screenshot({ path: file });
  await close();
}

async function sendTraffic(url: string): Promise<void> {
  await listLicenses(url, 'page_size=3');
  await createLicense(url, { name: 'Spring cohort', external_id: 'PO-2026-0101' });
  await listLicenses(url, 'name=Spring', { authorization: 'Api-Token wrong' });
  await createLicense(url, { name: 'Autumn cohort', started: 'yesterday', count: '20' });
  await fetch(`${url}/api/licenses/add`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Name: 'Biology grade 9', AvailableSeats: 0 }),
  });
  await fetch(`${url}/incoming/v2/clients`, { headers: { authorization: 'Bearer ti-key' } });
  await fetch(`${url}/_mock/sandboxes/default/snapshots/before`, { method: 'PUT' });
  await createLicense(url, { name: 'Winter cohort', count: '12' });
  await fetch(`${url}/_mock/sandboxes/default/overrides`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      operation: 'createProgramLicense',
      when: { call: 1 },
      effect: { reply: { error: 'rate-limited' } },
    }),
  });
  await createLicense(url, { name: 'Refused' });
  await listLicenses(url, 'active=true');
}

/** In a sandbox of its own, one request that went to the vendor and one that was compared with its answer. */
async function sendShadowed(url: string): Promise<void> {
  const sandbox = `${url}/_mock/sandboxes/live`;
  await fetch(sandbox, { method: 'PUT' });
  for (const mode of ['proxy', 'shadow']) {
    await fetch(`${sandbox}/upstreams/ibl`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mode }),
    });
    await listLicenses(`${url}/_sandbox/live`, 'page_size=1');
  }
}

await main();
