/**
 * A vendor is one spec, one folder, one line in src/vendors/index.ts: all else follows from these, or fails loudly.
 * The vendor of test/fixtures/plain-vendor stands for the next one.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import lintConfig from '../../oxlint.config.ts';
import { renderStarter } from '../../src/cli/render-starter.ts';
import { exposedHeaders } from '../../src/http/cors.ts';
import { openLedger, openScenarios, serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import type { Handler, Vendor } from '../../src/vendors/vendor.ts';
import { plainVendor } from '../fixtures/plain-vendor/plain-vendor.ts';
import { badInputTarget } from '../support/bad-input-targets.ts';
import { fieldsDocumentedFor, readFieldLists } from '../support/field-lists.ts';
import { fuzzTargets } from '../support/fuzz-targets.ts';
import { createLicense } from '../support/ibl-client.ts';
import { callsOf } from '../support/random-operations.ts';
import { startTestServer } from '../support/server.ts';
import { frameworkRows, rowPattern, rowsOfOperation } from '../support/vendor-rows.ts';

const root = path.join(import.meta.dirname, '../..');
const specs = path.join(root, 'test/fixtures/plain-vendor');
const all: readonly Vendor[] = [...vendors, plainVendor];
const served = await serveSpecs({ specs }, all);
const plain = served.find(({ vendor }) => vendor === plainVendor);
if (!plain) throw new Error('The plain vendor is not served.');
const ledger = openLedger();

describe('a vendor of ours', () => {
  it('is in a folder, and each folder is in the list', () => {
    const folders = readdirSync(path.join(root, 'src/vendors'), { withFileTypes: true });
    const names = folders.filter((each) => each.isDirectory()).map(({ name }) => name);
    expect(names.toSorted()).toEqual([...vendors.map(({ name }) => name), 'foreign'].toSorted());
  });

  it.each(vendors)('$name may import no other vendor', ({ name }) => {
    const rule = lintConfig.overrides?.find(({ files }) =>
      files.includes(`src/vendors/${name}/**/*.ts`),
    );
    const text = JSON.stringify(rule);
    const others = vendors.filter((other) => other.name !== name);
    for (const other of others) expect(text).toContain(`"**/${other.name}/**"`);
  });

  it.each(['http', 'control', 'contracts', 'cli', 'journal', 'parts'])(
    'is imported by %s only through the contract of all vendors',
    (layer) => {
      const rule = lintConfig.overrides?.find(({ files }) =>
        files.some((file) =>
          [`src/${layer}/`, `src/${layer}.ts`].some((own) => file.startsWith(own)),
        ),
      );
      const text = JSON.stringify(rule);
      for (const { name } of vendors) expect(text).toContain(`"**/vendors/${name}/**"`);
    },
  );
});

describe('one more vendor', () => {
  it('has its headers readable for a page in a browser', () => {
    expect(exposedHeaders([plain]).split(', ')).toEqual([
      'Allow',
      'Date',
      'X-Mock-Sandbox',
      'X-Mock-Request-Id',
      'X-Mock-Warnings',
      'X-Mock-Ledger',
      'X-Mock-Override',
      'X-Mock-Calibration',
    ]);
  });

  it('has a section in a new scenario file, which can be used', () => {
    const settings = ledger.defaults;
    const text = renderStarter('first', { schema: undefined, vendors: all, settings });
    const scenario = openScenarios(ledger, all).parse(text, 'first.yaml');
    expect(Object.keys(scenario.sections)).toEqual(all.map(({ name }) => name));
    expect(scenario.sections['plain-vendor']).toEqual({
      seats: [{ id: 'window', email: 'ada@example.com' }],
    });
  });

  it('is fuzzed', () => {
    const targets = fuzzTargets(served);
    expect(targets.get('plain-vendor readSeat')?.headers).toEqual({
      authorization: 'Bearer plain-token',
    });
    expect(targets.get('plain-vendor takeSeat')?.body).toBeDefined();
  });

  it('has ledger rows that are recognised', () => {
    expect('IBL-ONE PLAIN-TWO OTHER-THREE'.match(rowPattern(all))).toEqual([
      'IBL-ONE',
      'PLAIN-TWO',
    ]);
    const framework = { ...plainVendor.framework, rows: ['PATHS'] };
    expect(frameworkRows({ ...plainVendor, framework })).toEqual(['PLAIN-PATHS']);
  });
});

describe('what is left out for one more vendor fails:', () => {
  it('its spec', async () => {
    await expect(serveSpecs({ specs: undefined }, all)).rejects.toThrow(
      'The vendor plain-vendor has no spec. Add plain-vendor.yaml to',
    );
  });

  it('the list of an operation’s documented fields', () => {
    expect(() => fieldsDocumentedFor(readFieldLists(), plainVendor, 'takeSeat')).toThrow(
      'test/specs/plain-vendor-fields.tsv lists no field of takeSeat.',
    );
  });

  it('ledger rows with its prefix', () => {
    expect(() => rowsOfOperation(ledger.rows, plainVendor, 'takeSeat')).toThrow(
      'specs/ledger.yaml has no row PLAIN-… of plain-vendor takeSeat.',
    );
  });

  it('an operation in the `operations` of a ledger row that it notes', async () => {
    const [vendor, ...others] = vendors;
    const id = 'createProgramLicense';
    const row = ledger.rows.find(
      (each) =>
        each.vendor === vendor?.name &&
        each.operations.length > 0 &&
        !each.operations.includes(String(id)),
    );
    if (!vendor || id === undefined || !row) throw new Error('No row leaves an operation out.');
    const noting: Handler<unknown> = async (_, { note }) => {
      note(row.id);
      return { problem: 'forbidden' };
    };
    const server = await startTestServer({
      vendors: [{ ...vendor, handlers: { ...vendor.handlers, [id]: noting } }, ...others],
    });
    expect((await createLicense(server.url)).status).toBe(403);
    await expect(server.stop()).rejects.toThrow(
      `${id} notes ${row.id}: add ${id} to that row's operations in specs/ledger.yaml.`,
    );
  });

  it('a credential for the fuzz targets', () => {
    const silent = { ...plainVendor, introduce: () => ({ credentials: [], example: undefined }) };
    expect(() => fuzzTargets([{ ...plain, vendor: silent }])).toThrow(
      'plain-vendor introduces no credential that can be sent.',
    );
  });

  it('calls for the tests with random operations and bad input', () => {
    expect(() => callsOf('plain-vendor takeSeat')).toThrow(
      'No random call of plain-vendor takeSeat',
    );
    expect(() => badInputTarget('plain-vendor')).toThrow('No call of plain-vendor');
  });
});
