import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { testFolder } from '../support/folder.ts';
import { runHere } from '../support/run-here.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const folder = testFolder();
const calibrate = (...args: readonly string[]) => runHere(['calibrate', ...args], { cwd: folder });

let vendor: TestServer;
beforeAll(async () => {
  vendor = await startTestServer({
    scenario: 'demo',
    settings: { 'IBL-LIST-PLATFORM': 'required' },
  });
});
afterAll(() => vendor.stop());

const asked = () => [
  '--url',
  vendor.url,
  '--header',
  'Authorization: Api-Token dm-admin',
  '--rate',
  '1000',
];

it('shows what it would send, and sends nothing', async () => {
  const { stdout, code } = await calibrate('ibl', '--dry-run');
  expect(stdout).toContain('--param platform_key=acme  A platform');
  expect(stdout).toContain('GET /api/catalog/licenses/program/?name={run}');
  expect(stdout).toContain('IBL-NO-SEAT  skipped: It changes data. Add --allow-writes');
  expect(stdout).toContain('Nothing was sent.');
  expect(code).toBe(0);
});

it('writes a file that check accepts, without writes and secrets', async () => {
  const { stdout, code } = await calibrate('ibl', ...asked());
  expect(stdout).toContain('IBL-LIST-PLATFORM  another choice fits: required');
  expect(stdout).toContain('Written to calibration.yaml');
  expect(code).toBe(0);
  const text = readFileSync(path.join(folder, 'calibration.yaml'), 'utf8');
  expect(parse(text)).toMatchObject({
    vendor: 'ibl',
    settings: { 'IBL-LIST-PLATFORM': 'required' },
    rows: { 'IBL-NO-SEAT': { verdict: 'not probed' } },
    left: [],
  });
  expect(text).not.toContain('dm-admin');
  const checked = await runHere(['check', 'calibration.yaml'], { cwd: folder });
  expect(checked.stdout).toContain('ok    calibration.yaml (calibration)');
}, 60_000);

it('says whether the vendor has moved, and writes no file then', async () => {
  const before = ['--check', 'calibration.yaml'];
  const same = await calibrate('ibl', ...asked(), ...before);
  expect(same.stdout).toMatch(/^ibl: 0 rows moved, \d+ are the same, \d+ were not compared$/m);
  expect(same.code).toBe(0);

  const file = path.join(folder, 'old.yaml');
  const old = parse(readFileSync(path.join(folder, 'calibration.yaml'), 'utf8'));
  old.rows['IBL-LIST-PLATFORM'] = { verdict: 'confirmed', choice: 'optional' };
  writeFileSync(file, stringify(old));
  const moved = ['--check', 'old.yaml', '--format'];
  const [junit, github] = [
    await calibrate('ibl', ...asked(), ...moved, 'junit'),
    await calibrate('ibl', ...asked(), ...moved, 'github'),
  ];
  expect(junit.stdout).toMatch(/<testsuite name="ibl" tests="\d+" failures="1" errors="0"/);
  expect(junit.stdout).toContain('was: confirmed: optional&#10;is: another choice fits: required');
  expect(github.stdout).toContain(
    '::error file=old.yaml,title=ibl has moved%3A IBL-LIST-PLATFORM::',
  );
  expect([junit.code, github.code]).toEqual([1, 1]);
}, 120_000);

it('writes the report of a check to a file, and shows people the human one', async () => {
  const check = ['--check', 'old.yaml', '--format', 'junit', '--output', 'reports/ibl.xml'];
  const { stdout, code } = await calibrate('ibl', ...asked(), ...check);
  const report = readFileSync(path.join(folder, 'reports/ibl.xml'), 'utf8');
  expect(report).toMatch(/^<\?xml .*\n<testsuites name="license-mock calibrate">\n/);
  expect(report).toContain('<testcase name="IBL-LIST-PLATFORM" classname="ibl"><failure');
  expect(report).toMatch(/<testcase name="IBL-NO-SEAT" classname="ibl"><skipped/);
  expect(stdout).toContain('IBL-LIST-PLATFORM\n      was: confirmed: optional\n');
  expect(stdout).toMatch(/^ibl: 1 rows moved, \d+ are the same, \d+ were not compared$/m);
  expect(stdout).not.toContain('<testcase');
  expect(code).toBe(1);
  expect(readdirSync(folder).toSorted()).toEqual(['calibration.yaml', 'old.yaml', 'reports']);
}, 60_000);

