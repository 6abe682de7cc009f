/** The contracts that are shipped hold, by the command, in well under a minute; its exit codes and options. */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, describe, expect, it } from 'vitest';
import { startLicenseMock } from '../../src/index.ts';
import { verifyContracts } from '../../src/cli/commands/verify.ts';
import { verifyOptions } from '../../src/cli/verify-options.ts';
import { readOptions, type Flags } from '../../src/config/options.ts';
import { runCommand } from '../support/process.ts';
import { runHere } from '../support/run-here.ts';
import { LIST, listInteraction, pact } from './pacts.ts';
import { contractsFolder, writePact } from './verify-contracts.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-verify-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const verifyHere = (...args: readonly string[]) => runHere(['verify', ...args]);
const verifyInShell = (...args: readonly string[]) => runCommand(['verify', ...args]);

const holding = () => writePact(pact([listInteraction()]));
const failing = () =>
  writePact(pact([listInteraction({ response: { status: 200, body: { count: 7 } } })]));

describe('license-mock verify', () => {
  it('holds all contracts that are shipped', { timeout: 600_000 }, async () => {
    const startedMs = performance.now();
    const { stdout, code } = await verifyInShell(contractsFolder, '--timeout', '60000');
    expect(stdout).toMatch(/HELD: \d+ interactions, \d+ held, 0 failed/);
    expect(stdout).toMatch(/^ok .*seat-shop → ibl: an order of seats +spec held +mock held/m);
    expect(code).toBe(0);
    // A busy machine takes as many times as long.
    const busy = Math.max(1, (loadavg()[0] ?? 1) / availableParallelism());
    expect(performance.now() - startedMs).toBeLessThan(60_000 * busy);
  });

  it('ends with 1 and shows expected beside actual where something does not hold', async () => {
    const { stdout, code } = await verifyInShell(failing());
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAIL .*spec held +mock FAILED/);
    expect(stdout).toMatch(/mock: \$\.count .*\n +expected +7\n +actual +0/);
  });

  it('ends with 1 where nothing is there to verify', async () => {
    const { stdout, code } = await verifyHere(path.join(folder, 'nothing'));
    expect(code).toBe(1);
    expect(stdout).toContain('so nothing would be verified');
  });

  it.each([
    [{ format: 'yaml' }, '--format cannot be "yaml". Choose human, json, junit, github.'],
    [{ 'fail-on': 'errors' }, '--fail-on cannot be "errors". Choose warnings.'],
    [
      { 'allow-writes': 'on' },
      '--allow-writes requires a live vendor. Set its URL with --provider-url',
    ],
    [{ keep: 'maybe' }, '--keep cannot be "maybe". Write true, 1, on or yes; or false'],
    [{ 'provider-url': 'vendor' }, '--provider-url cannot be "vendor".'],
    [
      { 'provider-url': 'http://vendor.example', 'provider-header': ['no header'] },
      "Write 'Name: value'.",
    ],
    [{ timeout: 'soon' }, '--timeout cannot be "soon". Write a whole number from 1 to 3600000.'],
  ])('is not to be used so: %j', async (flags: Flags, message) => {
    const given = readOptions(verifyOptions, flags, {});
    await expect(verifyContracts(given, [])).rejects.toThrow(message);
  });

  it.each([
    [['--no-such-option'], "unknown option '--no-such-option'"],
    [['--keep=maybe'], '--keep cannot be "maybe".'],
  ])('ends with 2 for %j', async (args, message) => {
    const { stderr, code } = await verifyHere(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('ends with 2 where it is used wrongly', async () => {
    const { stderr, code } = await verifyInShell('--format', 'yaml');
    expect(code).toBe(2);
    expect(stderr).toContain('See: license-mock verify --help');
  });

  it('ends with 3 where the mock does not answer', async () => {
    const { stderr, code } = await verifyInShell(holding(), '--url', 'http://127.0.0.1:1');
    expect(code).toBe(3);
    expect(stderr).toContain('No license-mock answers at http://127.0.0.1:1');
  });

  it('writes JUnit into a file, and shows its progress', async () => {
    const file = path.join(folder, 'report.xml');
    const { stdout } = await verifyHere(failing(), '--format', 'junit', '--output', file);
    expect(stdout).toContain('FAILED: 1 interaction');
    const xml = readFileSync(file, 'utf8');
    const names: string[] = [];
    const suites: unknown[] = [];
    const parser = new SaxesParser({ xmlns: false });
    parser.on('opentag', ({ name, attributes }) => {
      names.push(name);
      if (name === 'testsuite') suites.push(attributes);
    });
    parser.write(xml).close();
    expect(suites).toMatchObject([{ tests: '2', failures: '1' }]);
    expect(names).toEqual(['testsuites', 'testsuite', 'testcase', 'testcase', 'failure']);
  });

  it('makes the folder of its report', async () => {
    const file = path.join(folder, 'reports', 'of', 'today', 'report.json');
    const { code } = await verifyHere(failing(), '--format', 'json', '--output', file);
    expect(code).toBe(1);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ held: false });
  });

  it.each([
    ['a folder', 'taken'],
    ['below a file', 'file.txt/report.xml'],
  ])('says before it verifies that its report cannot be written: %s', async (_, name) => {
    mkdirSync(path.join(folder, 'taken'), { recursive: true });
    writeFileSync(path.join(folder, 'file.txt'), 'kept');
    const output = path.join(folder, name);
    const { stdout, stderr, code } = await verifyHere(failing(), '--output', output);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toContain(`The report cannot be written to ${output}`);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(readFileSync(path.join(folder, 'file.txt'), 'utf8')).toBe('kept');
  });

  it('leaves no report behind where it could not run', async () => {
    const output = path.join(folder, 'none.xml');
    const { code } = await verifyHere(holding(), '--url', 'http://127.0.0.1:1', '--output', output);
    expect(code).toBe(3);
    expect(existsSync(output)).toBe(false);
  });

  it('--keep leaves a sandbox as the interaction left it', async () => {
    const mock = await startLicenseMock({ scenario: 'empty' });
    const create = {
      method: 'POST',
      path: `${LIST}create/`,
      headers: { Authorization: 'Api-Token dm-admin', 'Content-Type': 'application/json' },
      body: {
        platform_key: 'acme',
        program_key: 'bar',
        name: 'Kept',
        count: 1,
        started: '2026-01-01T00:00:00Z',
      },
    };
    const file = writePact(pact([listInteraction({ request: create })]));
    const { stdout } = await verifyHere(file, '--url', mock.url, '--keep');
    const prefix = /Kept as sandbox \S+: (\S+)/.exec(stdout)?.[1] ?? '';
    const list = await fetch(`${mock.url}${prefix}${LIST}`, {
      headers: { authorization: 'Api-Token dm-admin' },
    });
    expect(await list.json()).toMatchObject({ count: 1, results: [{ name: 'Kept' }] });
    const gone = await verifyHere(file, '--url', mock.url);
    expect(gone.stdout).not.toContain('Kept');
    await mock.stop();
  });
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  'An interrupted run (%s) leaves nothing behind',
  async (signal) => {
    const temporary = path.join(folder, signal);
    mkdirSync(temporary);
    const main = path.join(import.meta.dirname, '../../src/cli/main.js');
    const child = spawn(process.execPath, [main, 'verify', contractsFolder], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: temporary },
    });
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
    // Its first line says that an interaction was verified, and others wait.
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(readdirSync(temporary).some((name) => name.startsWith('license-mock-verify-'))).toBe(
      true,
    );
    child.kill(signal);
    expect(await closed).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(readdirSync(temporary).filter((name) => name.startsWith('license-mock'))).toEqual([]);
  },
);
