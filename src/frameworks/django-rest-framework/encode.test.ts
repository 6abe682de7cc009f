import { describe, expect, it } from 'vitest';
import { requestOf, routeOf } from '../../../test/support/ibl-world.ts';
import type { Reply } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import { encode } from './encode.ts';
import { negotiate } from './negotiate.ts';

const create = routeOf('createProgramLicense');

function encoded(reply: Reply, route: Route | undefined = create, accept?: string) {
  return encode(reply, {
    http: requestOf({}),
    route,
    identity: undefined,
    sent: undefined,
    content: undefined,
    accepted: negotiate(accept),
  });
}

describe('Allow', () => {
  it.each(['createProgramLicense', 'updateProgramLicense', 'listProgramLicenses'])(
    'of %s has the methods that its path has in the spec',
    (operationId) => {
      const route = routeOf(operationId);
      const { method } = route.operation;
      const methods = method === 'GET' ? ['GET', 'HEAD'] : [method];
      expect(encoded({ status: 200, body: {} }, route).headers).toEqual({
        'content-type': 'application/json',
        allow: [...methods, 'OPTIONS'].join(', '),
        vary: 'Accept',
      });
    },
  );

  it('has several methods in the order of the framework', () => {
    const route = { ...create, methods: ['DELETE', 'POST', 'GET'] };
    expect(encoded({ status: 200, body: {} }, route).headers['allow']).toBe(
      'GET, POST, DELETE, HEAD, OPTIONS',
    );
  });
});

it('writes JSON as the renderer does', () => {
  const body = { name: 'é\u2028\u2029\u0001/"', list: [] };
  expect(encoded({ status: 200, body }).body).toBe(
    String.raw`{"name":"é\u2028\u2029\u0001/\"","list":[]}`,
  );
});

it('IBL-INDENT: indents where the client asks for it', () => {
  const body = { a: [1], b: {} };
  expect(encoded({ status: 200, body }, create, 'application/json; indent=2').body).toBe(
    '{\n  "a": [\n    1\n  ],\n  "b": {}\n}',
  );
});

it('gives a page none of the headers of a view', () => {
  expect(encoded({ status: 404, body: '<h1>' })).toEqual({
    headers: { 'content-type': 'text/html' },
    body: '<h1>',
  });
});
