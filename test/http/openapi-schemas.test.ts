/** Slips in a schema of an OpenAPI file open neither the field nor those beside it, unless the mock says so. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePaths, listVendors, serveDocuments } from '../support/serve-documents.ts';
import type { TestServer } from '../support/server.ts';

const choice = [{ type: 'string' }, { type: 'boolean' }];

/** The schema of the field `a`, a good value and a bad one. */
const FIELDS: Readonly<Record<string, readonly [object | null, unknown, unknown]>> = {
  'nullable beside oneOf': [{ nullable: true, oneOf: choice }, null, 5],
  'nullable beside anyOf': [{ nullable: true, anyOf: choice }, 'x', 5],
  'nullable beside allOf of oneOf': [{ nullable: true, allOf: [{ oneOf: choice }] }, null, 5],
  'nullable beside $ref': [{ nullable: true, $ref: '#/components/schemas/Word' }, null, 5],
  'nullable beside enum': [{ nullable: true, enum: ['x'] }, null, 'y'],
  'nullable with null among its values': [
    { type: 'string', nullable: true, enum: ['x', null] },
    null,
    'y',
  ],
  'x-nullable with null among its values': [
    { type: 'string', 'x-nullable': true, enum: ['x', null] },
    'x',
    'y',
  ],
  'nullable beside properties': [
    { nullable: true, properties: { b: { type: 'string' } } },
    null,
    { b: 5 },
  ],
  'required: true in a field': [{ type: 'string', required: true }, 'x', 5],
  'the type file': [{ type: 'file' }, 'x', 5],
  'keywords without a value': [{ type: 'string', description: null, enum: null }, 'x', 5],
  'a format to be checked in place of the documented one': [
    { type: 'string', format: 'email', 'x-mock-format': 'uuid' },
    'ab54d6e9-42ca-4dfd-8a82-c7e6b6a3b1d5',
    'maya@example.com',
  ],
  'needless escapes in patternProperties': [
    { type: 'object', patternProperties: { [String.raw`^x\-`]: { type: 'string' } } },
    { 'x-a': 'b' },
    { 'x-a': 5 },
  ],
};

/** What says nothing of its own field. */
const OPEN: Readonly<Record<string, object | null>> = {
  'nullable alone': { nullable: true },
  'nullable: false alone': { nullable: false },
  'a field without a schema': null,
};

describe.each(['3.0.3', '3.1.0', 'Swagger 2.0'])('a schema of %s', (version) => {
  const names = [...Object.keys(FIELDS), ...Object.keys(OPEN)];
  const isSwagger = version === 'Swagger 2.0';
  const taking = (name: string) => {
    const a = FIELDS[name]?.[0] ?? OPEN[name] ?? null;
    const schema = { type: 'object', properties: { a, n: { type: 'integer' } } };
    const responses = { 204: { description: 'ok' } };
    return {
      post: isSwagger
        ? {
            consumes: ['application/json'],
            parameters: [{ name: 'b', in: 'body', schema }],
            responses,
          }
        : { requestBody: { content: { 'application/json': { schema } } }, responses },
    };
  };
  let server: TestServer;
  beforeAll(async () => {
    const paths = Object.fromEntries(names.map((name, index) => [`/${index}`, taking(name)]));
    const schemas = { Word: { type: 'string' } };
    const more = isSwagger
      ? { openapi: undefined, swagger: '2.0', definitions: schemas }
      : { openapi: version, components: { schemas } };
    const text = describePaths(paths, more);
    const reference = isSwagger ? text.replaceAll('#/components/schemas/', '#/definitions/') : text;
    server = await serveDocuments({ 'x.json': reference });
  });
  afterAll(() => server.stop());

  async function post(name: string, body: object): Promise<number> {
    const response = await fetch(`${server.url}/${names.indexOf(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.status;
  }

  it.each(Object.keys(FIELDS))('with %s checks its field, and the one beside it', async (name) => {
    const [, good, bad] = FIELDS[name] ?? [];
    expect(await post(name, { a: good, n: 1 })).toBe(204);
    expect(await post(name, { a: bad, n: 1 })).toBe(422);
    expect(await post(name, { n: 'x' })).toBe(422);
  });

  it.each(Object.keys(OPEN))('with %s checks the fields beside it', async (name) => {
    expect(await post(name, { a: null, n: 1 })).toBe(204);
    expect(await post(name, { a: 'x', n: 1 })).toBe(204);
    expect(await post(name, { n: 'x' })).toBe(422);
  });

  it('is told where nothing of it can be checked: here there is none', async () => {
    expect((await listVendors(server)).notServed).toEqual([]);
  });
});

it('a response called "default", and a schema called "default", are repaired too', async () => {
  const schema = { $ref: '#/components/schemas/default' };
  const server = await serveDocuments({
    'x.json': describePaths(
      {
        '/x': {
          get: {
            responses: {
              default: {
                description: 'ok',
                content: { 'application/json': { schema, example: { a: 'A' } } },
              },
            },
          },
        },
      },
      {
        components: {
          schemas: {
            default: {
              type: 'object',
              properties: { a: { type: 'string', pattern: String.raw`^[a-z\_]+$` } },
            },
          },
        },
      },
    ),
  });
  const response = await fetch(`${server.url}/x`);
  const { notServed } = await listVendors(server);
  await server.stop();
  expect(notServed).toEqual([]);
  expect(response.headers.get('sl-violations')).toContain('pattern');
});
