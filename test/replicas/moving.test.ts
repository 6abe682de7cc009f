/** `sandbox export --all` and `sandbox import --all`: nothing of a sandbox is lost on the way, and no half of one arrives. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLicenseMock } from '../../src/index.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { openState } from '../../src/open-state.ts';
import { setups } from '../../src/sandboxes/sandbox.ts';
import type { SandboxContent } from '../../src/store/store.ts';
import { vendors } from '../../src/vendors/index.ts';
import { testFolder } from '../support/folder.ts';
import { allLicenses, createLicense } from '../support/ibl-client.ts';
import { dropSchema, freshDatabase, sql } from '../support/postgres.ts';
import type { Finished } from '../support/process.ts';
import { runHere } from '../support/run-here.ts';

const folder = testFolder();
const database = await freshDatabase();
afterAll(() => dropSchema(database));

const at = (name: string): string => path.join(folder, name);
const intoDatabase = ['--data', 'env:DATABASE_URL', '--data-schema', database.schema];

function sandbox(...args: readonly string[]): Promise<Finished> {
  return runHere(['sandbox', ...args], {
    cwd: folder,
    environment: { DATABASE_URL: database.url },
  });
}

async function move(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await sandbox(...args);
  expect(`${stderr}${stdout}`).toMatch(/^(?:Wrote|Imported) busy, default, paid/);
  expect(code).toBe(0);
  return stdout;
}

type Contents = Readonly<Record<string, SandboxContent>>;

/** Without what is new in every world. */
async function contentsOf(data: string, dataSchema = database.schema): Promise<Contents> {
  const config = {
    data,
    dataSchema,
    durability: 'process',
    journalSize: 1,
  } as const;
  const metrics = createMetrics();
  const { store } = await openState(config, { vendors, metrics, log: () => {} });
  const contents: [string, SandboxContent][] = [];
  for (const name of await store.sandboxes()) {
    const { counters, records } = await store.export(name);
    const [{ generation: _g, journalId: _j, ...setup } = {}] = records[setups.name] ?? [];
    contents.push([name, { counters, records: { ...records, [setups.name]: [setup] } }]);
  }
  await store.close();
  metrics.close();
  return Object.fromEntries(contents);
}

let before: Contents;
beforeAll(async () => {
  await using mock = await startLicenseMock({ data: at('from'), sandboxes: 'named' });
  const busy = await mock.createSandbox('busy', {
    scenario: 'empty',
    clock: '2026-01-01T00:00:00Z',
    seed: 9,
    settings: { 'IBL-PAGE-LINKS': 'integers' },
  });
  await createLicense(busy.url, { external_id: 'one', name: 'Gr\u00fc\u00dfe\u2028"x"' });
  await busy.snapshots.take('one-license');
  await createLicense(busy.url, { external_id: 'two' });
  await busy.overrides.add({ when: { method: 'GET' }, effect: { delay: { ms: 1 } } });
  await allLicenses(busy.url);
  await busy.clock.advance('P1D');
  const paid = await mock.createSandbox('paid', { scenario: 'empty' });
  await paid.providerState('a program license exists');
  await mock.stop();
  before = await contentsOf(at('from'));
  await move('export', '--all', '--data', 'from', '--output', 'all.ndjson');
});

it('from a folder into a database, and back into a folder, nothing is lost', async () => {
  expect(Object.keys(before)).toEqual(['busy', 'default', 'paid']);
  expect(before['busy']?.records).toMatchObject({
    'mock.overrides': [{ hits: 1 }],
    'mock.snapshots': [{ name: 'one-license' }],
    'mock.setup': [{ seed: 9, start: { settings: { 'IBL-PAGE-LINKS': 'integers' } } }],
    'ibl.program-licenses': [{}, {}],
  });
  expect(before['paid']?.records['mock.setup']).toMatchObject([{ states: [{}] }]);

  await move('import', '--all', ...intoDatabase, 'all.ndjson');
  expect(await contentsOf(database.url)).toEqual(before);
  await move('export', '--all', ...intoDatabase, '--output', 'again.ndjson');
  await move('import', '--all', '--data', 'to', 'again.ndjson');
  expect(await contentsOf(at('to'))).toEqual(before);
});

