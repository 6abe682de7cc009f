/** `license-mock journal` against a running server. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { runHere } from '../support/run-here.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const main = path.join(import.meta.dirname, '../../src/cli/main.js');
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createLicense(server.url, { external_id: 'first' });
  await createLicense(server.url, { count: 'many' });
  await listLicenses(server.url);
});
afterAll(() => server.stop());

const journal = (...args: readonly string[]) => runHere(['journal', '--url', server.url, ...args]);

describe('the journal', () => {
  it('is shown oldest first, with the reasons of a refusal', async () => {
    const { code, stdout } = await journal();
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d {2}POST \/api\/catalog\/licenses\/program\/create\/ {2}200 {2}createProgramLicense, [\d.]+ ms$/,
    );
    expect(lines.filter((line) => line.includes('  400  '))).toHaveLength(1);
    expect(stdout).toMatch(/^ {10}body\.count: .*integer/m);
    expect(lines.at(-1)).toContain('listProgramLicenses');
  });

  it('names the credential problem and a body that cannot be parsed', async () => {
    const url = `${server.url}/_sandbox/refusals`;
    const ask = (headers: Record<string, string>, body: string) =>
      fetch(`${url}/incoming/v2/licenses`, { method: 'POST', headers, body });
    await ask({}, '{}');
    await ask({ authorization: 'Bearer nobody' }, '{}');
    await ask({ authorization: 'Bearer ti-key', 'content-type': 'application/json' }, '{');
    const { stdout } = await journal('refusals');
    expect(stdout.match(/^ {10}.*$/gm)).toEqual([
      '          header: There is no token in the header "authorization", with the scheme Bearer.',
      '          header: The token is not one of the scenario.',
      '          body: The body cannot be parsed as its media type.',
    ]);
  });

  it('can be filtered, and be JSON, an entry a line', async () => {
    const { stdout } = await journal('--status', '400', '--format', 'json');
    const entries = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { status: number });
    expect(entries.map(({ status }) => status)).toEqual([400]);
    expect((await journal('--operation', 'addLicense')).stdout).toBe(
      'Sandbox default got no requests.\n',
    );
  });

  it('of a sandbox that does not exist is an error', async () => {
    const { code, stderr } = await journal('nobody');
    expect(code).toBe(3);
    expect(stderr).toContain('Sandbox "nobody" does not exist');
  });

  it('can be followed, by filter, until it is stopped', async () => {
    const args = ['journal', '--url', server.url, '--follow', '--limit', '1', '--status', '400'];
    const child = spawn(process.execPath, [main, ...args]);
    let text = '';
    const seen = (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => (text.match(/ 400 /g)?.length ?? 0) >= count && resolve();
        child.stdout.on('data', (chunk) => {
          text += String(chunk);
          look();
        });
        look();
      });
    await seen(1);
    const two = seen(2);
    await createLicense(server.url, { external_id: 'while-followed' });
    await createLicense(server.url, { count: 'many', external_id: 'refused' });
    await two;
    child.kill('SIGINT');
    const code = await new Promise((resolve) => void child.on('close', resolve));
    expect(code).toBe(0);
    expect(text).not.toContain(' 200 ');
  });
});
