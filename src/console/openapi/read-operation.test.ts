import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../messages/json.ts';
import type { SpecDocument } from './spec-document.ts';
import { readFields, readForms, readOperations } from './read-operation.ts';
import { draftOf, toRequest } from './to-request.ts';

const document = {
  paths: {
    '/orders/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      put: {
        operationId: 'updateOrder',
        summary: 'Change an order',
        parameters: [
          { name: 'dry', in: 'query', required: true, schema: { type: 'boolean', default: false } },
          { name: 'page', in: 'query', schema: { type: 'integer' } },
        ],
        requestBody: {
          content: {
            'application/xml': {},
            'application/json': {
              schema: { $ref: '#/components/schemas/Order' },
              examples: { one: { value: { count: 3 } } },
            },
          },
        },
        responses: { 200: { description: 'The order.' } },
      },
    },
  },
  components: {
    parameters: {
      Id: { name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: 'a/7' },
    },
    schemas: {
      Order: {
        allOf: [{ $ref: '#/components/schemas/Named' }],
        required: ['count'],
        properties: {
          count: { type: 'integer', minimum: 1 },
          lines: { type: 'array', items: { $ref: '#/components/schemas/Named' } },
        },
      },
      Named: { type: 'object', properties: { name: { type: 'string', example: 'Ada' } } },
    },
  },
} as unknown as SpecDocument;

const [operation] = readOperations(document);

it('reads an operation with the parameters of its path, and references', () => {
  expect(operation).toMatchObject({
    id: 'updateOrder',
    method: 'PUT',
    parameters: [
      { name: 'id', place: 'path', isRequired: true, example: 'a/7' },
      { name: 'dry', place: 'query', isRequired: true, example: false },
      { name: 'page', place: 'query', isRequired: false },
    ],
    body: {
      mediaTypes: ['application/xml', 'application/json'],
      examples: [{ name: 'one', value: { count: 3 } }],
    },
    answers: [{ status: '200', description: 'The order.' }],
  });
});

it('reads the fields of a schema, also those that it takes from others', () => {
  const fields = readFields(document, operation?.body?.schema ?? {});
  expect(fields.map(({ name, type, isRequired }) => [name, type, isRequired])).toEqual([
    ['count', 'integer, at least 1', true],
    ['lines', 'list of object', false],
    ['name', 'string', false],
  ]);
  const lines = fields.find(({ name }) => name === 'lines');
  expect(readFields(document, lines?.inside as JsonObject)).toMatchObject([{ name: 'name' }]);
});

it('takes fields that two schemas share once, and names the forms of a value', () => {
  const named = { $ref: '#/components/schemas/Named' };
  const twice = { allOf: [named, named], properties: { name: { type: 'string' } } };
  expect(readFields(document, twice)).toHaveLength(1);
  const either = { oneOf: [named, { type: 'null' }, { type: 'object' }] };
  expect(readForms(document, either).map(({ name }) => name)).toEqual(['Named', 'Form 2']);
});

it('leaves out a pattern that only forbids characters, or repeats a format', () => {
  const properties = {
    free: { type: 'string', pattern: '^[^\\u0000]*$' },
    code: { type: 'string', pattern: '^[A-Z]{2}$' },
    id: { type: 'string', format: 'uuid', pattern: '^[0-9a-f-]{36}$', maxLength: 36 },
  };
  expect(readFields(document, { properties }).map(({ type }) => type)).toEqual([
    'string',
    'string, like ^[A-Z]{2}$',
    'string, uuid',
  ]);
});

describe('a request to an operation', () => {
  if (!operation) throw new Error('There is no operation.');
  const draft = draftOf(operation);
  const sent = (change: Partial<typeof draft>) =>
    toRequest(operation, { ...draft, ...change }, 'http://mock');

  it('starts with the examples of the document, and leaves out what is optional', () => {
    expect(sent({ credentials: { authorization: 'Api-Token a' } })).toEqual({
      method: 'PUT',
      url: 'http://mock/orders/a%2F7?dry=false',
      headers: { authorization: 'Api-Token a', 'content-type': 'application/json' },
      body: '{\n  "count": 3\n}',
    });
  });

  it('sends optional parameters that have a value', () => {
    const { url } = sent({ values: { ...draft.values, 'query page': '2 & 3' } });
    expect(url).toBe('http://mock/orders/a%2F7?dry=false&page=2%20%26%203');
  });

  it('sends no body where none is written', () => {
    expect(sent({ body: '' })).toMatchObject({ headers: {}, body: undefined });
  });
});
