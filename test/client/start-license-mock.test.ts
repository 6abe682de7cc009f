import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveOptions } from '../../src/config/serve-config.ts';
import {
  startLicenseMock,
  VerificationError,
  type LicenseMock,
  type LicenseMockOptions,
} from '../../src/index.ts';
import { allLicenses, createLicense, listLicenses } from '../support/ibl-client.ts';

let mock: LicenseMock;
beforeAll(async () => void (mock = await startLicenseMock({ scenario: 'empty' })));
afterAll(() => mock.stop());

const source = path.join(import.meta.dirname, '../../src/index.ts');

describe('a mock from a test', () => {
  it('takes every option of serve, by its name in camel case', async () => {
    const all: Required<LicenseMockOptions> = {
      scenario: 'demo',
      data: 'memory',
      dataSchema: 'license_mock',
      durability: 'process',
      fresh: true,
      specs: path.join(import.meta.dirname, '../../specs'),
      strictSpecs: false,
      calibration: [],
      profile: 'strict',
      settings: { 'IBL-PAGE-SIZE': 5 },
      seed: 7,
      clock: '2026-01-01T00:00:00Z',
      references: 'closed',
      acceptAnyToken: true,
      cors: true,
      corsOrigin: ['http://localhost:5173'],
      baseUrl: 'http://127.0.0.1:1',
      trustProxy: false,
      port: 0,
      host: '127.0.0.1',
      controlToken: 'secret',
      sandboxes: 'named',
      maxSandboxes: 3,
      journalSize: 1,
      redact: ['note'],
      bodyLimit: '2kb',
      importLimit: 100_000,
      maxConnections: 50,
      grace: '100ms',
      upstream: { ibl: 'http://127.0.0.1:9' },
      upstreamHeader: ['ibl=authorization: Api-Token live'],
      upstreamMode: 'mock',
      upstreamTimeout: '1s',
      forwardCredentials: false,
      allowWrites: false,
      logLevel: 'silent',
    };
    const flags = Object.keys(all).map((name) =>
      name === 'settings' ? 'set' : name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`),
    );
    const known = serveOptions.filter(({ isForCommand }) => !isForCommand);
    expect(flags.toSorted()).toEqual(known.map(({ name }) => name).toSorted());

    // Our own specs are no other folder, and only a database has a schema.
    const { specs: _specs, dataSchema: _schema, ...usable } = all;
    const other = await startLicenseMock(usable);
    const sandbox = await other.createSandbox('all', {});
    expect(await sandbox.clock.get()).toEqual({ mode: 'frozen', now: '2026-01-01T00:00:00.000Z' });
    expect(await (await listLicenses(sandbox.url)).json()).toMatchObject({ count: 42 });
    expect((await allLicenses(sandbox.url)).length).toBe(42);
    expect(await sandbox.journal.entries()).toHaveLength(1);
    expect((await fetch(`${other.url}/_mock/sandboxes`)).status).toBe(401);
    await other.stop();
  });

  it.each([
    [{ port: -1 }, /^port cannot be "-1"/],
    [{ host: '' }, /^host cannot be ""/],
    [{ host: ' ' }, /^host cannot be " "/],
    [{ data: '' }, /^data cannot be ""/],
    [{ redact: ['note', ''] }, /^redact cannot be ""/],
    [{ bodyLimit: '' }, /^bodyLimit cannot be ""/],
    [{ scenario: 'nope' }, 'Unknown scenario "nope"'],
    [{ settings: { NOPE: 'x' } }, /^settings: "NOPE" is not a ledger row/],
    [{ clock: 'yesterday' }, 'yesterday'],
    [{ upstream: ['ibl=http://a'] } as unknown as LicenseMockOptions, /^upstream cannot be a list/],
    [{ upstreamMode: 'shadow' as const }, /^upstreamMode cannot be "shadow". Name a live vendor/],
    [{ journalsize: 5 } as LicenseMockOptions, 'There is no option journalsize. Known: port'],
  ])('refuses %j and says why', async (options, message) => {
    await expect(startLicenseMock(options)).rejects.toThrow(message);
  });

  it('stops once, however often it is told, and frees its port', async () => {
    const first = await startLicenseMock({ scenario: 'empty' });
    await Promise.all([first.stop(), first.stop()]);
    await first.stop();
    const port = Number(new URL(first.url).port);
    const second = await startLicenseMock({ scenario: 'empty', port });
    expect(second.url).toBe(first.url);
    await second.stop();
  });

  it('is reached on this machine when it listens everywhere', async () => {
    const everywhere = await startLicenseMock({ scenario: 'empty', host: '0.0.0.0' });
    expect(everywhere.url).toContain('//127.0.0.1:');
    expect((await everywhere.createSandbox('a')).url).toBe(`${everywhere.url}/_sandbox/a`);
    await everywhere.stop();
  });

  it('knows nothing of another mock in the same process', async () => {
    const other = await startLicenseMock({ scenario: 'empty' });
    const [mine, others] = await Promise.all([
      mock.createSandbox('same'),
      other.createSandbox('same'),
    ]);
    await createLicense(mine.url, { name: 'Mine' });
    await others.clock.freeze('2030-01-01T00:00:00Z');
    expect(await allLicenses(others.url)).toEqual([]);
    expect((await mine.clock.get()).mode).toBe('running');
    await other.stop();
    expect(await allLicenses(mine.url)).toHaveLength(1);
  });

  it('lets the process end where stop was forgotten, and answers what is under way', async () => {
    const program = `
      import { startLicenseMock } from ${JSON.stringify(source)};
      const mock = await startLicenseMock({ scenario: 'empty' });
      const sandbox = await mock.createSandbox('a');
      await sandbox.overrides.add({ effect: { delay: { ms: 300 } } });
      const headers = { authorization: 'Api-Token dm-admin' };
      const url = sandbox.url + '/api/catalog/licenses/program/';
      console.log(await (await fetch(url, { headers })).json());
      void fetch(url, { headers }).then(({ status }) => console.log('not awaited', status));
      process.on('exit', (code) => console.log('exit', code));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', program],
      { timeout: 50_000 },
    );
    expect(stdout).toMatch(/count: 0[^]*\nnot awaited 200\nexit 0\n$/);
  });

  it('is stopped by `await using`', async () => {
    let { url } = mock;
    {
      await using other = await startLicenseMock({ scenario: 'empty' });
      ({ url } = other);
      expect((await fetch(`${url}/_mock/health`)).status).toBe(200);
    }
    await expect(fetch(`${url}/_mock/health`)).rejects.toThrow('fetch failed');
  });

  it('says on an older Node which version it needs', async () => {
    const old =
      'data:text/javascript,' +
      encodeURIComponent(`Object.defineProperty(process.versions, 'node', { value: '22.12.0' });`);
    const failure = await promisify(execFile)(process.execPath, ['--import', old, source]).catch(
      (thrown: unknown) => thrown,
    );
    expect(String(failure)).toContain(
      'Error: license-mock needs Node 24.18 or later; this is 22.12.0.',
    );
  });

  it('leaves no handle and no file behind, also with requests under way', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-test-'));
    const program = `
      import { startLicenseMock } from ${JSON.stringify(source)};
      const started = process.cpuUsage();
      const mock = await startLicenseMock({ grace: '100ms' });
      const { user } = process.cpuUsage(started);
      const startMs = user / 1_000;
      const sandbox = await mock.createSandbox('a', { scenario: 'empty' });
      await sandbox.overrides.add({ effect: { fault: 'hang' } });
      const headers = { authorization: 'Api-Token dm-admin' };
      const hanging = fetch(sandbox.url + '/api/catalog/licenses/program/', { headers }).catch(() => {});
      while ((await sandbox.overrides.list())[0].calls === 0);
      await mock.stop();
      await hanging;
      const endedAt = performance.now();
      process.on('exit', () => console.log(JSON.stringify({ startMs, endMs: performance.now() - endedAt })));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', program],
      { cwd: folder, timeout: 50_000 },
    );
    const { startMs, endMs } = JSON.parse(stdout) as { startMs: number; endMs: number };
    // The start is measured in CPU time, because other programs may keep the machine busy.
    expect(startMs).toBeLessThan(5_000);
    expect(endMs).toBeLessThan(1_000);
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describe('a sandbox from a test', () => {
  it('is created, and started over when it is asked for again', async () => {
    const sandbox = await mock.createSandbox('again', { clock: '2026-01-01T00:00:00Z' });
    await createLicense(sandbox.url);
    await sandbox.snapshots.take('before');
    const again = await mock.createSandbox('again');
    expect(await allLicenses(again.url)).toEqual([]);
    expect(await again.snapshots.list()).toEqual([]);
    expect((await again.clock.get()).mode).toBe('running');
  });

  it('has a handle, which changes nothing', async () => {
    const created = await mock.createSandbox('handle', { clock: '2026-01-01T00:00:00Z' });
    await createLicense(created.url);
    {
      await using handle = mock.sandbox('handle');
      expect([handle.name, handle.url]).toEqual([created.name, created.url]);
      expect(await handle.clock.get()).toEqual({
        mode: 'frozen',
        now: '2026-01-01T00:00:00.000Z',
      });
    }
    expect(await allLicenses(created.url)).toHaveLength(1);
    expect(() => mock.sandbox('Not a name')).toThrow(
      '"Not a name" cannot be the name of a sandbox',
    );
    const { clock } = mock.sandbox('handle-on-nothing');
    await expect(clock.get()).rejects.toMatchObject({ code: 'no-such-sandbox' });
  });

  it('is `default` where no name is given', async () => {
    await using other = await startLicenseMock({ scenario: 'empty' });
    const sandbox = other.sandbox();
    await createLicense(other.url);
    expect(await allLicenses(sandbox.url)).toHaveLength(1);
    await sandbox.reset();
    expect(await allLicenses(other.url)).toEqual([]);
  });

  it('is removed by `await using`, and may be gone by then', async () => {
    {
      await using created = await mock.createSandbox('disposed');
      await created.clock.get();
    }
    await expect(mock.sandbox('disposed').clock.get()).rejects.toThrow('Sandbox not found');
    const other = await startLicenseMock({ scenario: 'empty' });
    await using removed = await mock.createSandbox('removed-before');
    await removed.remove();
    await using stopped = await other.createSandbox('stopped-before');
    await other.stop();
    await expect(stopped.reset()).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('takes scenario, seed, clock, profile and settings', async () => {
    const sandbox = await mock.createSandbox('options', {
      scenario: 'demo',
      seed: 3,
      clock: '2026-01-01T00:00:00Z',
      profile: 'strict',
      settings: { 'IBL-PAGE-SIZE': 7, 'IBL-PAGE-LINKS': 'integers' },
    });
    const page = (await (await listLicenses(sandbox.url)).json()) as Record<string, unknown>;
    expect(page['results']).toHaveLength(7);
    expect(page['next_page']).toBe(2);
    expect(await sandbox.state.export()).toMatchObject({ seed: 3, profile: 'strict' });
  });

  it('is reset to what it was started with', async () => {
    const sandbox = await mock.createSandbox('reset', { clock: '2026-01-01T00:00:00Z' });
    await createLicense(sandbox.url);
    await sandbox.overrides.add({ effect: { preset: 'outage' } });
    await sandbox.clock.advance('P1Y');
    await sandbox.reset();
    expect(await allLicenses(sandbox.url)).toEqual([]);
    expect(await sandbox.overrides.list()).toEqual([]);
    expect((await sandbox.clock.get()).now).toBe('2026-01-01T00:00:00.000Z');
  });

  it('has a clock to look at, freeze, run, advance and give back', async () => {
    const { clock } = await mock.createSandbox('clock');
    expect(await clock.freeze('2026-01-31T00:00:00Z')).toEqual({
      mode: 'frozen',
      now: '2026-01-31T00:00:00.000Z',
    });
    expect((await clock.advance('P1M')).now).toBe('2026-02-28T00:00:00.000Z');
    expect((await clock.freeze(new Date(0))).now).toBe('1970-01-01T00:00:00.000Z');
    const running = await clock.run('2030-01-01T00:00:00Z');
    expect([running.mode, running.now.slice(0, 10)]).toEqual(['running', '2030-01-01']);
    expect((await clock.freeze()).now.slice(0, 10)).toBe('2030-01-01');
    expect((await clock.run()).mode).toBe('running');
    const real = await clock.real();
    expect(Math.abs(Date.parse(real.now) - Date.now())).toBeLessThan(10_000);
    await expect(clock.advance('a while')).rejects.toThrow(/"a while".*P1M.*\(#\/by\)/);
  });

  it('has overrides to add, list, remove and clear', async () => {
    const { overrides, url } = await mock.createSandbox('overrides');
    const rule = await overrides.add({
      operation: 'listProgramLicenses',
      when: { call: 2 },
      effect: { reply: { error: 'rate-limited' } },
    });
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await listLicenses(url)).status);
    expect(statuses).toEqual([200, 429, 200]);
    expect(await overrides.list()).toEqual([{ ...rule, calls: 3, hits: 1 }]);
    await overrides.remove(rule.id);
    await expect(overrides.remove(rule.id)).rejects.toMatchObject({ code: 'no-such-override' });
    await overrides.add({ effect: { preset: 'slow' } });
    await overrides.clear();
    expect(await overrides.list()).toEqual([]);
  });

  it('has a journal to read, verify and empty', async () => {
    const { journal, url } = await mock.createSandbox('journal');
    await createLicense(url, { external_id: 'a' });
    await listLicenses(url);
    expect((await journal.entries()).map(({ operation }) => operation)).toEqual([
      'listProgramLicenses',
      'createProgramLicense',
    ]);
    expect(await journal.entries({ operation: 'createProgramLicense', limit: 1 })).toHaveLength(1);
    const match = { operation: 'createProgramLicense', body: { external_id: 'a' } };
    expect(await journal.verify({ match, times: 1 })).toBe(1);
    await journal.clear();
    expect(await journal.verify({ match: {}, never: true })).toBe(0);
  });

  it('says in a test what was asked instead of what was expected', async () => {
    const { journal, url } = await mock.createSandbox('verify');
    await createLicense(url, { external_id: 'b' });
    const failure = await journal
      .verify({
        match: { operation: 'createProgramLicense', body: { external_id: 'a' } },
        times: 1,
      })
      .catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(VerificationError);
    expect(failure).toMatchObject({ count: 0, nearest: [{ entry: { status: 200 } }] });
    expect((failure as Error).message).toBe(
      [
        'Expected exactly 1 request with operation createProgramLicense, body {"external_id":"a"}.',
        'Seen: none among 1 request in the journal of sandbox "verify".',
        'Nearest:',
        '  POST /_sandbox/verify/api/catalog/licenses/program/create/ -> 200 (createProgramLicense, verify-1)',
        '    body.external_id: expected "a", was "b"',
      ].join('\n'),
    );
    await expect(
      journal.verify({ match: { operation: 'createLicence' }, times: 1 }),
    ).rejects.toThrow(/createLicence.*\(#\/match\/operation\)/);
  });

  it('has snapshots to take, list, restore and remove', async () => {
    const { snapshots, url } = await mock.createSandbox('snapshots');
    await createLicense(url, { name: 'Kept' });
    expect(await snapshots.take('before')).toMatchObject({ name: 'before' });
    await createLicense(url, { name: 'Undone' });
    await snapshots.restore('before');
    expect((await allLicenses(url)).map(({ name }) => name)).toEqual(['Kept']);
    expect(await snapshots.list()).toHaveLength(1);
    await snapshots.remove('before');
    await expect(snapshots.restore('before')).rejects.toMatchObject({ code: 'no-such-snapshot' });
    await expect(snapshots.take('..')).rejects.toThrow('".." is not a valid name');
  });

  it('has a state to take out and put in elsewhere', async () => {
    const [from, to] = [await mock.createSandbox('from'), await mock.createSandbox('to')];
    await createLicense(from.url, { name: 'Moved' });
    const state = await from.state.export();
    await to.state.import(state);
    expect((await allLicenses(to.url)).map(({ name }) => name)).toEqual(['Moved']);
    await expect(to.state.import({ ibl: { licences: [] } })).rejects.toThrow('licences');
    expect(await allLicenses(to.url)).toHaveLength(1);
  });

  it('is brought into a provider state, and gives what it created', async () => {
    const sandbox = await mock.createSandbox('pact');
    const values = await sandbox.providerState(
      'a program license with external id {externalId} exists',
      { externalId: 'acme-1', count: 7 },
    );
    expect(values).toMatchObject({ externalId: 'acme-1', licenseExternalId: 'acme-1' });
    expect(await allLicenses(sandbox.url)).toMatchObject([{ external_id: 'acme-1', count: 7 }]);
  });

  it('refuses a provider state that no scenario serves, and resets for none', async () => {
    const sandbox = await mock.createSandbox('pact');
    await createLicense(sandbox.url);
    await expect(sandbox.providerState('pigs can fly')).rejects.toThrow('"pigs can fly"');
    expect(await sandbox.providerState('')).toEqual({});
    expect(await allLicenses(sandbox.url)).toEqual([]);
  });

  it('changes its settings, and nothing else', async () => {
    const sandbox = await mock.createSandbox('changed', { scenario: 'demo' });
    await listLicenses(sandbox.url);
    await sandbox.change({ settings: { 'IBL-PAGE-SIZE': 5, 'IBL-PAGE-LINKS': 'integers' } });
    const page = await (await listLicenses(sandbox.url)).json();
    expect(page).toMatchObject({ count: 42, next_page: 2 });
    expect(await sandbox.journal.entries()).toHaveLength(2);
    await expect(sandbox.change({ settings: { NOPE: 'x' } })).rejects.toThrow('NOPE');
  });

  it('is removed', async () => {
    const sandbox = await mock.createSandbox('removed');
    await sandbox.remove();
    await expect(sandbox.reset()).rejects.toMatchObject({ code: 'no-such-sandbox', status: 404 });
  });
});
