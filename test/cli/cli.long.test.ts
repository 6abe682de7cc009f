import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { runCommand, startServerProcess } from '../support/process.ts';
import { runHere } from '../support/run-here.ts';

const folder = testFolder();
const root = path.join(import.meta.dirname, '../..');

describe('license-mock', () => {
  it.each([[['--help']], [['-h']], [['help']]])('says what it can do: %j', async (args) => {
    const { code, stdout, stderr } = await runHere(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/serve .*\n.*verify .*\n.*calibrate .*\n.*check /);
  });
  it.each([
    [['serve', '--help'], '--port <N>'],
    [['verify', '-h'], '--url <URL>'],
    [['sandbox', 'create', '-h'], '--param <NAME=VALUE>'],
    [['help', 'sandbox', 'create'], '--param <NAME=VALUE>'],
    [['sandbox', 'help', 'create'], '--param <NAME=VALUE>'],
    [['-p', '0', '--help'], 'license-mock serve [options]'],
  ])('shows the help of a command: %j', async (args, text) => {
    const { code, stdout, stderr } = await runHere(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(text);
    expect(stdout).toContain('Examples:');
  });
  it.each(['--version', '-V'])('says its version: %s', async (flag) => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(await runCommand([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
  it.each([
    [['chekc'], "unknown command 'chekc'\n(Did you mean check?)"],
    [['chekc', '--help'], '(Did you mean check?)'],
    [['help', 'chekc'], '(Did you mean check?)'],
    [['sandbox', 'crate', 'a'], '(Did you mean create?)'],
    [['serve', '--prot', '1'], "unknown option '--prot'\n(Did you mean --port?)"],
    [['--prot', '1'], '(Did you mean --port?)'],
    [['--no-prot'], "unknown option '--no-prot'\n(Did you mean --port?)"],
    [['serve', '--no-crs'], '(Did you mean --no-cors?)'],
    [['verify', '--no-kep'], '(Did you mean --no-keep?)'],
    [['serve', '--log-level', 'warning'], 'Did you mean warn?'],
    [['verify', '--format', 'jnuit'], 'Did you mean junit?'],
    [['verify', '--mock-url', 'http://127.0.0.1:1'], '--mock-url is now called --url.'],
    [['verify', '--control-token=secret'], '--control-token is now called --token.'],
    [['verify', '--output', '--keep'], "'--output' needs a value, but --keep follows"],
  ])('ends %j with 2 and says what was probably meant', async (args, message) => {
    const { code, stdout, stderr } = await runHere(args, { cwd: folder });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^See: license-mock .*--help$/m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
  it.each([
    [['nope'], 2],
    [['serve', '--nope', '1'], 2],
    [['serve', '--port', 'x'], 2],
    [['serve', '--set', 'NO-SUCH-ROW=1'], 2],
    [['serve', 'extra'], 2],
    [['serve', '--scenario', 'nope', '--data', 'memory'], 3],
    [['check', './no-such-file.yaml'], 2],
  ] as const)('ends %j with %d and says why', async (args, code) => {
    const finished = await runHere([...args]);
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
    [['scenario', 'list', '--format='], {}, '--format'],
    [['verify', '--only', ''], {}, '--only'],
    [['verify'], { LICENSE_MOCK_ALLOW_WRITES: '' }, 'LICENSE_MOCK_ALLOW_WRITES'],
    [['verify'], { LICENSE_MOCK_KEEP: '' }, 'LICENSE_MOCK_KEEP'],
    [['verify', '--allow-writes='], {}, '--allow-writes'],
  ] as const)('refuses an empty value: %j with %j', async (args, environment, source) => {
    const finished = await runHere(args, { environment, cwd: folder });
    expect(finished.stderr).toContain(`${source} cannot be "".`);
    expect(finished.code).toBe(2);
  });
  it.each([
    [['scenario', 'list'], { LICENSE_MOCK_FORMAT: 'junit' }],
    [['scenario', 'states'], { LICENSE_MOCK_FORMAT: '', LICENSE_MOCK_URL: 'nowhere' }],
    [['check', path.join(root, 'scenarios/demo.yaml')], { LICENSE_MOCK_PORT: 'x' }],
  ] as const)('is not broken by variables of other commands: %j', async (args, environment) => {
    const { code, stderr } = await runHere(args, { environment, cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
  it('serves without a command', async () => {
    const args = ['-p', '0', '--data', 'memory', '--log-level', 'silent'];
    const server = await startServerProcess(args, { start: [] });
    expect(await server.end('SIGTERM')).toBe(0);
    const alone = await runCommand([], { environment: { LICENSE_MOCK_PORT: 'x' } });
    expect(alone.stderr).toContain('license-mock serve: LICENSE_MOCK_PORT cannot be "x"');
    expect(alone.code).toBe(2);
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
  it('prints a command that shows its journal, and each operation with a space after its method', async () => {
    const args = ['--data', 'memory', '--log-level', 'silent', '--clock', '2026-01-01T00:00:00Z'];
    const server = await startServerProcess([...args, '--generate-token']);
    const { stdout } = server.output();
    const [, command] = /^ {2}journal {3}npm run license-mock -- (.*)$/m.exec(stdout) ?? [];
    const shown = (command ?? '').split(' ').filter((word) => word !== '--follow');
    await fetch(`${server.url}/nowhere`);
    expect((await runCommand(shown)).stdout).toContain('GET /nowhere  404');
    expect(stdout).toMatch(/^ {2}DELETE +\/incoming\/v2\/licenses\/\{id} +deleteLicense$/m);
    expect(stdout).toContain('  clock     frozen at 2026-01-01T00:00:00.000Z\n');
    await server.end('SIGTERM');
  });
  it('says that --trust-proxy closes the control API, and that any token is accepted', async () => {
    const args = ['--data', 'memory', '--log-level', 'silent', '--trust-proxy', 'loopback'];
    const server = await startServerProcess([...args, '--accept-any-token']);
    expect(server.output().stdout).toContain('\n  tokens    the vendors accept every well-formed');
    expect(server.output().stdout).toMatch(/_mock .*; closed, because --trust-proxy requires a/);
    await server.end('SIGTERM');
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
