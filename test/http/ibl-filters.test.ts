/** Every documented filter of a list of ibl's filters: one that no code reads would be ignored without a word. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Schema } from '../../src/openapi/operation.ts';
import { serveSpecs } from '../../src/parts.ts';
import { ibl as vendor } from '../../src/vendors/ibl/ibl.ts';
import { openIbl, type Ibl } from '../support/ibl-http.ts';

/** What chooses among pages and forms, not among records. */
const NO_FILTERS = new Set(['page', 'page_size', 'sort', 'verbose']);

const served = await serveSpecs({ specs: undefined }, [vendor]);
const filters = served
  .filter((each) => each.vendor.name === vendor.name)
  .flatMap(({ spec }) =>
    spec.operations
      .filter(({ operation: { method, path, query } }) => {
        return method === 'GET' && 'page' in query && !path.includes('{');
      })
      .flatMap(({ operation: { id, path, query } }) =>
        Object.entries(query)
          .filter(([name]) => !NO_FILTERS.has(name))
          .map(([name, schema]) => ({ id, path, name, schema })),
      ),
  );

let ibl: Ibl;
beforeAll(async () => {
  ibl = await openIbl({ scenario: 'demo' });
});
afterAll(() => ibl.stop());

const countOf = async (path: string, query: Readonly<Record<string, string>>) =>
  (await ibl.ask(`${path}?${new URLSearchParams(query).toString()}`)).body['count'];

/** What a list needs to be asked at all. */
const asked = (path: string): Readonly<Record<string, string>> =>
  path.includes('/assignment/') ? { license_id: '1' } : {};

it.each(filters)('$id filters by $name', async ({ id, path, name, schema }) => {
  const total = await countOf(path, asked(path));
  expect(total, `scenarios/demo.yaml has nothing that ${id} lists`).toBeGreaterThan(0);
  const counts = await Promise.all(
    rareValues(schema).map((value) => countOf(path, { ...asked(path), [name]: value })),
  );
  expect(
    counts.some((count) => count !== total),
    `${id} ignores ${name}: it is in specs/ibl.yaml, but no filter of the operation.`,
  ).toBe(true);
});

/** Values of which at least one is not that of every record. */
function rareValues({ type, format, enum: values }: Schema): readonly string[] {
  if (values) return values.map(String);
  const types = new Set([type].flat());
  if (types.has('boolean')) return ['true', 'false'];
  if (types.has('integer') || types.has('number')) return ['987654321'];
  if (format === 'email') return ['nobody@example.com'];
  if (format === 'uuid') return ['00000000-0000-4000-8000-000000000000'];
  if (format?.startsWith('date')) return ['1970-01-02T00:00:00Z', '2099-01-01T00:00:00Z'];
  return ['nobody-has-this'];
}
