/**
 * Generated requests: no answer may be a 5xx that nobody asked for, break its spec, or leave the server dead.
 * A failure prints its seed; `FUZZ_SEED=…` plays it again.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { JsonObject } from '../../src/messages/json.ts';
import { serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import { control } from './control-client.ts';
import { asText, fuzzTargets } from './fuzz-targets.ts';
import { startTestServer, type TestServer } from './server.ts';

const seed = process.env['FUZZ_SEED'];

let server: TestServer;

const served = await serveSpecs({ specs: undefined }, vendors);
const targets = [...fuzzTargets(served).entries()];

const asJson = (body: JsonObject) => JSON.stringify(body);
const asForm = (body: JsonObject) =>
  new URLSearchParams(
    Object.entries(body).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, asText(each)]),
    ),
  ).toString();
const escapeXml = (value: string) =>
  value.replaceAll(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
const asXml = (body: JsonObject) => {
  const members = Object.entries(body).map(
    ([name, value]) => `<${name}>${escapeXml(asText(value))}</${name}>`,
  );
  return `<LicenseRequest xmlns="http://schemas.datacontract.org/2004/07/Alice.Dto.Requests">${members.join('')}</LicenseRequest>`;
};
type Encoding = readonly [string, (body: JsonObject) => string];
const encodings: fc.Arbitrary<Encoding> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Encoding>(['application/json', asJson]) },
  fc.constant<Encoding>(['application/x-www-form-urlencoded', asForm]),
  fc.constant<Encoding>(['application/xml', asXml]),
);
const accepts = fc.oneof(
  { weight: 3, arbitrary: fc.constant('application/json') },
  fc.constantFrom('application/xml', '*/*', 'text/html', 'junk'),
);

/** A number beyond 2^53, or half of a surrogate pair, in JSON or a form. */
const UNSTORABLE = /\d{16}|\d[eE]\+?\d{2}|\\u[dD][89a-fA-F]|[\ud800-\udfff]/;

/** The answer's status. */
async function send(path: string, init: RequestInit): Promise<number> {
  const answer = await fetch(`${server.url}${path}`, { redirect: 'manual', ...init });
  const body = await answer.text();
  // Where nothing was bound, Alice's own stack answers 500, and so does ibl's for values that no database can store.
  const rows = answer.headers.get('x-mock-ledger') ?? '';
  const isVendors =
    rows.includes('ALICE-EMPTY-BODY') ||
    (rows.includes('IBL-SERVER-ERROR') && UNSTORABLE.test(String(init.body)));
  const said = `${answer.status} ${body.slice(0, 500)}`;
  expect(isVendors ? 400 : answer.status, said).toBeLessThan(500);
  expect(body).not.toMatch(/\bat .*\.ts:\d+/);
  return answer.status;
}

/** What to add where every request was refused. */
function adviceOn(target: string, address: string): string {
  const names = [...address.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  const needed =
    names.length > 0
      ? `give ${names.join(' and ')} an example in the spec, and scenarios/demo.yaml a record that has it`
      : 'give the required fields examples in the spec that the records of scenarios/demo.yaml fit';
  return `No request of ${target} succeeded. So that some get past the first check, ${needed}.`;
}

/** How often an operation's requests are made anew while none of them succeeds. */
const ROUNDS = 5;

/** Registers a test for each operation, with `runs` requests each. */
export function fuzzOperations(runs: number): void {
  const settings = { numRuns: runs, ...(seed !== undefined && { seed: Number(seed) }) };
  beforeAll(async () => {
    // With licenses to change.
    server = await startTestServer({ scenario: 'demo' });
  });
  // So that no operation depends on what those before it removed.
  beforeEach(async () => {
    await control(server.url, 'POST /sandboxes/default/reset');
  });
  afterAll(() => server.stop());

  it.each(targets)(
    '%s answers whatever comes',
    async (id, { operation: { method, path: at }, headers, path, query, body }) => {
      const taken: number[] = [];
      const property = fc.asyncProperty(
        path,
        query,
        body ?? fc.constant(undefined),
        encodings,
        accepts,
        async (address, asked, value, [type, encode], accept) => {
          const search = asked.length > 0 ? `?${new URLSearchParams(asked).toString()}` : '';
          const status = await send(address + search, {
            method,
            headers: { ...headers, accept, ...(value && { 'content-type': type }) },
            ...(value && { body: encode(value) }),
          });
          if (status < 300) taken.push(status);
        },
      );
      // Few requests to some operations can succeed. Chance alone may make none of them.
      for (let round = 0; round < ROUNDS && taken.length === 0; round += 1) {
        await fc.assert(property, settings);
      }
      expect(taken, adviceOn(id, at)).not.toEqual([]);
    },
    900_000,
  );

  it('any bytes as a body get an answer', async () => {
    const types = fc.constantFrom(
      'application/json',
      'text/json',
      'application/xml',
      'text/xml',
      'text/plain',
      'application/x-www-form-urlencoded',
    );
    const withBody = targets.flatMap(([, target]) => (target.body ? [target] : []));
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom(...withBody),
        types,
        async (body, { operation, headers }, type) => {
          await send(operation.path, {
            method: operation.method,
            headers: { ...headers, 'content-type': type },
            body: Buffer.from(body),
          });
        },
      ),
      settings,
    );
  }, 900_000);
}
