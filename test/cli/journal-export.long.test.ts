/** `license-mock journal export`: what it writes is read by the tools that it is for. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sandboxUrl, control } from '../support/control-client.ts';
import { testFolder } from '../support/folder.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { runCommand } from '../support/process.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const cwd = testFolder();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ scenario: 'demo' });
});
afterAll(() => server.stop());

const url = () => sandboxUrl(server.url, 'shop');
const run = (...args: readonly string[]) =>
  runCommand(['journal', 'export', 'shop', '--url', server.url, ...args], { cwd });
const alice = (call: string, body?: object) => {
  const [method = '', at = ''] = call.split(' ');
  return fetch(url() + at, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
};

beforeEach(async () => {
  await control(server.url, 'PUT /sandboxes/shop', {});
  await createLicense(url(), { external_id: 'from-the-app' });
  await createLicense(url(), { count: 'many' });
  await listLicenses(url(), 'name=Bar%20Exam%2C%20spring%20cohort&verbose=true');
  await fetch(`${url()}/api/catalog/licenses/program/`);
  await alice('GET /api/licenses/0b7c5a1e-6f0d-4c39-8a52-3d9e1f7b2c40');
  await alice('POST /api/licenses', { PageSize: 1 });
  await fetch(`${url()}/nowhere`);
});

describe('a journal', () => {
  it('becomes a HAR', async () => {
    const { code, stdout } = await run();
    expect(code).toBe(0);
    const { log } = JSON.parse(stdout) as { log: { version: string; entries: unknown[] } };
    expect(log.version).toBe('1.2');
    expect(log.entries).toHaveLength(7);
    const file = path.join(cwd, 'har/journal.har');
    const filtered = await run('--vendor', 'alice', '--output', file);
    expect(filtered.stderr).toBe(`Wrote 2 requests to ${file}.\n`);
    expect(readFileSync(file, 'utf8')).not.toContain('Api-Token');
  });

  it('becomes contracts that verify holds', { timeout: 60_000 }, async () => {
    const { code, stdout } = await run('--format', 'pact', '--consumer', 'web-shop');
    expect(stdout).toContain('contracts/web-shop-ibl.json: 4 interactions');
    expect(stdout).toContain('contracts/web-shop-alice.json: 2 interactions');
    expect(stdout).toContain('left out  shop-7: no operation matches it');
    expect(code).toBe(0);
    const verified = await runCommand(['verify'], { cwd });
    expect(verified.stdout).toContain('6 interactions');
    expect(verified.code, verified.stdout).toBe(0);
  });

  it('without a request that can be an interaction gives none', async () => {
    await control(server.url, 'DELETE /sandboxes/shop/journal');
    const { code, stderr } = await run('--format', 'pact', '--consumer', 'nobody');
    expect(code).toBe(1);
    expect(stderr).toBe('No request of the journal can be an interaction.\n');
    expect(existsSync(path.join(cwd, 'contracts/nobody-ibl.json'))).toBe(false);
  });
});

it('a sandbox is shown as before', async () => {
  const { code, stdout } = await runCommand(['journal', 'shop', '--url', server.url, '--limit=1']);
  expect(code).toBe(0);
  expect(stdout).toContain('GET /_sandbox/shop/nowhere');
});
