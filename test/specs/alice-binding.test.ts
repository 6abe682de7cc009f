/** What alice's reader would not bind is just what Prism finds: ModelState is made of Prism's violations. */
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkRequest } from '../../src/openapi/check-request.ts';
import { loadSpec } from '../../src/openapi/load-spec.ts';
import type { SpecOperation } from '../../src/openapi/spec.ts';
import { bindModel } from '../../src/frameworks/aspnet-web-api/bind-model.ts';
import { licenseRequest } from '../../src/vendors/alice/license-request.ts';
import type { Json, JsonObject } from '../../src/messages/json.ts';
import type { Route } from '../../src/openapi/operation.ts';

const file = path.join(import.meta.dirname, '../../specs/alice.yaml');
const { operations } = await loadSpec('alice', file);
const spec = operations.find(({ operation }) => operation.id === 'addLicense') as SpecOperation;
const route: Route = { operation: spec.operation, methods: ['POST'], parameters: {} };

async function placesPrismFinds(body: Json): Promise<string[]> {
  const violations = await checkRequest(spec, route, { body, query: {} }, {});
  return [...new Set(violations.map((violation) => violation.path.join('.')))].toSorted();
}

const GUID = '6caf4af1-626c-409c-831b-9bc40b09967b';
const values: readonly Json[] = [
  null,
  true,
  0,
  -2_147_483_648,
  'x',
  '',
  ' ',
  '4',
  GUID,
  `{${GUID}}`,
  `urn:uuid:${GUID}`,
  GUID.replaceAll('-', ''),
  '2026-03-02',
  '2026-03-02T04:02:01.5797227+02:00',
  '2026-03-02T23:59:60Z',
  '2026-12-31T23:59:60Z',
  '0000-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-03-02T04:02:01.12345678Z',
  '/Date(0)/',
  [],
  [null],
  ['x', GUID, 4, true, ''],
  [[], {}],
  {},
  { a: 1 },
];

it.each(licenseRequest.fields.map(({ name }) => name))(
  'finds what does not bind to %s',
  async (name) => {
    for (const value of values) {
      const { body, unbound } = bindModel({ [name]: value }, 'json', licenseRequest);
      const places = unbound.map((place) => place.join('.')).toSorted();
      expect({ value, places: await placesPrismFinds(body) }).toEqual({ value, places });
    }
  },
);

const texts = values.filter((value) => typeof value === 'string');

it.each(['json', 'xml', 'form'] as const)('finds what does not bind in any %s', async (source) => {
  const text = fc.oneof(fc.constantFrom(...texts), fc.string());
  const item = fc.option(text);
  const anything = fc.oneof(fc.constantFrom(...values), fc.jsonValue() as fc.Arbitrary<Json>);
  const license = fc.record(
    Object.fromEntries(
      licenseRequest.fields.map(({ name, isList }) => {
        const read: fc.Arbitrary<Json> = isList ? fc.option(fc.array(item)) : item;
        return [name, source === 'json' ? fc.oneof(read, anything) : read];
      }),
    ),
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(license, async (raw) => {
      const { body, unbound } = bindModel(raw as JsonObject, source, licenseRequest);
      const places = unbound.map((place) => place.join('.')).toSorted();
      expect(await placesPrismFinds(body)).toEqual(places);
    }),
    { numRuns: 200 },
  );
});
