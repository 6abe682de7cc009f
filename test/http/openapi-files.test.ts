/** Which OpenAPI files are served, and what is said of the others. */
import { describe, expect, it } from 'vitest';
import {
  answering,
  describePaths,
  listVendors,
  serveDocuments,
} from '../support/serve-documents.ts';

type Files = Parameters<typeof serveDocuments>[0];

async function ask(files: Files, path: string, init: RequestInit = {}) {
  const server = await serveDocuments(files);
  try {
    const response = await fetch(server.url + path, init);
    return { status: response.status, body: await response.text() };
  } finally {
    await server.stop();
  }
}

async function list(files: Files) {
  const server = await serveDocuments(files);
  try {
    return await listVendors(server);
  } finally {
    await server.stop();
  }
}

/** An operation that takes an object with this field. */
function taking(field: object): object {
  const schema = { type: 'object', properties: { field } };
  const content = { 'application/json': { schema } };
  return { post: { requestBody: { content }, responses: { 204: { description: 'ok' } } } };
}

describe('a document is checked by its own version:', () => {
  it.each([
    [
      'exclusiveMinimum: true of 3.0',
      '3.0.3',
      { type: 'number', minimum: 0, exclusiveMinimum: true },
      1,
      0,
    ],
    ['nullable beside allOf', '3.0.3', { nullable: true, allOf: [{ type: 'object' }] }, null, 5],
    [
      'a pattern with needless escapes',
      '3.0.3',
      { type: 'string', pattern: String.raw`^[a-z\-\_]+\@$` },
      'a-_@',
      'A@',
    ],
    [
      'prefixItems of 3.1',
      '3.1.0',
      { type: 'array', prefixItems: [{ type: 'integer' }] },
      [1],
      ['x'],
    ],
    [
      'dependentRequired of 3.1',
      '3.1.0',
      { dependentRequired: { a: ['b'] } },
      { a: 1, b: 1 },
      { a: 1 },
    ],
  ])('%s', async (_, openapi, field, good, bad) => {
    const server = await serveDocuments({
      'x.json': describePaths({ '/x': taking(field) }, { openapi }),
    });
    const statuses = [];
    for (const value of [good, bad]) {
      const response = await fetch(`${server.url}/x`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ field: value }),
      });
      statuses.push(response.status);
    }
    await server.stop();
    expect(statuses).toEqual([204, 422]);
  });

  it('the base dialect of OpenAPI 3.1 is JSON Schema 2020-12', async () => {
    const files = {
      'x.json': describePaths(
        { '/x': taking({ type: 'array', prefixItems: [{ type: 'integer' }] }) },
        { openapi: '3.1.0', jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base' },
      ),
    };
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: '{"field":["x"]}' };
    expect((await ask(files, '/x', init)).status).toBe(422);
  });

  it('Swagger 2.0 with an unquoted version', async () => {
    const files = {
      'pets.yaml': `swagger: 2.0
info: { title: Pets, version: '1' }
basePath: /v2
produces: [application/json]
paths:
  /pets:
    post:
      consumes: [application/json]
      parameters: [{ name: pet, in: body, required: true, schema: { $ref: '#/definitions/Pet' } }]
      responses: { 201: { description: ok, schema: { $ref: '#/definitions/Pet' } } }
definitions:
  Pet: { type: object, required: [name], properties: { name: { type: string, example: Rex } } }
`,
    };
    const headers = { 'content-type': 'application/json' };
    const good = await ask(files, '/pets', { method: 'POST', headers, body: '{"name":"x"}' });
    expect(good).toEqual({ status: 201, body: '{"name":"Rex"}' });
    const bad = await ask(files, '/v2/pets', { method: 'POST', headers, body: '{}' });
    expect(bad.status).toBe(422);
  });
});