it('a server on the database sees at once what was imported', async () => {
  await using mock = await startLicenseMock({ data: database.url, dataSchema: database.schema });
  const busy = mock.sandbox('busy');
  await createLicense(busy.url, { external_id: 'three' });
  expect(await allLicenses(busy.url)).toHaveLength(3);
  const entries = (await busy.journal.entries()).length;
  await move('import', '--all', '--replace', ...intoDatabase, 'all.ndjson');
  expect(await allLicenses(busy.url)).toMatchObject([
    { external_id: 'two' },
    { external_id: 'one' },
  ]);
  // The journal of a sandbox goes on.
  expect((await busy.journal.entries()).length).toBeGreaterThan(entries);
});

it('writes to standard output without --output', async () => {
  const { stdout, stderr } = await sandbox('export', '--all', '--data', 'from');
  expect(stdout).toBe(readFileSync(at('all.ndjson'), 'utf8'));
  expect(stderr).toBe('Wrote busy, default, paid to standard output. Journals are not moved.\n');
});

describe('refuses', () => {
  it('sandboxes that are there, by name, and changes none', async () => {
    await using mock = await startLicenseMock({ data: at('partly') });
    await createLicense(mock.url);
    await mock.stop();
    const own = await contentsOf(at('partly'));
    const { code, stderr } = await sandbox('import', '--all', '--data', 'partly', 'all.ndjson');
    expect(stderr).toContain('default is there already. To replace them with those of the file');
    expect(code).toBe(2);
    expect(await contentsOf(at('partly'))).toEqual(own);
  });

  it('a folder that a server uses', async () => {
    await using mock = await startLicenseMock({ data: at('used') });
    for (const args of [['export'], ['import', 'all.ndjson']]) {
      const { code, stderr } = await sandbox(...args, '--all', '--data', 'used');
      expect(stderr).toContain('is in use by process');
      expect(code).toBe(3);
    }
    await mock.stop();
  });

  it('data that holds no sandboxes', async () => {
    const { stderr } = await sandbox('export', '--all', '--data', 'nowhere');
    expect(stderr).toContain('nowhere is not there. Name a folder');
    expect(existsSync(at('nowhere'))).toBe(false);
    const none = `${database.schema}_none`;
    const found = await sandbox('export', '--all', '--data', database.url, '--data-schema', none);
    expect(found.stderr).toContain(`"${none}" of the database holds no data of license-mock`);
    expect(found.code).not.toBe(0);
    const schemas = `select from pg_namespace where nspname = '${none}'`;
    expect(await sql(database.url, schemas)).toEqual([]);
    const empty = await freshDatabase();
    await contentsOf(empty.url, empty.schema);
    const args = ['--data', empty.url, '--data-schema', empty.schema];
    const { stderr: text, code } = await sandbox('export', '--all', ...args);
    await dropSchema(empty);
    expect(text).toMatch(/There are no sandboxes in postgres:\/\/\w+@[\w.]+:\d+\/\w+\n/);
    expect(code).toBe(2);
  });

  it.each([
    [['export', '--all'], '--all works on the data itself. Name it: --data DIR'],
    [['export', '--all', '--data', 'memory'], '--data memory holds nothing'],
    [['export', '--all', 'busy', '--data', 'from'], 'Leave out busy'],
    [['export'], 'Name a sandbox, or use --all'],
    [['import', 'busy'], 'Name a sandbox and a file, or use --all'],
    [['import', '--all', 'busy', 'all.ndjson'], 'With --all, name the file and nothing else'],
    [['import', '--all', '--data', 'new'], 'With --all, name the file and nothing else'],
    [['import', '--all', '--data', 'new', 'nowhere.ndjson'], 'nowhere.ndjson cannot be read'],
  ])('%j', async (args, message) => {
    const { code, stderr } = await sandbox(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describe('a damaged file', () => {
  const lines = (): string[] => readFileSync(at('all.ndjson'), 'utf8').trimEnd().split('\n');
  const without = (index: number) => (all: string[]) => all.toSpliced(index, 1);
  const indexOf = (all: readonly string[], start: string): number =>
    all.findIndex((line) => line.startsWith(start));
  /** What was not written by us, although its sum is right. */
  const wholeFile =
    (name: string, ...records: readonly string[]) =>
    (): string[] => {
      const summed = [`{"sandbox":"${name}","counters":{}}`, ...records];
      const sum = createHash('sha256').update(summed.map((line) => `${line}\n`).join(''));
      const end = JSON.stringify({ records: records.length, sha256: sum.digest('hex') });
      return ['{"license-mock":"sandboxes","format":1}', ...summed, end, '{"sandboxes":1}'];
    };
  const setup = '{"in":"mock.setup","record":{"id":"setup"}}';
  const license = '{"in":"ibl.program-licenses","record":{"id":1}}';

  it.each<readonly [string, (all: string[]) => string[], RegExp]>([
    ['of which the end is missing', (all) => all.slice(0, -1), /ends after line \d+, before its/],
    ['of which half is missing', (all) => all.slice(0, 40), /ends after line 40, before its last/],
    ['that is empty', () => [], /:1 is not a whole line of JSON/],
    ['without a record', without(3), /:\d+ the lines of the sandbox busy are not those/],
    [
      'with a changed value',
      (all) => all.map((line) => line.replace('two', 'owt')),
      /busy are not/,
    ],
    [
      'with lines in another order',
      (all) => [...all.slice(0, 2), all[3] ?? '', all[2] ?? '', ...all.slice(4)],
      /busy are not/,
    ],
    [
      'without a sandbox',
      (all) => all.toSpliced(1, indexOf(all, '{"records":')),
      /sandboxes are missing before/,
    ],
    ['that is something else', () => ['name: demo'], /:1 is not a whole line of JSON/],
    [
      'of another program',
      () => ['{"name":"demo"}'],
      /was not written by "license-mock sandbox export --all"/,
    ],
    [
      'of a later version',
      (all) => ['{"license-mock":"sandboxes","format":2}', ...all.slice(1)],
      /has format 2, and this license-mock reads format 1/,
    ],
    ['that was written twice', (all) => [...all, ...all], /follows the last line/],
    [
      'with a sandbox twice',
      (all) => [...all.slice(0, -1), ...all.slice(1, -1), '{"sandboxes":6}'],
      /the sandbox "busy" is there twice/,
    ],
    ['with a name that no sandbox has', wholeFile('../x', setup), /"..\/x" is not a valid sandbox/],
    [
      'with the same record twice',
      wholeFile('x', setup, license, license),
      /a record with id 1 already/,
    ],
    [
      'with records of nobody',
      wholeFile('x', setup, license.replace('ibl', 'abc')),
      /unknown collection "abc/,
    ],
    ['without a setup', wholeFile('x', license), /"x" needs one record in mock.setup/],
    [
      'with a line of another kind',
      (all) => all.toSpliced(3, 0, '{"more":1}'),
      /:4 does not belong here/,
    ],
  ])('%s is refused, and nothing is imported', async (_what, damage, message) => {
    writeFileSync(at('damaged.ndjson'), `${damage(lines()).join('\n')}\n`);
    const { code, stderr } = await sandbox('import', '--all', '--data', 'safe', 'damaged.ndjson');
    expect(stderr).toMatch(message);
    expect(code).toBe(3);
    expect(await contentsOf(at('safe'))).toEqual({});
  });
});
