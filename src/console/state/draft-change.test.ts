import { expect, it } from 'vitest';
import { readOperations } from '../openapi/read-operation.ts';
import type { SpecDocument } from '../openapi/spec-document.ts';
import { draftChange } from './draft-change.ts';

const schema = {
  properties: {
    license_id: { type: 'integer' },
    name: { type: 'string' },
    count: { type: 'integer' },
    transaction_id: { type: 'string' },
  },
};
const document = {
  paths: {
    '/licenses/{id}': {
      post: {
        operationId: 'change',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { content: { 'application/json': { schema, example: { count: 1 } } } },
      },
    },
  },
} as unknown as SpecDocument;

const [operation] = readOperations(document);

it('takes the values of the record that the operation knows, and its ids', () => {
  if (!operation) throw new Error('There is no operation.');
  const record = { id: 7, name: 'Spring', count: 10, secret: 'x', transaction_id: null };
  const ids = { license_id: 'id', id: 'id' };
  const draft = draftChange(document, operation, { server: '', credentials: {}, record, ids });
  expect(draft.url).toBe('/licenses/7');
  expect(JSON.parse(draft.body ?? '')).toEqual({ license_id: 7, name: 'Spring', count: 10 });
});

it('starts a new record from the example of the document', () => {
  if (!operation) throw new Error('There is no operation.');
  const given = { server: '', credentials: {}, record: undefined, ids: {} };
  expect(JSON.parse(draftChange(document, operation, given).body ?? '')).toEqual({ count: 1 });
});
