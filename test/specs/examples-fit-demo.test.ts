/** Whoever tries an operation with the examples of its spec, in the scenario that the mock starts with, sees it succeed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readOperations } from '../../src/console/openapi/read-operation.ts';
import { draftOf, toRequest } from '../../src/console/openapi/to-request.ts';
import { readCredentials } from '../../src/console/vendors/credentials.ts';
import type { VendorExample } from '../../src/control-api/control-api.ts';
import { serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import { control, sandboxUrl } from '../support/control-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const served = await serveSpecs({ specs: undefined }, vendors);
/** Each example of a body is a case; an operation without a body is one. */
const cases = served.flatMap(({ vendor, spec }) =>
  readOperations(spec.document).flatMap((operation) =>
    (operation.body?.examples ?? [undefined]).map(
      (example) =>
        [operation.id, example?.name ?? 'no body', vendor.name, operation, example] as const,
    ),
  ),
);

/** This one shows what a refusal looks like. */
const REFUSED = 'A license that breaks rules';

let mock: TestServer;
let examples: readonly VendorExample[];
beforeAll(async () => {
  mock = await startTestServer({ scenario: 'demo' });
  const { body } = await control(mock.url, 'GET /sandboxes/default/examples');
  examples = body['examples'] as readonly VendorExample[];
});
afterAll(() => mock.stop());

it('covers the operations of all vendors', () => {
  expect(new Set(cases.map(([id, , vendor]) => `${vendor} ${id}`)).size).toBe(
    served.flatMap(({ spec }) => spec.operations).length,
  );
});

it.each(cases)('%s succeeds with "%s" of %s', async (id, name, vendor, operation, example) => {
  const sandbox = `${id}-${name}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 64);
  await control(mock.url, `PUT /sandboxes/${sandbox}`);
  const [credential] = readCredentials(examples.find((each) => each.vendor === vendor));
  const draft = draftOf(operation, example && [example]);
  const { url, method, headers, body } = toRequest(
    operation,
    { ...draft, credentials: credential?.headers ?? {} },
    sandboxUrl(mock.url, sandbox),
  );
  const answer = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
  const text = await answer.text();
  const successes = operation.answers
    .map(({ status }) => status)
    .filter((each) => each.startsWith('2'));
  expect(successes, text).toContain(String(answer.status));
  // Two vendors can refuse with 200 too.
  const isRefused = /"errors":\[[^\]]/.test(text);
  expect(isRefused, text).toBe(name === REFUSED);
});
