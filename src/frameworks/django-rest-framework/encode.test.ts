import { expect, it } from 'vitest';
import { requestOf, routeOf } from '../../../test/support/ibl-world.ts';
import { encode } from './encode.ts';

it.each(['createProgramLicense', 'updateProgramLicense', 'listProgramLicenses'])(
  '%s says the methods that its path has in the spec',
  (operationId) => {
    const { operation } = routeOf(operationId);
    const { headers } = encode({ status: 200, body: {} }, requestOf({ path: operation.path }));
    const methods = operation.method === 'GET' ? ['GET', 'HEAD'] : [operation.method];
    expect(headers).toEqual({
      'content-type': 'application/json',
      allow: [...methods, 'OPTIONS'].join(', '),
      vary: 'Accept',
    });
  },
);

it('writes JSON as the renderer does', () => {
  const body = { name: 'é\u2028\u2029\u0001/"', list: [] };
  expect(encode({ status: 200, body }, requestOf({})).body).toBe(
    String.raw`{"name":"é\u2028\u2029\u0001/\"","list":[]}`,
  );
});

it('IBL-INDENT: indents where the client asks for it', () => {
  const http = requestOf({ headers: { accept: 'application/json; indent=2' } });
  expect(encode({ status: 200, body: { a: [1], b: {} } }, http).body).toBe(
    '{\n  "a": [\n    1\n  ],\n  "b": {}\n}',
  );
});

it('gives a page none of the headers of a view', () => {
  expect(encode({ status: 404, body: '<h1>' }, requestOf({}))).toEqual({
    headers: { 'content-type': 'text/html' },
    body: '<h1>',
  });
});
