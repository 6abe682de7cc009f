/** Request bodies of any media type, each held against its own schema. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePaths, serveDocuments } from '../support/serve-documents.ts';
import type { TestServer } from '../support/server.ts';

const responses = { 204: { description: 'ok' } };
const needsA = { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } };

function taking(content: object): object {
  return { post: { requestBody: { required: true, content }, responses } };
}

let server: TestServer;
beforeAll(async () => {
  const form = {
    type: 'object',
    required: ['n'],
    properties: {
      n: { type: 'integer' },
      tags: { type: 'array', items: { type: 'integer' } },
      file: { type: 'string', format: 'binary' },
    },
  };
  const tree = {
    type: 'object',
    required: ['id', 'lines'],
    properties: {
      id: { type: 'integer', xml: { attribute: true } },
      open: { type: 'boolean' },
      lines: { type: 'array', xml: { wrapped: true }, items: needsA },
    },
  };
  server = await serveDocuments({
    'x.json': describePaths({
      '/json': taking({ 'application/json; charset=utf-8': { schema: needsA } }),
      '/vendor': taking({ 'application/vnd.x+json': { schema: needsA } }),
      '/any': taking({ '*/*': { schema: needsA } }),
      '/two': taking({
        'application/merge-patch+json': { schema: needsA },
        'application/json-patch+json': { schema: { type: 'array' } },
      }),
      '/form': taking({ 'application/x-www-form-urlencoded': { schema: form } }),
      '/multipart': taking({ 'multipart/form-data': { schema: form } }),
      '/xml': taking({ 'application/xml': { schema: tree } }),
      '/text': taking({ 'text/plain': { schema: { type: 'string', minLength: 2 } } }),
      '/bytes': taking({ 'image/*': { schema: { type: 'string', format: 'binary' } } }),
      '/yaml': taking({ 'application/yaml': { schema: needsA } }),
      '/number': taking({ 'text/plain': { schema: { type: 'integer' } } }),
      '/opaque': taking({
        'multipart/mixed': { schema: needsA },
        'application/cbor': { schema: needsA },
        'text/csv': { schema: { type: 'array' } },
      }),
      '/versions': taking({
        'application/json;version=2': { schema: needsA },
        'application/json;version=1': { schema: { type: 'object', required: ['b'] } },
      }),
      '/separated': taking({
        'application/x-www-form-urlencoded': {
          schema: {
            type: 'object',
            properties: {
              list: { type: 'array', items: { type: 'integer' } },
              pipes: { type: 'array', items: { type: 'integer' } },
              deep: needsA,
            },
          },
          encoding: {
            list: { style: 'form', explode: false },
            pipes: { style: 'pipeDelimited' },
            deep: { style: 'deepObject' },
          },
        },
      }),
      '/null': taking({ 'application/json': { schema: { type: 'object', nullable: true } } }),
      '/none': { post: { responses } },
    }),
  });
});
afterAll(() => server.stop());

function multipart(fields: readonly (readonly [string, string | Blob])[]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const XML = 'application/xml';

it.each<[string, string | undefined, string | FormData | Uint8Array<ArrayBuffer>, number]>([
  ['/json', JSON_TYPE, '{"a":1}', 204],
  ['/json', JSON_TYPE, '{"a":"x"}', 422],
  ['/json', JSON_TYPE, '{', 400],
  ['/json', 'text/plain', 'x', 415],
  ['/vendor', 'application/vnd.x+json', '{"a":1}', 204],
  ['/vendor', 'application/vnd.x+json', '{}', 422],
  ['/any', JSON_TYPE, '{"a":1}', 204],
  ['/any', JSON_TYPE, '{}', 422],
  ['/two', 'application/merge-patch+json', '{"a":1}', 204],
  ['/two', 'application/merge-patch+json', '[]', 422],
  ['/two', 'application/json-patch+json', '[]', 204],
  ['/two', 'application/json-patch+json', '{"a":1}', 422],
  ['/form', FORM, 'n=5&tags=1&tags=2', 204],
  ['/form', FORM, 'n=5&tags=x&tags=2', 422],
  ['/form', FORM, 'n=x', 422],
  [
    '/multipart',
    undefined,
    multipart([
      ['n', '5'],
      ['tags', '1'],
      ['file', new Blob(['x'])],
    ]),
    204,
  ],
  ['/multipart', undefined, multipart([['tags', '1']]), 422],
  ['/multipart', 'multipart/form-data; boundary=x', 'no parts', 400],
  ['/xml', XML, '<t id="1"><open>true</open><lines><l><a>1</a></l></lines></t>', 204],
  ['/xml', XML, '<t id="x"><lines><l><a>1</a></l></lines></t>', 422],
  ['/xml', XML, '<t id="1"><lines><l/></lines></t>', 422],
  ['/xml', XML, '<t', 400],
  ['/text', 'text/plain', 'ab', 204],
  ['/text', 'text/plain', 'a', 422],
  ['/bytes', 'image/png', Uint8Array.of(0, 255, 137), 204],
  ['/bytes', 'audio/mpeg', Uint8Array.of(0), 415],
  ['/yaml', 'application/yaml', 'a: 1', 204],
  ['/yaml', 'application/yaml', 'a: x', 422],
  ['/yaml', 'application/yaml', 'a: [', 400],
  ['/number', 'text/plain', '5', 204],
  ['/number', 'text/plain', 'x', 422],
  ['/opaque', 'multipart/mixed; boundary=b', '--b\r\n\r\nx\r\n--b--', 204],
  ['/opaque', 'application/cbor', Uint8Array.of(160), 204],
  ['/opaque', 'text/csv', 'a,b', 204],
  ['/opaque', 'text/html', 'a,b', 415],
  ['/versions', 'application/json;version=1', '{"b":1}', 204],
  ['/versions', 'application/json; Version="2"; charset=utf-8', '{"b":1}', 422],
  ['/versions', 'application/json; version=2', '{"a":1}', 204],
  ['/separated', FORM, 'list=1,2&pipes=1|2&deep[a]=1', 204],
  ['/separated', FORM, 'list=1%2C2&pipes=1%7C2&deep%5Ba%5D=1', 204],
  ['/separated', FORM, 'list=1,x', 422],
  ['/separated', FORM, 'pipes=1|x', 422],
  ['/separated', FORM, 'deep[a]=x', 422],
  ['/null', JSON_TYPE, 'null', 204],
  ['/null', JSON_TYPE, '0', 422],
  ['/json', JSON_TYPE, 'null', 422],
  ['/none', undefined, '', 204],
])('%s takes %s %s with %i', async (path, type, body, status) => {
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  const response = await fetch(server.url + path, { method: 'POST', headers, body });
  expect(response.status).toBe(status);
});
