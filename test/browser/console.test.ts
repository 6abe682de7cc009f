/** The console as a person uses it, in a real browser. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { views } from '../../src/console/views.ts';
import { hasBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/console-page.ts';
import { useConsole } from '../support/use-console.ts';

const LIST = '/api/catalog/licenses/program/';
const WAIT = { timeout: 10_000, interval: 50 };
const JSON_TYPE = { 'content-type': 'application/json' };
const IBL = { ...JSON_TYPE, authorization: 'Api-Token dm-admin' };
const license = {
  platform_key: 'acme',
  program_key: 'program-v1:acme+bar+2026',
  name: 'Spring',
  count: 5,
  started: '2026-01-01T00:00:00Z',
};

describe.skipIf(!hasBrowser)('the console', { timeout: 60_000 }, () => {
  const mock = useConsole(() => ({ scenario: 'demo' }));
  beforeEach(async () => {
    await fetch(`${mock.url}/_mock/sandboxes/default/reset`, { method: 'POST' });
  });
  const { open } = mock;
  const create = (body: object, path = `${LIST}create/`) =>
    fetch(mock.url + path, { method: 'POST', headers: IBL, body: JSON.stringify(body) });

  it('is where a browser gets to at the root, and other clients get links', async () => {
    const page = await open();
    await page.goto(mock.url);
    await page.getByRole('heading', { name: 'No requests yet' }).waitFor();
    expect(page.url()).toBe(`${mock.url}/_mock/`);
    const index = (await (await fetch(mock.url)).json()) as { readonly console: string };
    expect(index.console).toBe(`${mock.url}/_mock/`);
    const wrong = await fetch(`${mock.url}/_mock/traffic`);
    expect(wrong.status).toBe(404);
  });

  it('teaches: the commands that it shows while nothing was sent work', async () => {
    const page = await open();
    const commands = await page.locator('pre').allTextContents();
    expect(commands).toHaveLength(3);
    for (const command of commands) expect(command).toContain(mock.url);
  });

  it('tells why a create got a 400, and what to send instead', async () => {
    const page = await open();
    await create({ ...license, started: 'yesterday', count: '5' });
    await page.getByRole('row', { name: /createProgramLicense 400/ }).click();
    const detail = page.getByRole('article');
    await detail.getByRole('heading', { name: 'Why' }).waitFor();
    const text = await detail.innerText();
    expect(text).toMatch(/refuses this request for one fault/);
    expect(text).toMatch(/started\s+Request body property started must match format "date-time"/);
    expect(text).toMatch(/Documented: string, date-time, required\. The start of the license/);
    expect(text).toMatch(/because of started: “Datetime has wrong format/);
    expect(text).toMatch(/count is the text "5", which the vendor reads as 5/);
    expect(text).toMatch(/IBL-COERCIONS/);
    expect(text).toMatch(/"program_key": "program-v1:/);
    await expectAccessible(page);
  });

  it('resends a request with an edit, and shows what came of it', async () => {
    const page = await open();
    await create({ ...license, started: 'yesterday' });
    await page.getByRole('row', { name: /createProgramLicense 400/ }).click();
    await page.getByRole('button', { name: 'Resend' }).click();
    const body = page.getByLabel('Body', { exact: true });
    await body.fill((await body.inputValue()).replace('yesterday', '2026-01-01T00:00:00Z'));
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('heading', { name: /200 POST createProgramLicense/ }).waitFor();
    const { count } = (await (
      await fetch(`${mock.url}${LIST}?name=Spring`, { headers: IBL })
    ).json()) as { readonly count: number };
    expect(count).toBeGreaterThan(0);
  });

  it('copies a request as curl, with credentials that work', async () => {
    const page = await open();
    await create(license);
    await page.getByRole('row', { name: /createProgramLicense 200/ }).click();
    await page.getByRole('button', { name: 'Copy as' }).click();
    await page.getByRole('menuitem', { name: 'curl' }).click();
    await page.getByText('Copied the curl command').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain("-H 'authorization: Api-Token dm-admin'");
    expect(copied).toContain(JSON.stringify(license));
    await page.getByRole('button', { name: 'Copy as' }).click();
    await page.getByRole('menuitem', { name: 'Scenario record' }).click();
    await page.getByText('Copied the scenario record').waitFor();
    const record = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(record).toMatch(/^ibl:\n {2}licenses:\n {4}- /);
    expect(record).toContain('name: Spring');
  });

  it('compares two requests', async () => {
    const page = await open();
    await create(license);
    await create({ ...license, name: 'Autumn' });
    const rows = page.getByRole('row', { name: /createProgramLicense/ });
    await expect.poll(() => rows.count()).toBe(2);
    await rows.first().click();
    await page.getByRole('button', { name: 'Compare' }).click();
    await rows.last().click();
    const text = await page.getByRole('article').innerText();
    expect(text).toMatch(/− +"name": "Autumn"/);
    expect(text).toMatch(/\+ +"name": "Spring"/);
    await expectAccessible(page);
  });

  it('limits the third call from one click on, and takes that back', async () => {
    const page = await open({ at: '#/default/overrides' });
    await page.getByLabel('Operation').selectOption('listProgramLicenses');
    await page.getByLabel('Only the n-th call').fill('3');
    await page.getByRole('button', { name: 'Add override' }).click();
    await page.getByRole('cell', { name: 'call 3 of listProgramLicenses' }).waitFor();
    const statuses = [];
    for (let i = 0; i < 3; i += 1) {
      statuses.push((await fetch(mock.url + LIST, { headers: IBL })).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    await expectAccessible(page);
    await page.getByRole('button', { name: /Remove override/ }).click();
    const removed = page.locator('.toast').filter({ hasText: 'was removed' });
    await removed.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('cell', { name: 'call 3 of listProgramLicenses' }).waitFor();
  });

  it('previews an override: what it matches, and the answer, without acting on anybody', async () => {
    await create(license);
    await fetch(mock.url + LIST, { headers: IBL });
    const page = await open({ at: '#/default/overrides' });
    await page.getByLabel('Operation').selectOption('createProgramLicense');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('1 past request matches').waitFor();
    const answer = page.getByLabel('The answer under the override');
    await answer.waitFor();
    expect(await answer.innerText()).toMatch(/^HTTP 429[^]*Request was throttled/);
    const { sandboxes } = (await (await fetch(`${mock.url}/_mock/sandboxes`)).json()) as {
      readonly sandboxes: readonly { readonly name: string }[];
    };
    expect(sandboxes.map(({ name }) => name)).not.toContainEqual(expect.stringMatching(/preview/));
    expect((await create(license)).status).toBe(200);
  });

  it('makes an override of a request', async () => {
    const page = await open();
    await create(license);
    await page.getByRole('row', { name: /createProgramLicense 200/ }).click();
    await page.getByRole('link', { name: 'Override…' }).click();
    await page.getByRole('heading', { name: /New override, from default-/ }).waitFor();
    await page.getByLabel('An answer of your own').check();
    await page.getByLabel('Status').fill('503');
    await page.getByRole('button', { name: 'Add override' }).click();
    await page.getByText(/acts from now on/).waitFor();
    expect((await create(license)).status).toBe(503);
  });

  it.each(['light', 'dark'] as const)('has no violation of WCAG in %s', async (scheme) => {
    await create(license);
    const page = await open({ scheme });
    await page.getByRole('row', { name: /createProgramLicense/ }).waitFor();
    await expectAccessible(page);
    for (const view of views.filter((each) => each !== 'traffic')) {
      await page.goto(`${mock.url}/_mock/#/default/${view}`);
      await page.locator('.main h1, .main h2').first().waitFor();
      await expectAccessible(page);
    }
  });

  it('shows whatever traffic brings as text', async () => {
    const name =
      '<img src=x onerror="document.title=`owned`"><script>document.title="owned"</script>';
    await create({ ...license, name });
    await fetch(`${mock.url}/api/licenses/add`, {
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      body: `<a:LicenseDto xmlns:a="x"><s:script xmlns:s="http://www.w3.org/1999/xhtml">document.title="owned"</s:script></a:LicenseDto>`,
    });
    await fetch(`${mock.url}/${encodeURIComponent(name)}?q=${encodeURIComponent(name)}`);
    const page = await open();
    for (const row of [/createProgramLicense/, /addLicense/, /404/]) {
      await page.getByRole('row', { name: row }).first().click();
      await page.getByRole('heading', { name: 'Why' }).waitFor();
    }
    expect(await page.locator('.main img, .main script').count()).toBe(0);
    expect(await page.title()).not.toContain('owned');
  });

  it('answers story one with the keyboard alone', async () => {
    await create({ ...license, started: 'yesterday' });
    const page = await open();
    await page.getByRole('row', { name: /createProgramLicense 400/ }).waitFor();
    const isInGrid = () => page.evaluate<string>("document.activeElement?.getAttribute('role')");
    for (let i = 0; i < 25 && (await isInGrid()) !== 'grid'; i += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /400 POST/ }).waitFor();
    expect(await page.evaluate<string>('document.activeElement?.textContent')).toMatch(/^400POST/);
    await page.keyboard.press('Escape');
    await page.getByRole('article').waitFor({ state: 'detached' });
    expect(await isInGrid()).toBeNull();
  });

  it('counts failures that nobody has seen in its title', async () => {
    const page = await open({ at: '#/default/overrides' });
    await page.getByRole('heading', { name: 'Presets' }).waitFor();
    await create({});
    await vi.waitFor(async () => expect(await page.title()).toBe('(1) license-mock'), WAIT);
    await page.getByRole('link', { name: 'Traffic' }).click();
    await vi.waitFor(async () => expect(await page.title()).toBe('license-mock'), WAIT);
  });

  it('keeps two sandboxes apart, one page each', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Sandbox default' }).click();
    await page.getByRole('menuitem', { name: 'New sandbox' }).click();
    await page.getByLabel('Name').fill('tester-two');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Sandbox tester-two' }).waitFor();
    await create(license);
    await create(license, `/_sandbox/tester-two${LIST}create/`);
    await page.getByRole('row', { name: /createProgramLicense/ }).waitFor();
    await page.getByText('1 request', { exact: true }).waitFor();
    expect(await page.getByRole('row', { name: /createProgramLicense/ }).count()).toBe(1);
    await fetch(`${mock.url}/_mock/sandboxes/tester-two`, { method: 'DELETE' });
  });
});
