/** A parameter's name keeps its letter case from the spec through reading and checking to the handler. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { restJson } from '../../src/frameworks/rest-json/rest-json.ts';
import { vendors } from '../../src/vendors/index.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';
import { plainVendor } from '../fixtures/plain-vendor/plain-vendor.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const spec = `openapi: 3.1.0
jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema
info: { title: Cased, version: '1' }
paths:
  /Cased/{licenseId}/{placeKind}:
    get:
      operationId: listSeats
      parameters:
        - { name: licenseId, in: path, required: true, schema: { type: integer } }
        - { name: placeKind, in: path, required: true, schema: { enum: [Desk, room] } }
        - { name: perPage, in: query, required: true, schema: { type: integer, maximum: 50 } }
        - { name: sortBy, in: query, schema: { enum: [Name, takenAt] } }
      responses:
        '200': { description: What the handler saw, content: { application/json: { schema: { type: object } } } }
        '400': { description: Refused, content: { application/json: { schema: { type: object } } } }
`;

/** Answers with the parameters as its handler gets them. */
const cased: Vendor<unknown> = {
  ...plainVendor,
  name: 'cased',
  ledgerPrefix: 'CASED',
  framework: restJson<unknown>({
    identify: (name) => ({ name, role: 'member', scope: undefined }),
  }),
  routing: { prefixes: ['/cased/'], mounts: [], ignoreCase: true, ignoreTrailingSlash: true },
  collections: [],
  handlers: {
    listSeats: async ({ route, query }) => ({
      status: 200,
      body: { path: { ...route.parameters }, query: query as Record<string, string> },
    }),
  },
  scenario: {
    ...plainVendor.scenario,
    configure: () => ({}),
    plant: async () => {},
    describe: async () => ({}),
  },
  introduce: () => ({ credentials: [], example: undefined }),
};

const specs = mkdtempSync(path.join(tmpdir(), 'license-mock-cased-'));
let server: TestServer;
beforeAll(async () => {
  writeFileSync(path.join(specs, 'cased.yaml'), spec);
  server = await startTestServer({ vendors: [...vendors, cased], options: { specs } });
});
afterAll(async () => {
  await server.stop();
  rmSync(specs, { recursive: true });
});

async function ask(target: string) {
  const answer = await fetch(server.url + target, { headers: { authorization: 'Bearer any' } });
  return { status: answer.status, body: await answer.json() };
}

it('as the handler gets it, also where the path is matched without regard to case', async () => {
  const body = {
    path: { licenseId: '7', placeKind: 'Desk' },
    query: { perPage: '20', sortBy: 'takenAt' },
  };
  const query = '?perPage=20&sortBy=takenAt';
  expect(await ask(`/Cased/7/Desk${query}`)).toEqual({ status: 200, body });
  expect(await ask(`/CASED/7/Desk/${query}`)).toEqual({ status: 200, body });
});

it.each([
  ['/Cased/7/Desk', 'perPage is required.'],
  ['/Cased/7/Desk?perPage=many', 'perPage must be an integer.'],
  ['/Cased/7/Desk?perPage=51', 'perPage must be at most 50.'],
  ['/Cased/7/Desk?perPage=5&sortBy=takenat', 'sortBy must be one of Name, takenAt.'],
  ['/Cased/seven/Desk?perPage=5', 'licenseId must be an integer.'],
  ['/Cased/7/desk?perPage=5', 'placeKind must be one of Desk, room.'],
])('in the refusal of %s', async (target, message) => {
  expect(await ask(target)).toMatchObject({ status: 400, body: { message } });
});

it('of a name in another case, which is another parameter: neither missing nor wrong because of it', async () => {
  expect(await ask('/Cased/7/Desk?perpage=5')).toMatchObject({
    status: 400,
    body: { message: 'perPage is required.' },
  });
  expect(await ask('/Cased/7/Desk?perpage=many&perPage=5&PERPAGE=x')).toMatchObject({
    status: 200,
    body: { query: { perPage: '5' } },
  });
});
