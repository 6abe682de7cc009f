/** The image's health check finds the server, on whatever port and with whatever scheme it listens. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { startServerProcess } from '../support/process.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = testFolder();
const addressFile = path.join(folder, 'license-mock.url');
const tls = path.join(root, 'test/fixtures/tls');

function checkHealth(): number | null {
  const script = path.join(root, 'docker/healthcheck.js');
  const env = { ...process.env, LICENSE_MOCK_ADDRESS_FILE: addressFile };
  return spawnSync(process.execPath, [script], { env, stdio: 'ignore' }).status;
}

describe('the health check of the image', () => {
  it.each([
    ['HTTP', []],
    ['HTTPS', ['--tls-cert', `${tls}/cert.pem`, '--tls-key', `${tls}/key.pem`]],
  ])(
    'finds a server that speaks %s on any port, and misses it once it is gone',
    async (_, more) => {
      const args = ['--data', 'memory', '--scenario', 'empty', '--address-file', addressFile];
      const server = await startServerProcess([...args, ...more]);
      expect(readFileSync(addressFile, 'utf8')).toBe(`${server.url}\n`);
      expect(checkHealth()).toBe(0);
      await server.end('SIGTERM');
      expect(existsSync(addressFile)).toBe(false);
      expect(checkHealth()).toBe(1);
    },
  );

  it('reads the file that the image has the server write', () => {
    const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8');
    expect(dockerfile).toMatch(/^ {4}LICENSE_MOCK_ADDRESS_FILE=\/dev\/shm\//m);
    expect(dockerfile).toContain('CMD ["node", "/opt/license-mock/healthcheck.js"]');
    expect(dockerfile).toContain('docker/healthcheck.js ./');
  });
});

describe('the image', () => {
  const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8');

  it('has a folder for each kind of file that can be mounted, which its server reads', () => {
    expect(dockerfile).toMatch(/^RUN mkdir -p .*\/app\/scenarios \/app\/specs \/app\/contracts /m);
    expect(dockerfile).toContain('LICENSE_MOCK_SPECS=/app/specs');
    // Scenarios, contracts and the config file are looked for in the working folder.
    expect([...dockerfile.matchAll(/^WORKDIR (.*)$/gm)].at(-1)?.[1]).toBe('/app');
  });

  it('has what the server reads beside its code', () => {
    for (const read of ['docs/errors.md', 'specs', 'scenarios']) {
      expect(dockerfile).toMatch(new RegExp(`^COPY ${read} ${read}$`, 'm'));
    }
  });
});