it('a Swagger file need not say what it takes and gives: JSON, or the form of its fields', async () => {
  const parameters = [{ in: 'body', name: 'b', schema: { $ref: '#/definitions/Needs' } }];
  const responses = { 200: { description: 'ok', schema: { $ref: '#/definitions/Needs' } } };
  const field = { in: 'formData', name: 'a', type: 'integer', required: true };
  const file = { in: 'formData', name: 'f', type: 'file' };
  const needs = { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } };
  const text = describePaths(
    {
      '/json': { post: { parameters, responses } },
      '/form': { post: { parameters: [field], responses } },
      '/file': { post: { parameters: [field, file], responses } },
    },
    { openapi: undefined, swagger: '2.0', definitions: { Needs: needs } },
  );
  const server = await serveDocuments({ 'x.json': text });
  const post = async (path: string, body: string | FormData, type?: string) => {
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    return (await fetch(server.url + path, { method: 'POST', headers, body })).status;
  };
  const form = new FormData();
  form.append('a', '1');
  form.append('f', new Blob(['x']));
  const formType = 'application/x-www-form-urlencoded';
  const statuses = [
    await post('/json', '{"a":1}', 'application/json'),
    await post('/json', '{}', 'application/json'),
    await post('/form', 'a=1', formType),
    await post('/form', 'a=x', formType),
    await post('/file', form),
  ];
  await server.stop();
  expect(statuses).toEqual([200, 422, 200, 422, 200]);
});

