import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connect, startLicenseMock } from '../../src/index.ts';
import { createLicense } from '../support/ibl-client.ts';

afterEach(() => vi.unstubAllEnvs());

describe('a mock that runs elsewhere', () => {
  it('is the same object, and goes on when it is let go', async () => {
    await using mock = await startLicenseMock({ scenario: 'empty' });
    {
      await using connected = connect({ url: `${mock.url}/` });
      await using sandbox = await connected.createSandbox('elsewhere');
      expect([connected.url, sandbox.url]).toEqual([mock.url, `${mock.url}/_sandbox/elsewhere`]);
      await createLicense(sandbox.url);
      expect(await mock.sandbox('elsewhere').journal.entries()).toHaveLength(1);
      await connected.stop();
    }
    await expect(mock.sandbox('elsewhere').clock.get()).rejects.toThrow('Sandbox not found');
    expect((await mock.sandbox().clock.get()).mode).toBe('running');
  });

  it('is found by the variables that the command line knows, unless an option says where', async () => {
    await using mock = await startLicenseMock({ scenario: 'empty', controlToken: 'secret' });
    vi.stubEnv('LICENSE_MOCK_URL', mock.url);
    await expect(connect().sandbox().clock.get()).rejects.toMatchObject({ status: 401 });
    vi.stubEnv('LICENSE_MOCK_CONTROL_TOKEN', 'secret');
    expect((await connect().sandbox().clock.get()).mode).toBe('running');
    vi.unstubAllEnvs();
    const { url } = mock;
    expect((await connect({ url, token: 'secret' }).sandbox().clock.get()).mode).toBe('running');
    expect(connect().url).toBe('http://127.0.0.1:4010');
  });

  it('says what is wrong with the address', async () => {
    expect(() => connect({ url: 'localhost' })).toThrow('"localhost" is not a URL');
    await expect(connect({ url: 'http://127.0.0.1:1' }).createSandbox('a')).rejects.toMatchObject({
      code: 'unreachable',
    });
  });

  it('is reached without a server being loaded', () => {
    const source = path.join(import.meta.dirname, '../../src/connect.ts');
    const program = `
      import module from 'node:module';
      const loaded = [];
      module.registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
      await import(${JSON.stringify(source)});
      console.log(loaded.map((url) => url.slice(url.indexOf('/src/'))).join(' '));`;
    const args = ['--input-type=module', '-e', program];
    const loaded = execFileSync(process.execPath, args, { encoding: 'utf8' }).trim().split(' ');
    expect(loaded).toContain('/src/connect.ts');
    expect(
      loaded.filter((file) => !/^\/src\/(?:connect|errors|client\/.*)\.ts$/.test(file)),
    ).toEqual([]);
  });
});
