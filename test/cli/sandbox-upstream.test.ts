/** `license-mock sandbox upstream`, the options of `serve` behind it, and the same for a test. */
import { describe, expect, it } from 'vitest';
import { startLicenseMock } from '../../src/index.ts';
import { runCommand, startServerProcess } from '../support/process.ts';

const VENDOR = 'http://127.0.0.1:1';

describe('the upstreams of a sandbox', () => {
  it(
    'are in the banner, and are shown and set on the command line',
    { timeout: 60_000 },
    async () => {
      const server = await startServerProcess(
        ['--data', 'memory', '--upstream', `ibl=${VENDOR}`, '--upstream-header', 'X-Key: hunter2'],
        { environment: { LICENSE_MOCK_UPSTREAM_MODE: 'fallback' } },
      );
      const run = (...args: readonly string[]) =>
        runCommand(['sandbox', 'upstream', 'default', '--url', server.url, ...args]);
      try {
        expect(server.output().stdout).toContain(`upstream  ibl: ${VENDOR}, mode fallback`);
        expect(server.output().stdout).not.toContain('hunter2');
        const all = await run();
        expect(all.stdout).toMatch(/^ {2}ibl +fallback +http:\/\/127\.0\.0\.1:1$/m);
        expect(all.stdout).toMatch(/^ {2}alice +mock +no upstream$/m);
        const set = await run('ibl', 'shadow', '--format', 'json');
        expect(JSON.parse(set.stdout)).toEqual({ vendor: 'ibl', mode: 'shadow', url: VENDOR });
        const one = await run('ibl');
        expect(one.stdout).toMatch(/ibl +shadow/);
        const wrong = await run('ibl', 'sometimes');
        expect(wrong.code).toBe(2);
        expect(wrong.stderr).toContain('Choose mock, proxy, fallback, shadow.');
        const none = await run('alice', 'proxy');
        expect(none.code).toBe(2);
        expect(none.stderr).toContain('--upstream alice=URL');
      } finally {
        await server.end('SIGTERM');
      }
    },
  );

  it('are an option and a handle in a test', async () => {
    await using mock = await startLicenseMock({ scenario: 'empty', upstream: { ibl: VENDOR } });
    const { upstreams, journal, url } = mock.sandbox();
    expect(await upstreams.set('ibl', 'proxy')).toMatchObject({ mode: 'proxy' });
    expect(await upstreams.get('ibl')).toMatchObject({ mode: 'proxy', url: VENDOR });
    expect(await upstreams.list()).toHaveLength(3);
    expect((await fetch(`${url}/api/catalog/licenses/program/`)).status).toBe(502);
    expect(await journal.entries()).toMatchObject([{ kind: 'proxied', status: 502 }]);
  });

  it('are refused for a vendor that is not served', async () => {
    const start = startLicenseMock({ upstream: { nobody: VENDOR } });
    await expect(start).rejects.toThrow('names the vendor "nobody", which is not served');
  });
});
