/** Ledger, code and tests name the same rows. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadLedger } from '../../src/ledger/ledger.ts';
import { vendors } from '../../src/vendors/index.ts';
import { serveSpecs } from '../../src/parts.ts';
import { frameworkRows, rowPattern, rowsOfOperation } from '../support/vendor-rows.ts';

const root = path.join(import.meta.dirname, '../..');
const { rows } = loadLedger(path.join(root, 'specs/ledger.yaml'));
const served = await serveSpecs({ specs: undefined }, vendors);
const ids = new Set(rows.map((row) => row.id));
const read = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((file) => ({
    file,
    text: readFileSync(path.join(root, file), 'utf8'),
  }));

const sources = read('src/**/*.ts').filter(({ file }) => !file.endsWith('.test.ts'));
const tests = [...read('src/**/*.test.ts'), ...read('test/**/*.test.ts')].filter(
  ({ file }) => !file.startsWith('test/docs/'),
);
const ROW = rowPattern(vendors);
/** The title of a test: the first text after `it(` or `it.each(…)(`. */
const TITLE =
  /\b(?:it|describe)(?:\.each\((?:[\w.]+|[\s\S]*?\]\s*(?:as const)?,?\s*)\))?\(\s*(['"`])((?:(?!\1)[\s\S])*)\1/g;

const tested = new Set(
  tests.flatMap(({ text }) =>
    [...text.matchAll(TITLE)].flatMap(([, , title = '']) => title.match(ROW) ?? []),
  ),
);

describe('every row', () => {
  it.each(rows.map((row) => row.id))('%s is in the title of a test', (id) => {
    expect([...tested]).toContain(id);
  });
  it.each(rows)('$id has the prefix of its vendor, and names operations that exist', (row) => {
    const found = served.find(({ vendor }) => vendor.name === row.vendor);
    const known = found?.spec.operations.map(({ operation }) => operation.id) ?? [];
    expect(row.id.match(ROW)).toEqual([row.id]);
    expect(row.id.startsWith(`${found?.vendor.ledgerPrefix}-`)).toBe(true);
    for (const operation of row.operations) expect(known).toContain(operation);
  });
});

it('has choices for each assumption, or says why it cannot be switched', () => {
  const silent = rows.filter(
    ({ evidence, choices, number, fixed }) =>
      evidence === 'assumed' && !choices && !number && fixed === undefined,
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
});

describe.each(served)('$vendor.name', ({ vendor, spec }) => {
  it('has every row of its framework', () => {
    expect(frameworkRows(vendor).filter((row) => !ids.has(row))).toEqual([]);
  });
  it.each(spec.operations.map(({ operation }) => operation.id))('has rows of %s', (operation) => {
    expect(rowsOfOperation(rows, vendor, operation).length).toBeGreaterThan(0);
  });
});

it('no two vendors share a prefix, nor does one start as another does', () => {
  const prefixes = vendors.map(({ ledgerPrefix }) => `${ledgerPrefix}-`);
  for (const prefix of prefixes) {
    expect(prefixes.filter((other) => other.startsWith(prefix))).toEqual([prefix]);
  }
});

it.each([...sources, ...tests, ...read('docs/**/*.md'), ...read('*.md')])(
  '$file names only rows that exist',
  ({ text }) => {
    expect((text.match(ROW) ?? []).filter((id) => !ids.has(id))).toEqual([]);
  },
);

it('has every choice that the issue promised, the default first', () => {
  const choices = Object.fromEntries(
    rows.map((row) => [row.id, row.choices?.map(({ id }) => id) ?? row.number]),
  );
  expect(choices).toMatchObject({
    'IBL-PAGE-LINKS': ['urls', 'integers', 'drf'],
    'IBL-TOKEN-SCHEMES': ['all', 'api-token'],
    'IBL-PAGE-SIZE': { default: 20, max: 100 },
    'TI-ENVELOPE': ['wrapped', 'unwrapped'],
    'TI-CREATE-STATUS': ['200', '201'],
    'TI-ERRORS': ['rest', 'graphql'],
    'TI-RATE-LIMIT': ['off', 'on'],
    'ALICE-RESULT': ['wire', 'described'],
    'ALICE-INVALID-STATUS': ['200', '400'],
    'ALICE-ERROR-DETAIL': ['never', 'always'],
  });
});

describe('the code', () => {
  const asking = sources.filter(({ file }) => /^src\/(?:vendors|frameworks)\//.test(file));
  const asks = asking.flatMap(({ file, text }) =>
    [...text.matchAll(/\bchoose\(\s*'([\w-]+)'/g)].map(([, row = '']) => ({ file, row })),
  );
  /** The folders whose questions a vendor's rows answer: its own, and its framework's, which leave out the prefix. */
  const foldersOf = (vendor: string) => {
    const own = asking.filter(({ file }) => file.startsWith(`src/vendors/${vendor}/`));
    const imports = own.flatMap(({ text }) => [...text.matchAll(/\/(frameworks\/[\w-]+)\//g)]);
    return [`vendors/${vendor}`, ...new Set(imports.map(([, framework = '']) => framework))];
  };
  const switchable = rows.filter((row) => row.choices ?? row.number);

  it.each(switchable)('asks for $id in one place', ({ id, vendor }) => {
    const names = new Set([id, id.slice(id.indexOf('-') + 1)]);
    const folders = foldersOf(vendor);
    const places = asks.filter(
      ({ file, row }) =>
        names.has(row) && folders.some((folder) => file.startsWith(`src/${folder}/`)),
    );
    expect(places.map(({ file }) => file)).toHaveLength(1);
  });

  it('asks for rows that can be switched, by names that can be found', () => {
    const known = new Set(switchable.flatMap(({ id }) => [id, id.slice(id.indexOf('-') + 1)]));
    expect(asks.filter(({ row }) => !known.has(row))).toEqual([]);
    const computed = asking.filter(({ text }) => /\.choose\(\s*[^'\s]/.test(text));
    expect(computed.map(({ file }) => file)).toEqual([]);
  });
});
