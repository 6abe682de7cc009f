import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxView } from '../../src/control-api/control-api.ts';
import { testFolder } from '../support/folder.ts';
import { allLicenses, createLicense } from '../support/ibl-client.ts';
import type { Finished } from '../support/process.ts';
import { runHere } from '../support/run-here.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const folder = testFolder();
let server: TestServer;
beforeAll(
  async () => void (server = await startTestServer({ options: { 'control-token': 'secret' } })),
);
afterAll(() => server.stop());

/** As in a shell where both are exported. */
function sandbox(...args: readonly string[]): Promise<Finished> {
  const environment = { LICENSE_MOCK_URL: server.url, LICENSE_MOCK_CONTROL_TOKEN: 'secret' };
  return runHere(['sandbox', ...args], { cwd: folder, environment });
}

const urlOf = (name: string) => `${server.url}/_sandbox/${name}`;

describe('sandbox', () => {
  it('creates one with what it is asked for, and lists it', async () => {
    const args =
      'create checkout --scenario program-license --param count=7 --seed 5 --clock 2026-01-01T00:00:00Z ' +
      '--profile strict --set IBL-PAGE-LINKS=integers --set IBL-PAGE-SIZE=5 --format json';
    const created = await sandbox(...args.split(' '));
    expect(created.stderr).toBe('');
    const view = JSON.parse(created.stdout) as SandboxView;
    expect(view).toMatchObject({
      name: 'checkout',
      scenario: 'program-license',
      seed: 5,
      clock: { mode: 'frozen', now: '2026-01-01T00:00:00.000Z' },
      profile: 'strict',
      records: { 'ibl.program-licenses': 1 },
      url: urlOf('checkout'),
    });
    expect(view.settings).toMatchObject({ 'IBL-PAGE-LINKS': 'integers', 'IBL-PAGE-SIZE': '5' });
    const { stdout } = await sandbox('list');
    expect(stdout).toMatch(
      /^ {2}checkout +program-license +frozen at 2026-01-01T00:00:00\.000Z +http/m,
    );
    expect(stdout).toMatch(/^ {2}default +empty +running at/m);
  });

  it('resets one, and says how it stands', async () => {
    await sandbox('create', 'spoilt', '--scenario', 'empty');
    await createLicense(urlOf('spoilt'));
    const { code, stdout } = await sandbox('reset', 'spoilt');
    expect(code).toBe(0);
    expect(stdout).toContain(`spoilt is at ${urlOf('spoilt')}\n  scenario  empty\n  seed      1\n`);
    expect(await allLicenses(urlOf('spoilt'))).toEqual([]);
  });

  it.each(['state.yaml', 'state.json'])('exports to %s, and imports it again', async (file) => {
    await sandbox('create', 'from', '--scenario', 'empty');
    await createLicense(urlOf('from'), {
      name: 'Grüße: "quoted" # no comment',
      metadata: { a: '1' },
    });
    expect(await sandbox('export', 'from', '--output', file)).toMatchObject({
      code: 0,
      stdout: '',
    });
    const text = readFileSync(path.join(folder, file), 'utf8');
    expect(text.startsWith('{')).toBe(file.endsWith('.json'));
    expect((await runHere(['check', file], { cwd: folder })).code).toBe(0);
    expect((await sandbox('import', 'to', file)).code).toBe(0);
    expect(await allLicenses(urlOf('to'))).toEqual(await allLicenses(urlOf('from')));
    expect((await sandbox('export', 'to')).stdout).toContain('Grüße: "quoted" # no comment');
  });

  it('removes one', async () => {
    await sandbox('create', 'gone');
    expect(await sandbox('delete', 'gone')).toMatchObject({
      code: 0,
      stdout: 'Deleted gone.\n',
    });
    expect((await sandbox('list')).stdout).not.toContain('gone');
  });

  it.each([
    [['delete', 'nope'], 3, /Sandbox "nope" does not exist/],
    [['create', 'Nope'], 2, /"Nope" is not a valid sandbox name/],
    [['create', '..'], 2, /"\.\." is not a valid name/],
    [['create', 'a', '--scenario', 'nope'], 2, /Unknown scenario "nope".*\(#\/scenario\)/],
    [['create', 'a', '--seed', 'x'], 2, /--seed cannot be "x"/],
    [['create', 'a', '--set', 'x'], 2, /--set cannot be "x"/],
    [['create', 'a', '--set', 'NOPE=x'], 2, /NOPE/],
    [['create', 'a', '--param', 'x'], 2, /--param cannot be "x"/],
    [['create', 'a', '--clock', 'yesterday'], 2, /yesterday/],
    [['list', '--seed', '1'], 2, /unknown option '--seed'/],
    [['import', 'a', 'nope.yaml'], 2, /nope\.yaml cannot be read/],
    [['list', '--token', 'wrong'], 3, /The control API requires a token/],
    [['list', '--url', 'localhost:4010'], 2, /--url cannot be "localhost:4010"/],
    [['list', '--url', 'http://127.0.0.1:1'], 3, /No license-mock answers at .*--url/],
  ] as const)('ends %j with %d and says why', async (args, code, message) => {
    const finished = await sandbox(...args);
    expect(finished.stderr).toMatch(message);
    expect(finished.stderr).not.toMatch(/\bat .*\.ts:\d+/);
    expect(finished.code).toBe(code);
  });

  it('says which line of a file is wrong', async () => {
    const file = path.join(folder, 'broken.yaml');
    writeFileSync(file, 'name: a\nibl: [\n');
    const { code, stderr } = await sandbox('import', 'a', 'broken.yaml');
    expect(stderr).toMatch(/line 3/);
    expect(code).toBe(3);
  });
});
