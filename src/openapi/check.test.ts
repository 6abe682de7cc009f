import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Json } from '../messages/json.ts';
import type { Route } from './operation.ts';
import { checkRequest } from './check-request.ts';
import { checkResponse } from './check-response.ts';
import { generateResponse } from './generate-response.ts';
import { loadSpec } from './load-spec.ts';
import { loadSpecs } from './load-specs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-spec-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const head = `openapi: 3.1.0
jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema
info: { title: Shop, version: '1' }
`;
const good = `${head}paths:
  /orders:
    post:
      operationId: createOrder
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name, a/b]
              properties:
                name: { type: string }
                a/b: { type: integer }
                tags: { type: array, items: { type: [string, 'null'] } }
      responses:
        '200':
          description: done
          content:
            application/json:
              schema: { type: object, required: [id], properties: { id: { type: integer } } }
              examples: { first: { value: { id: 1 } }, second: { value: { id: 2 } } }
        '401': { description: no body }
        '409':
          description: taken
          content: { application/json: { schema: { type: object }, examples: { taken: { value: { error: taken } } } } }
`;
const spec = await loadSpec('shop', write('shop.yaml', good));
const [order] = spec.operations;
if (!order) throw new Error('The spec has no operation.');
const route: Route = { operation: order.operation, methods: ['POST'], parameters: {} };

async function violations(body: Json | undefined, query: Record<string, string> = {}) {
  if (!order) return [];
  const found = await checkRequest(order, route, { body, query }, {});
  return found.map(({ in: place, path: at, keyword }) => `${place} ${at.join('/')} ${keyword}`);
}

describe('a request', () => {
  it('has its parameters named as the spec spells them', async () => {
    const text = `${head}paths:
  /orders/{orderId}:
    get:
      operationId: readOrder
      parameters:
        - { name: orderId, in: path, required: true, schema: { type: integer } }
        - { name: pageSize, in: query, schema: { type: integer } }
        - { name: sortBy, in: query, required: true, schema: { type: string } }
      responses: { '200': { description: done } }
`;
    const [read] = (await loadSpec('cased', write('cased.yaml', text))).operations;
    if (!read) throw new Error('The spec has no operation.');
    const asked = { operation: read.operation, methods: ['GET'], parameters: { orderId: 'x' } };
    const found = checkRequest(read, asked, { body: undefined, query: { pageSize: 'x' } }, {});
    expect(found.map(({ in: place, path: at, keyword }) => [place, at, keyword])).toEqual([
      ['query', ['sortBy'], 'required'],
      ['query', ['pageSize'], 'type'],
      ['path', ['orderId'], 'type'],
    ]);
  });
  it('that fits breaks nothing', async () => {
    expect(await violations({ name: 'n', 'a/b': 1, tags: ['x', null] })).toEqual([]);
  });
  it('that breaks several things is told all of them, with names unescaped and indexes as numbers', async () => {
    expect(await violations({ 'a/b': 'x', tags: ['a', 5] }, { page: 'x' })).toEqual([
      'body name required',
      'body a/b type',
      'body tags/1 type',
      'query page type',
    ]);
  });
  it('without a body breaks the operation that needs one', async () => {
    expect(await violations(undefined)).toEqual(['body  required']);
  });
});

describe('a response', () => {
  const check = (status: number, body: Json | undefined, type = 'application/json') =>
    order ? checkResponse(order, { status, headers: { 'content-type': type }, body }) : [];
  it('that fits breaks nothing', async () => {
    expect(await check(200, { id: 1 })).toEqual([]);
    expect(await check(401, undefined)).toEqual([]);
  });
  it.each([
    ['a wrong type', 200, { id: 'x' }, 'application/json', 'must be integer'],
    [
      'a status that is not documented, though Prism only warns',
      418,
      {},
      'application/json',
      'Unable to match',
    ],
    ['a media type that is not documented', 200, { id: 1 }, 'text/html', 'media type'],
    ['a body where none is documented', 401, { a: 1 }, 'application/json', 'documents no body'],
    ['no body where one is documented', 200, undefined, 'application/json', 'must be object'],
  ])('is refused for %s', async (_, status, body, type, message) => {
    expect((await check(status, body, type)).join(' ')).toContain(message);
  });
});

describe('a generated response', () => {
  const generate = (preference: object) =>
    order ? generateResponse(order, preference, 's') : undefined;
  it('is the first example, the named one, or made from the schema', async () => {
    expect(await generate({})).toMatchObject({ status: 200, body: { id: 1 } });
    expect(await generate({ example: 'second' })).toMatchObject({ status: 200, body: { id: 2 } });
    expect(await generate({ example: 'taken' })).toMatchObject({ status: 409 });
    expect(await generate({ code: 409 })).toMatchObject({ status: 409, body: { error: 'taken' } });
    const dynamic = await generate({ dynamic: true });
    expect(dynamic?.body).toMatchObject({ id: expect.any(Number) });
    expect(await generate({ dynamic: true })).toEqual(dynamic);
  });
  it('says what is known where code or example is not', async () => {
    await expect(generate({ code: 418 })).rejects.toThrow('Documented: 200, 401, 409.');
    await expect(generate({ example: 'third' })).rejects.toThrow(
      'Known: first (200), second (200), taken (409).',
    );
  });
});

describe('a spec file', () => {
  it.each([
    ['broken YAML with its line', 'a.yaml', 'openapi: 3.1.0\nbad: [', 'a.yaml:2'],
    [
      'a file that is not OpenAPI',
      'b.yaml',
      'name: x',
      'b.yaml is not an OpenAPI file: it has neither "openapi" nor "swagger".',
    ],
    [
      'a version that is not 3',
      'e.yaml',
      "openapi: '4.0.0'",
      'e.yaml:1 openapi: "4.0.0" is not a version',
    ],
    [
      'a path that is nothing',
      'f.yaml',
      `${head}paths:\n  /a:\n`,
      'f.yaml:5 paths./a: must be an object.',
    ],
    [
      'an unserved operation without a path',
      'g.yaml',
      `${head}paths: {}\nx-not-mocked:\n  - { method: GET }\n`,
      'g.yaml:6 x-not-mocked.0: must have the texts "method" and "path"',
    ],
    [
      'a schema that does not compile',
      'c.yaml',
      `${head}paths: { /a: { get: { operationId: a, responses: { '200': { description: x, content: { application/json: { schema: { type: wrong } } } } } } } }`,
      '/paths/~1a/get/responses/200/content/application~1json/schema',
    ],
    ['a reference to nothing', 'd.yaml', `${head}paths: { /a: { $ref: '#/nope' } }`, 'nope'],
  ])('is refused for %s', async (_, name, text, message) => {
    await expect(loadSpec('x', write(name, text))).rejects.toThrow(message);
  });
  it('of a later folder replaces one of the same name; reserved names are left out', async () => {
    const other = path.join(folder, 'other');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(path.join(folder, 'one'));
    mkdirSync(other);
    write('one/shop.yaml', good);
    write('one/ledger.yaml', 'rows: []');
    write('other/shop.yaml', good.replace('createOrder', 'placeOrder'));
    const { specs } = await loadSpecs(path.join(folder, 'one'), other);
    expect(specs.map(({ vendor, operations }) => [vendor, operations[0]?.operation.id])).toEqual([
      ['shop', 'placeOrder'],
    ]);
  });
});
