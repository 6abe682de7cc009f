import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { runCommand, startServerProcess } from '../support/process.ts';

const folder = testFolder();
const root = path.join(import.meta.dirname, '../..');

describe('license-mock', () => {
  it('says what it can do', async () => {
    const { code, stdout } = await runCommand(['--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/serve .*\n.*check /);
  });
  it.each([
    [[], 2],
    [['nope'], 2],
    [['serve', '--nope', '1'], 2],
    [['serve', '--port', 'x'], 2],
    [['serve', '--set', 'NO-SUCH-ROW=1'], 2],
    [['serve', 'extra'], 2],
    [['serve', '--scenario', 'nope', '--data', 'memory'], 3],
    [['check', './no-such-file.yaml'], 2],
  ] as const)('ends %j with %d and says why', async (args, code) => {
    const finished = await runCommand([...args]);
    expect(finished.code).toBe(code);
    expect(finished.stderr).not.toMatch(/\bat .*\.ts:\d+/);
    expect(finished.stderr.length).toBeGreaterThan(20);
  });
  it('reads options from the environment', async () => {
    const finished = await runCommand(['serve'], { environment: { LICENSE_MOCK_PORT: 'x' } });
    expect(finished.stderr).toContain('serve: LICENSE_MOCK_PORT cannot be "x"');
  });
  it.each([
    [['serve', '--host', ''], {}, '--host'],
    [['serve', '--host='], {}, '--host'],
    [['serve'], { LICENSE_MOCK_HOST: '' }, 'LICENSE_MOCK_HOST'],
    [['serve'], { LICENSE_MOCK_REDACT: 'a,,b' }, 'LICENSE_MOCK_REDACT'],
    [['sandbox', 'list', '--url='], {}, '--url'],
    [['sandbox', 'list'], { LICENSE_MOCK_CONTROL_TOKEN: '' }, 'LICENSE_MOCK_CONTROL_TOKEN'],
    [['sandbox', 'create', 'a', '--param', ''], {}, '--param'],
    [['scenario', 'list'], { LICENSE_MOCK_FORMAT: '' }, 'LICENSE_MOCK_FORMAT'],
    [['verify', '--only', ''], {}, '--only'],
    [['verify'], { LICENSE_MOCK_KEEP: '' }, 'LICENSE_MOCK_KEEP'],
    [['verify', '--allow-writes='], {}, '--allow-writes'],
  ] as const)('refuses an empty value: %j with %j', async (args, environment, source) => {
    const finished = await runCommand(args, { environment, cwd: folder });
    expect(finished.stderr).toContain(`${source} cannot be "".`);
    expect(finished.code).toBe(2);
  });
});

describe('serve', () => {
  it('prints what a newcomer needs, and its curls work when pasted, more than once', async () => {
    const server = await startServerProcess(['--data', 'memory', '--log-level', 'silent']);
    const { stdout } = server.output();
    expect(stdout).toContain('in memory');
    expect(stdout).toContain('demo');
    expect(stdout).toContain('wire');
    for (const text of [
      'createProgramLicense',
      'updateProgramLicense',
      'listProgramLicenses',
      'createLicense',
      'addLicense',
      'Api-Token dm-admin',
      'Api-Token platform-admin',
      'Bearer ti-key',
    ]) {
      expect(stdout).toContain(text);
    }
    const curls = stdout.split('\n').filter((line) => line.trim().startsWith('curl '));
    expect(curls).toHaveLength(3);
    for (const curl of [...curls, ...curls]) {
      const status = execFileSync('bash', ['-c', `${curl.trim()} -o /dev/null -w '%{http_code}'`]);
      expect(String(status), curl).toBe('200');
    }
    expect(await server.end('SIGINT')).toBe(0);
  });
  it('starts where Kubernetes sets variables for a Service of its name, and names them at the level debug', async () => {
    const environment = {
      LICENSE_MOCK_PORT: 'tcp://10.96.0.7:4010',
      LICENSE_MOCK_SERVICE_HOST: '10.96.0.7',
    };
    const args = ['--data', 'memory', '--log-level', 'debug'];
    const server = await startServerProcess(args, { environment });
    expect(await server.end('SIGTERM')).toBe(0);
    expect(server.output().stderr).toMatch(
      /"level":20,.*: LICENSE_MOCK_PORT, LICENSE_MOCK_SERVICE_HOST"/,
    );
    expect(server.output().stderr.match(/Kubernetes/g)).toHaveLength(1);
  });
});

describe('serve with OpenAPI files', () => {
  it('says in its banner what is not served', async () => {
    const specs = path.join(folder, 'broken');
    mkdirSync(specs);
    writeFileSync(path.join(specs, 'a.yaml'), 'openapi: 3.0.3\npaths: [');
    const args = ['--data', 'memory', '--specs', specs];
    const server = await startServerProcess(args);
    expect(server.output().stdout).toMatch(/Not served, or not checked\n {2}.*a\.yaml:2 /);
    await server.end('SIGTERM');
    await expect(startServerProcess([...args, '--strict-specs'])).rejects.toThrow(/a\.yaml:2 /);
  });
});

describe('check', () => {
  it('holds for the scenarios and specs shipped', async () => {
    const { code, stdout } = await runCommand(['check', 'scenarios', 'specs/ibl.yaml'], {
      cwd: root,
    });
    expect(stdout).toContain('ok  scenarios/demo.yaml');
    expect(code).toBe(0);
  });
  it('names file, line and field of a fault', async () => {
    const file = path.join(folder, 'mine.yaml');
    writeFileSync(file, 'ibl:\n  licenses:\n    - platform_key: acme\n      started: yesterday\n');
    const { code, stdout } = await runCommand(['check', file]);
    expect(code).toBe(1);
    expect(stdout).toContain(`${file}:4 ibl.licenses[0].started: "yesterday" is no date.`);
  });
  it('reads every OpenAPI file of a folder and names operations that two have', async () => {
    const specs = path.join(folder, 'specs');
    mkdirSync(path.join(specs, 'v2'), { recursive: true });
    const text = '{"openapi":"3.0.3","paths":{"/x":{"get":{"responses":{}}}}}';
    writeFileSync(path.join(specs, 'a.json'), text);
    writeFileSync(path.join(specs, 'v2', 'b.json'), text);
    const { code, stdout } = await runCommand(['check', specs]);
    expect(stdout).toContain(`ok  ${path.join(specs, 'v2', 'b.json')}`);
    expect(stdout).toMatch(/note .*b\.json GET \/x: .*a\.json answers this operation\./);
    expect(code).toBe(0);
  });
  it('fails where it finds nothing to check', async () => {
    const { code } = await runCommand(['check', folder], { cwd: folder });
    expect([0, 1]).toContain(code);
    expect((await runCommand(['check'], { cwd: folder })).code).toBe(2);
  });
});