describe('a file', () => {
  it('may start with a byte order mark', async () => {
    const text = `\uFEFF${describePaths({ '/bom': { get: answering(1) } })}`;
    expect(await ask({ 'bom.json': text }, '/bom')).toEqual({ status: 200, body: '1' });
  });

  it.each(['utf16le', 'utf-16be'] as const)('may be in %s, with its mark', async (encoding) => {
    const text = `\uFEFF${describePaths({ '/wide': { get: answering('é') } })}`;
    const bytes = Buffer.from(text, 'utf16le');
    const file = encoding === 'utf16le' ? bytes : bytes.swap16();
    expect(await ask({ 'wide.json': file }, '/wide')).toEqual({ status: 200, body: '"é"' });
  });

  it('may share fields by YAML’s merge key', async () => {
    const text = `openapi: 3.0.3\ninfo: { title: t, version: '1' }\nx-all: &all { responses: { '204': { description: ok } } }\npaths: { /m: { get: { <<: *all } } }\n`;
    expect((await ask({ 'merge.yaml': text }, '/m')).status).toBe(204);
  });

  it('may have the name of a vendor of ours without taking its place', async () => {
    const files = { 'ibl.yaml': describePaths({ '/mine': { get: answering(1) } }) };
    expect(await ask(files, '/mine')).toEqual({ status: 200, body: '1' });
    const { vendors, notServed } = await list(files);
    expect(vendors.map(({ name }) => name)).toContain('ibl-file');
    expect(vendors.find(({ name }) => name === 'ibl')?.operations.length).toBeGreaterThan(1);
    expect(notServed).toEqual([]);
  });

  it('may have any name, and lie in a subfolder', async () => {
    const text = `# ours\nopenapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths: { /deep: { get: { responses: { '200': { description: ok } } } } }\n`;
    expect((await ask({ 'v1/api description.oas': text }, '/deep')).status).toBe(200);
    expect((await ask({ 'control.yaml': text }, '/deep')).status).toBe(200);
  });

  it('has a name of its own beside one of the same name', async () => {
    const { vendors } = await list({
      'api.json': describePaths({ '/j': { get: answering(1) } }),
      'api.yaml': describePaths({ '/y': { get: answering(1) } }),
      'v2/api.json': describePaths({ '/v2': { get: answering(1) } }),
    });
    const names = vendors.map(({ name }) => name).slice(3);
    expect(names).toEqual(['api', 'api-yaml', 'v2-api']);
  });

  it('may refer to other files, relative to the one that refers, also for a whole path', async () => {
    const files = {
      'main.yaml': `openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths: { /things: { $ref: ./parts/things.yaml } }\n`,
      'parts/things.yaml': `get:\n  operationId: listThings\n  responses: { '200': { description: ok, content: { application/json: { schema: { $ref: 'schemas/thing.yaml#/Thing' } } } } }\n`,
      'parts/schemas/thing.yaml': `Thing: { type: object, properties: { id: { type: integer, example: 5 } } }\n`,
    };
    expect(await ask(files, '/things')).toEqual({ status: 200, body: '{"id":5}' });
    const { notServed, vendors } = await list(files);
    expect(notServed).toEqual([]);
    expect(vendors.at(-1)?.operations[0]).toMatchObject({ id: 'listThings' });
  });

  it('that is no API is left alone', async () => {
    const { vendors, notServed } = await list({
      'package.json': '{"name":"x","dependencies":{"swagger-cli":"1"}}',
      '.spectral.yaml': 'extends: spectral:oas',
      'chart/values.yaml': '{{ .Values.name }}: [',
      'README.md': '# API\n```yaml\nopenapi: 3.0.0\n```\n',
      'common.yaml': 'Thing: { type: object }',
      'values.yaml': 'openapi:\n  enabled: true\n',
      'generator.yaml': 'swagger: api.yaml\noutput: src\n',
      'template.yaml': 'openapi:\n  title: {{ .Values.title }}: [',
    });
    expect(vendors).toHaveLength(3);
    expect(notServed).toEqual([]);
  });

  it('that cannot be used says where, and takes no other down', async () => {
    const files = {
      'good.json': describePaths({ '/good': { get: answering(1) } }),
      'broken.yaml': 'openapi: 3.0.3\npaths: [',
      'future.yaml': "info: {}\nopenapi: '4.0.0'",
      'path.yaml': 'openapi: 3.0.3\npaths:\n  orders: { get: { responses: {} } }',
      'schema.yaml': `openapi: 3.0.3\npaths: {}\ncomponents:\n  schemas:\n    Odd: { type: wrong }\n`,
      'nowhere.yaml': "openapi: 3.0.3\npaths: { /x: { $ref: './gone.yaml' } }",
      'dangling.yaml': `openapi: 3.0.3\npaths:\n  /x: { get: { responses: { '200': { $ref: '#/gone' } } } }\n`,
      'empty.yaml': 'openapi: 3.0.3\npaths:\n  /x:\n    get:\n',
    };
    const { vendors, notServed } = await list(files);
    expect(vendors.slice(3).map(({ name }) => name)).toEqual(['good', 'schema']);
    const reasons = notServed.map(({ reason }) => reason).toSorted();
    expect(reasons).toEqual([
      expect.stringMatching(/broken\.yaml:2 /),
      expect.stringMatching(/dangling\.yaml:3 .*#\/gone/),
      expect.stringMatching(/empty\.yaml:4 paths\.\/x\.get: must be an object/),
      expect.stringMatching(/future\.yaml:2 openapi: "4\.0\.0" is not a version/),
      expect.stringMatching(/nowhere\.yaml:2 .*gone\.yaml/),
      expect.stringMatching(/path\.yaml:3 paths\.orders: must start with/),
      expect.stringMatching(/schema\.yaml:5 \/components\/schemas\/Odd: /),
    ]);
    await expect(serveDocuments(files, { 'strict-specs': 'on' })).rejects.toThrow(
      /--strict-specs .*broken\.yaml:2/s,
    );
  });
});

it('an operation that two files have is fatal under --strict-specs', async () => {
  const text = describePaths({ '/x': { get: answering(1) } });
  await expect(
    serveDocuments({ 'a.json': text, 'b.json': text }, { 'strict-specs': 'on' }),
  ).rejects.toThrow(/b\.json GET \/x: .*a\.json answers this operation/);
});
