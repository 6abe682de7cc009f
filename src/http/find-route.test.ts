import { describe, expect, it } from 'vitest';
import type { Spec } from '../openapi/spec.ts';
import { createForeignVendor } from '../vendors/foreign/foreign.ts';
import type { Operation } from '../openapi/operation.ts';
import type { Routing } from '../vendors/vendor.ts';
import { findAddress, nearestPaths, serve } from './find-route.ts';
import type { RawRequest } from './read-request.ts';

const operation = (vendor: string, method: string, path: string): Operation => ({
  vendor,
  id: `${method} ${path}`,
  method,
  path,
  summary: '',
  description: '',
  body: undefined,
  consumes: [],
  parameters: {},
  query: {},
});

function served(name: string, routing: Routing, lines: readonly string[]) {
  const operations = lines.map((line) => {
    const [method = '', path = ''] = line.split(' ');
    return { operation: operation(name, method, path), prism: { path }, emptyStatuses: new Set() };
  });
  const spec = { vendor: name, file: '', document: {}, operations } as unknown as Spec;
  return serve({ ...createForeignVendor(spec), routing }, spec);
}

const all = [
  served(
    'catalog',
    { prefixes: ['/api/catalog/'], mounts: ['/dm'], ignoreCase: false, ignoreTrailingSlash: false },
    ['GET /api/catalog/items/', 'POST /api/catalog/items/', 'GET /api/catalog/items/{id}/'],
  ),
  served('shop', { prefixes: ['/api'], mounts: [], ignoreCase: true, ignoreTrailingSlash: true }, [
    'POST /api/Orders/Add',
    'GET /api/orders/{id}',
  ]),
];

const raw = (method: string, path: string, headers: Record<string, string> = {}): RawRequest => ({
  method,
  path,
  query: '',
  headers,
  body: Buffer.alloc(0),
  isTooLarge: false,
  origin: 'http://host:1',
});

function look(method: string, path: string, base = '', among = all) {
  const request = raw(method, path);
  const address = findAddress(request, base, among);
  if (!address) return undefined;
  const { served: by, http, found } = address;
  return { vendor: by.vendor.name, id: found?.route.operation.id, http, found };
}

describe('the vendor', () => {
  it('is the one with the longest prefix', () => {
    expect(look('GET', '/api/catalog/items/')?.vendor).toBe('catalog');
    expect(look('GET', '/api/orders/1')?.vendor).toBe('shop');
  });
  it('is found behind its gateway, whose prefix links keep', () => {
    const found = look('GET', '/dm/api/catalog/items/', '/_sandbox/a');
    expect(found?.vendor).toBe('catalog');
    expect(found?.http).toMatchObject({
      path: '/api/catalog/items/',
      baseUrl: 'http://host:1/_sandbox/a/dm',
    });
  });
  it('is not found by a prefix that ends inside a word', () => {
    expect(look('GET', '/apifoo')).toBeUndefined();
  });
  it('is taken from the header where no prefix fits', () => {
    expect(
      findAddress(raw('GET', '/nope', { 'x-mock-vendor': 'shop' }), '', all)?.served.vendor.name,
    ).toBe('shop');
    expect(findAddress(raw('GET', '/nope', { 'x-mock-vendor': 'other' }), '', all)).toBeUndefined();
  });
});

describe('the operation', () => {
  it.each([
    ['POST', '/api/catalog/items/', 'POST /api/catalog/items/'],
    ['POST', '/api/catalog/items', undefined],
    ['POST', '/api/catalog/Items/', undefined],
    ['POST', '/api/catalog/%69tems/', 'POST /api/catalog/items/'],
    ['GET', '/api/catalog/%zz/', undefined],
    ['POST', '/API/orders/ADD/', 'POST /api/Orders/Add'],
    ['HEAD', '/api/catalog/items/', 'GET /api/catalog/items/'],
  ])('of %s %s is %s', (method, path, id) => {
    expect(look(method, path)?.id).toBe(id);
  });
  it('has its parameters decoded and their letters kept', () => {
    expect(look('GET', '/API/ORDERS/aB%20c')?.found?.route.parameters).toEqual({ id: 'aB c' });
  });
  it('stands in with the first of the path where the method is not offered', () => {
    expect(look('DELETE', '/api/catalog/items/')?.found?.route).toMatchObject({
      operation: { method: 'GET' },
      methods: ['GET', 'POST'],
    });
  });
});

it('names the paths nearest to an unknown one first', () => {
  expect(nearestPaths('/catalog/items', all)[0]).toContain('/api/catalog/items/');
});
