import { expect, it } from 'vitest';
import { compareRequest, type RequestFacts } from './pattern.ts';

const facts: RequestFacts = {
  vendor: 'ibl',
  operation: 'createProgramLicense',
  method: 'POST',
  path: '/api/catalog/licenses/program/create/',
  headers: { authorization: 'Api-Token dm-admin' },
  query: { page: '1', tag: ['a', 'b'] },
  body: { external_id: 'a', metadata: { region: 'EU', n: 1 }, list: [1, { x: 2, y: 3 }] },
  status: 200,
};

it.each([
  {},
  { vendor: 'ibl', operation: 'createProgramLicense', method: 'POST', status: 200 },
  { path: '/program\\/create/' },
  { path: '/api/catalog/licenses/program/create/' },
  { headers: { Authorization: '/^api-token /i' } },
  { query: { page: '1', tag: 'b' } },
  { body: { external_id: 'a' } },
  { body: { metadata: { region: 'EU' }, list: [1, { y: 3 }] } },
])('%j holds', (pattern) => {
  expect(compareRequest(pattern, facts)).toEqual([]);
});

it.each([
  [{ operation: 'listProgramLicenses' }, 'operation'],
  [{ status: 404 }, 'status'],
  [{ path: '/api' }, 'path'],
  [{ path: '/api/catalog/licenses/program/' }, 'path'],
  [{ headers: { 'X-Other': 'a' } }, 'headers.X-Other'],
  [{ headers: { constructor: '/native/' } }, 'headers.constructor'],
  [{ query: { toString: 'x' } }, 'query.toString'],
  [{ query: { tag: 'c' } }, 'query.tag'],
  [{ body: { external_id: 'b' } }, 'body.external_id'],
  [{ body: { metadata: { region: null } } }, 'body.metadata.region'],
  [{ body: { list: [1] } }, 'body.list'],
  [{ body: { list: [1, { y: 4 }] } }, 'body.list[1].y'],
  [{ body: [] }, 'body'],
  [{ body: { constructor: {} } }, 'body.constructor'],
])('%j does not, and says where', (pattern, at) => {
  expect(compareRequest(pattern, facts).map((difference) => difference.at)).toEqual([at]);
});
