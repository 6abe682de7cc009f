/** What the server says of itself: vendors, specs, ledger, coverage, scenarios. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Served } from '../../src/http/find-route.ts';
import { serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import { control } from '../support/control-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { 'IBL-PAGE-LINKS': 'drf' } });
});
afterAll(() => server.stop());

const names = vendors.map(({ name }) => name).toSorted();
const served = await serveSpecs({ specs: undefined }, vendors);
const specs = path.join(import.meta.dirname, '../../specs');
const spec = parse(readFileSync(path.join(specs, 'control.yaml'), 'utf8'));

it('says that it lives and is ready', async () => {
  expect(await control(server.url, 'GET /health')).toMatchObject({
    status: 200,
    body: { status: 'ok' },
  });
  expect(await control(server.url, 'GET /ready')).toMatchObject({
    status: 200,
    body: { status: 'ready' },
  });
  const head = await control(server.url, 'HEAD /health');
  expect(head.status).toBe(200);
  expect(head.text).toBe('');
});

it('lists the vendors with their operations', async () => {
  const { body } = await control(server.url, 'GET /vendors');
  const listed = body['vendors'] as { name: string; operations: object[] }[];
  expect(listed.map(({ name }) => name)).toEqual(names);
  const operationsOf = ({ vendor, spec: { operations } }: Served) =>
    operations.map(({ operation: { id, method, path: address, summary } }) => {
      const kind = Object.hasOwn(vendor.handlers, id) ? 'handled' : 'generated';
      return { id, method, path: address, summary, kind };
    });
  for (const each of served) {
    const shown = listed.find(({ name }) => name === each.vendor.name);
    expect(shown?.operations).toEqual(operationsOf(each));
  }
});

it.each([...names, 'control'])('gives the document of %s', async (name) => {
  const { body } = await control(server.url, `GET /specs/${name}.json`);
  expect(body).toEqual(parse(readFileSync(path.join(specs, `${name}.yaml`), 'utf8')));
});

it('says which documents there are', async () => {
  const answer = await control(server.url, 'GET /specs/ledger.json');
  expect(answer.status).toBe(404);
  expect(answer.body).toMatchObject({
    type: '/_mock/errors/unknown-vendor',
    detail: expect.stringContaining([...names, 'control'].join(', ')),
  });
});

describe('the ledger', () => {
  type Row = { id: string; choice?: string; choices?: { id: string; why?: string }[] };
  const rowOf = async (query: string, id: string) => {
    const { body } = await control(server.url, `GET /ledger${query as '/'}`);
    return (body['rows'] as Row[]).find((row) => row.id === id);
  };
  it('has the choices in force in the sandbox default', async () => {
    expect(await rowOf('', 'IBL-PAGE-LINKS')).toMatchObject({
      choices: [
        { id: 'urls', why: expect.stringContaining('field table') },
        { id: 'integers', why: expect.stringContaining('Sibling services') },
        { id: 'drf', why: expect.stringContaining('sample response') },
      ],
      choice: 'drf',
    });
    expect(await rowOf('', 'IBL-PAGE-SIZE')).toMatchObject({ choice: '20' });
  });
  it('says of a choice without a known reason no more than its name', async () => {
    const row = await rowOf('', 'ALICE-INVALID-STATUS');
    expect(row?.choices?.[1]).toEqual({ id: '400' });
  });
  it('has those of another one', async () => {
    const settings = { 'IBL-PAGE-LINKS': 'integers', 'IBL-PAGE-SIZE': 7 };
    await control(server.url, 'PUT /sandboxes/chosen', { settings });
    expect(await rowOf('?sandbox=chosen', 'IBL-PAGE-LINKS')).toMatchObject({ choice: 'integers' });
    expect(await rowOf('?sandbox=chosen', 'IBL-PAGE-SIZE')).toMatchObject({ choice: '7' });
  });
  it('has none for a sandbox that is not there', async () => {
    expect((await control(server.url, 'GET /ledger?sandbox=nobody')).status).toBe(404);
    expect((await control(server.url, 'GET /ledger?sandbox=No')).status).toBe(400);
    expect((await control(server.url, 'GET /ledger?vendor=ibl')).body).toMatchObject({
      status: 422,
      parameter: 'vendor',
    });
  });
});

it('covers every operation of a vendor, also those that are not mocked', async () => {
  const { body } = await control(server.url, 'GET /coverage');
  const count = (wanted: string) =>
    (body['operations'] as { kind: string }[]).filter(({ kind }) => kind === wanted).length;
  const handled = vendors.flatMap(({ handlers }) => Object.keys(handlers)).length;
  const described = served.flatMap(({ spec: { operations } }) => operations).length;
  const notMocked = served.flatMap(({ spec: { document } }) => document['x-not-mocked'] ?? []);
  const totals = { handled, generated: described - handled, notMocked: notMocked.length };
  expect(body['totals']).toEqual(totals);
  expect({
    handled: count('handled'),
    generated: count('generated'),
    notMocked: count('not-mocked'),
  }).toEqual(totals);
  expect(body['operations']).toContainEqual({
    vendor: 'alice',
    operation: 'addLicense',
    method: 'POST',
    path: '/api/licenses/add',
    summary: expect.any(String),
    kind: 'handled',
    evidence: {
      documented: expect.any(Number),
      executed: expect.any(Number),
      observed: expect.any(Number),
      assumed: expect.any(Number),
    },
    ledger: expect.arrayContaining(['ALICE-RESULT']),
  });
  expect(body['operations']).toContainEqual(
    expect.objectContaining({
      path: '/incoming/v2/users/bulkImport',
      kind: 'not-mocked',
      operation: null,
    }),
  );
});

describe('the scenarios', () => {
  it('are listed', async () => {
    const { body } = await control(server.url, 'GET /scenarios');
    expect(body['scenarios']).toContainEqual({
      name: 'empty',
      description: expect.stringContaining('Credentials'),
      providerStates: [],
      parameters: [],
    });
  });
  it('are shown with their content', async () => {
    const { body } = await control(server.url, 'GET /scenarios/empty');
    expect(body).toMatchObject({ name: 'empty', document: { seed: 1, ibl: expect.anything() } });
  });
  it.each([
    ['nope', 404],
    ['..%2F..%2Fpackage', 422],
    ['%2Fetc%2Fpasswd', 422],
    ['demo.yaml', 422],
  ])('are named, and %s is none', async (name, status) => {
    expect((await control(server.url, `GET /scenarios/${name}`)).status).toBe(status);
  });
});

describe('what there is not', () => {
  it('is a 404 that says where to look', async () => {
    const answer = await control(server.url, 'GET /nothing');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      type: '/_mock/errors/unknown-call',
      detail: expect.stringContaining('/_mock/specs/control.json'),
    });
  });
  it.each([
    ['POST /health', 'GET, HEAD'],
    ['POST /sandboxes/default', 'GET, HEAD, PUT, PATCH, DELETE'],
    ['GET /sandboxes/default/reset', 'POST'],
    ['OPTIONS /vendors', 'GET, HEAD'],
  ] as const)('%s is a 405 with the methods there are', async (call, allow) => {
    const answer = await control(server.url, call);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
    expect(answer.body).toMatchObject({ type: '/_mock/errors/wrong-method' });
  });
  it('is named beside the calls that were probably meant', async () => {
    const wrong = await control(server.url, 'POST /sandboxes');
    expect(wrong.body).toMatchObject({
      detail: expect.stringContaining('PUT /_mock/sandboxes/{sandbox}'),
    });
    const unknown = await control(server.url, 'GET /sandbox/default/journal');
    expect(unknown.body).toMatchObject({
      detail: expect.stringContaining('GET /_mock/sandboxes/{sandbox}/journal,'),
    });
    const query = await control(server.url, 'GET /sandboxes/default/journal?limt=3');
    expect(query.body).toMatchObject({ detail: expect.stringContaining('Did you mean limit?') });
  });
  it('is a path that cannot be decoded', async () => {
    expect((await control(server.url, 'GET /sandboxes/%zz')).status).toBe(400);
  });
});

describe('a parameter that no call takes', () => {
  const calls = Object.entries(spec.paths as Record<string, Record<string, unknown>>).flatMap(
    ([template, operations]) =>
      ['get', 'put', 'post', 'delete']
        .filter((method) => method in operations)
        .map((method) => `${method.toUpperCase()} ${template.slice('/_mock'.length)}`),
  );
  it.each(calls)('is refused by %s', async (call) => {
    const filled = call.replace('{sandbox}', 'default').replaceAll(/\{\w+\}/g, 'x');
    const answer = await control(server.url, `${filled as 'GET /'}?nonsense=1`);
    expect(answer).toMatchObject({ status: 422, body: { parameter: 'nonsense' } });
  });
});

describe('the type of a problem', () => {
  it('is a link to what it means', async () => {
    const { body } = await control(server.url, 'GET /nothing');
    const { type, title, status } = body as { type: string; title: string; status: number };
    const answer = await fetch(new URL(type, server.url));
    expect(answer.status).toBe(200);
    const described = (await answer.json()) as { description: string };
    expect(described).toMatchObject({ code: 'unknown-call', title, status });
    expect(described.description).toContain('/_mock/specs/control.json');
  });

  it('leads nowhere for a code that no error has', async () => {
    expect((await control(server.url, 'GET /errors/nope')).status).toBe(404);
  });
});
