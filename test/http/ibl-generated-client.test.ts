/**
 * The vendor's own generated client against the mock: it calls every operation, and each answer fits the vendor's own
 * schema, which the package contains.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv } from 'ajv';
import { CatalogService, OpenAPI } from '@iblai/iblai-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startTestServer, type TestServer } from '../support/server.ts';

type Vendors = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, VendorOperation>>>>;
  readonly components: { readonly schemas: object };
};
type VendorOperation = {
  readonly operationId?: string;
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
};

const scenario = `
ibl:
  users:
    - { id: 1, username: maya, email: maya@example.com, name: Maya, platform_key: acme }
    - { id: 2, username: noor, email: noor@example.com, name: Noor, platform_key: acme }
    - { id: 3, username: sam, email: sam@example.com, name: Sam, platform_key: acme }
  groups: [{ id: 1, name: Staff, platform_key: acme, members: [2, 3] }]
`;

const main = createRequire(import.meta.url).resolve('@iblai/iblai-api');
const file = path.join(path.dirname(main), '../sdk_schema.yml');
const vendors = parse(licensePart(readFileSync(file, 'utf8')), { merge: false }) as Vendors;
const documented = new Map(
  Object.entries(vendors.paths).flatMap(([at, methods]) =>
    Object.entries(methods).flatMap(([, operation]) =>
      at.startsWith('/api/catalog/licenses/') && operation.operationId !== undefined
        ? [[operation.operationId, operation] as const]
        : [],
    ),
  ),
);

/** The schema has 2.7 MB: only the paths and the schemas of licenses are parsed. */
function licensePart(text: string): string {
  const lines = text.split('\n');
  const kept: string[] = [];
  let section = '';
  let isKept = true;
  for (const line of lines) {
    if (/^\S/.test(line)) [section, isKept] = [line, true];
    else if (section.startsWith('paths:') && /^ {2}\S/.test(line)) {
      isKept = line.startsWith('  /api/catalog/licenses/');
    } else if (section.startsWith('components:') && /^ {4}\S/.test(line)) {
      isKept = /License/.test(line);
    }
    if (isKept) kept.push(line);
  }
  return kept.join('\n');
}

const formats = {
  'date-time': (text: string) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text),
  email: (text: string) => /^[^@\s]+@[^@\s]+$/.test(text),
  uri: (text: string) => URL.canParse(text),
};
const ajv = new Ajv({ strict: false, validateSchema: false, formats });
ajv.addSchema({ $id: 'vendor', components: vendors.components });

let server: TestServer;
const called = new Set<string>();
beforeAll(async () => {
  server = await startTestServer({ scenario });
  OpenAPI.BASE = server.url;
  OpenAPI.HEADERS = { Authorization: 'Api-Token dm-admin' };
});
afterAll(() => server.stop());

/** Calls an operation with the client and holds the answer against the vendor's schema. */
async function call(operation: string, parameters: object): Promise<Record<string, unknown>> {
  called.add(operation);
  const name = operation.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const send = Reflect.get(CatalogService, name) as (given: object) => Promise<unknown>;
  const answer = await send.call(CatalogService, parameters);
  const schema =
    documented.get(operation)?.responses?.['200']?.content?.['application/json']?.schema;
  // The vendor documents no body for these.
  const hasNoBody = /_destroy$|_check_/.test(operation);
  const reference = JSON.stringify(schema ?? {}).replaceAll('"#/', '"vendor#/');
  const check = ajv.compile(JSON.parse(reference) as object);
  check(answer);
  expect({ hasNoBody: schema === undefined, errors: check.errors }, operation).toEqual({
    hasNoBody,
    errors: null,
  });
  return answer as Record<string, unknown>;
}

it('has 31 operations in the vendor’s schema', () => expect(documented.size).toBe(31));

const subjects = {
  platform: {},
  user: {},
  course: { course_id: 'course-v1:acme+law+2026' },
  program: { program_key: 'program-v1:acme+bar+2026' },
};

it.each(Object.entries(subjects))('%s: every operation', async (kind, subject) => {
  const at = `catalog_licenses_${kind}`;
  const license = { platform_key: 'acme', name: 'Spring', count: 3, external_id: `e-${kind}` };
  const started = '2026-01-01T00:00:00Z';
  const { id } = await call(`${at}_create_create`, {
    requestBody: { ...license, ...subject, started },
  });
  await call(`${at}_update_create`, { requestBody: { license_id: id, count: 4 } });
  const list = await call(`${at}_retrieve`, { verbose: true });
  expect(list).toMatchObject({ count: 1, results: [{ id, count: 4 }] });
  if (kind === 'platform') return;

  const licenseId = Number(id);
  const seat = await call(`${at}_assignment_create`, {
    licenseId,
    requestBody: { license_id: licenseId, user_id: 1, metadata: { team: 'emea' } },
  });
  expect(seat).toMatchObject({ user_id: 1, username: 'maya', license_id: licenseId });
  const group = await call(`${at}_assignment_group_create`, {
    licenseId,
    requestBody: { license_id: licenseId, group_id: 1 },
  });
  expect(group).toMatchObject({ group_id: 1, group_name: 'Staff' });
  expect(await call(`${at}_assignment_retrieve`, { licenseId })).toMatchObject({ count: 3 });
  expect(await call(`${at}_assignment_group_retrieve`, { licenseId })).toMatchObject({ count: 1 });
  if (kind === 'user') {
    await call(`${at}_assignment_check_retrieve`, { email: 'noor@example.com' });
  }
  await call(`${at}_assignment_group_destroy`, { licenseId, assignmentId: group['id'] });
  await call(`${at}_assignment_destroy`, { licenseId, assignmentId: seat['id'] });
  expect(await call(`${at}_assignment_retrieve`, { licenseId })).toMatchObject({ count: 0 });
});

it('called all of them', () => {
  expect([...called].toSorted()).toEqual([...documented.keys()].toSorted());
});
