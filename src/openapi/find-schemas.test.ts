import { expect, it } from 'vitest';
import type { SpecDocument } from './document.ts';
import { findSchemas } from './find-schemas.ts';

const text = { type: 'string' } as const;
const content = { 'text/plain': { schema: text, example: { schema: 'none' } } };
const responses = { 200: { description: 'done', content } };

const document: SpecDocument = {
  openapi: '3.1.0',
  info: { title: 'Everywhere', version: '1' },
  paths: {
    '/a~b': {
      parameters: [{ name: 'p', in: 'query', schema: text }],
      post: {
        parameters: [
          { $ref: '#/components/parameters/example' },
          { name: 'q', in: 'query', content },
        ],
        requestBody: {
          content: {
            'multipart/form-data': {
              encoding: { file: { headers: { 'x-size': { schema: text } } } },
            },
          },
        },
        responses,
        callbacks: { later: { '{$url}': { get: { responses } } } },
      },
    },
  },
  webhooks: { moved: { get: { responses } } },
  components: {
    schemas: { Name: text, Same: { $ref: '#/components/schemas/Name' } as object },
    parameters: { example: { name: 'r', in: 'query', schema: text } },
    headers: { schema: { schema: text } },
    responses: { examples: { description: 'none', headers: { schema: { schema: text } } } },
  },
};

it('finds each schema once, whatever the part that holds it is called, and none in an example', () => {
  expect(findSchemas(document).map(({ pointer }) => pointer)).toEqual([
    '/paths/~1a~0b/parameters/0/schema',
    '/paths/~1a~0b/post/parameters/1/content/text~1plain/schema',
    '/paths/~1a~0b/post/requestBody/content/multipart~1form-data/encoding/file/headers/x-size/schema',
    '/paths/~1a~0b/post/responses/200/content/text~1plain/schema',
    '/paths/~1a~0b/post/callbacks/later/{$url}/get/responses/200/content/text~1plain/schema',
    '/webhooks/moved/get/responses/200/content/text~1plain/schema',
    '/components/schemas/Name',
    '/components/parameters/example/schema',
    '/components/headers/schema/schema',
    '/components/responses/examples/headers/schema/schema',
  ]);
});