it('tells with exit code 3 that it was stopped', async () => {
  const wrong = [
    '--url',
    vendor.url,
    '--header',
    'Authorization: Api-Token nobody',
    '--output',
    'wrong.yaml',
  ];
  const { stdout, stderr, code } = await calibrate('ibl', ...wrong);
  expect(stderr).toContain('The run ended early. GET /api/catalog/licenses/program/');
  expect(stderr).toContain('got 401, which the probe does not expect');
  expect(stdout).toMatch(/^1 requests sent\. Nothing was written\.$/m);
  expect(code).toBe(3);
  expect(existsSync(path.join(folder, 'wrong.yaml'))).toBe(false);
}, 60_000);

it('leaves an earlier calibration as it was where the vendor cannot be asked', async () => {
  const file = path.join(folder, 'calibration.yaml');
  const before = readFileSync(file, 'utf8');
  const gone = ['--url', 'http://127.0.0.1:1'];
  const { stdout, code } = await calibrate('ibl', ...gone);
  expect(stdout).toContain('Nothing was written: calibration.yaml is as it was.');
  expect(code).toBe(3);
  expect(readFileSync(file, 'utf8')).toBe(before);

  const check = ['--check', 'calibration.yaml', '--format'];
  const junit = await calibrate('ibl', ...gone, ...check, 'junit');
  expect(junit.stdout).toMatch(/failures="0" errors="1" skipped="\d+"/);
  expect(junit.stdout).toContain('<error message="The run ended early.">');
  const github = await calibrate('ibl', ...gone, ...check, 'github');
  expect(github.stdout).toContain('::error file=calibration.yaml,title=The run ended early.::');
  expect([junit.code, github.code]).toEqual([3, 3]);
}, 60_000);

it('checks without writes what was calibrated with them', async () => {
  const live = await startTestServer({ scenario: 'demo', settings: { 'IBL-PAGE-LINKS': 'drf' } });
  try {
    const at = ['--url', live.url, ...asked().slice(2)];
    const made = await calibrate('ibl', ...at, '--allow-writes', '--output', 'whole.yaml');
    expect(made.stdout).toContain('IBL-PAGE-LINKS  another choice fits: drf');
    const { stdout, code } = await calibrate('ibl', ...at, '--check', 'whole.yaml');
    expect(stdout).toMatch(/^ibl: 0 rows moved, /m);
    expect(code).toBe(0);
  } finally {
    await live.stop();
  }
}, 120_000);

it.each([
  { args: ['ibl'], says: 'Name the live vendor with --url.' },
  {
    args: ['ibl', '--url', 'http://127.0.0.1:1', '--check', 'nothing.yaml'],
    says: 'The calibration nothing.yaml cannot be read: ENOENT',
  },
  { args: ['nobody', '--dry-run'], says: 'There are no probes of "nobody". Choose alice, ibl' },
  {
    args: ['ibl', '--dry-run', '--param', 'key=1'],
    says: 'no parameter "key". Known: platform_key, program_key',
  },
  {
    args: ['ibl', '--url', 'http://127.0.0.1:1', '--format', 'junit'],
    says: '--format junit is for --check.',
  },
  {
    args: ['ibl', '--url', 'http://127.0.0.1:1', '--header', 'secret'],
    says: "Write 'Name: value'",
  },
])('refuses $args', async ({ args, says }) => {
  const { stderr, code } = await calibrate(...args);
  expect(stderr).toContain(says);
  expect(code).toBe(2);
});

it('says which line of a probes file is wrong', async () => {
  writeFileSync(
    path.join(folder, 'probes.yaml'),
    'vendor: ibl\nprobes:\n  - row: IBL-PAGE-LINKS\n    steps:\n      - ask: GET /{nothing}\n',
  );
  const { stdout, code } = await runHere(['check', 'probes.yaml'], { cwd: folder });
  expect(stdout).toContain('FAIL  probes.yaml (probes)');
  expect(stdout).toContain('probes.yaml:3');
  expect(stdout).toContain('{nothing}');
  expect(code).toBe(1);
});
