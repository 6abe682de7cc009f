/** Which operation of which OpenAPI file a request is for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonOf } from '../support/json.ts';
import {
  answering,
  describePaths,
  listVendors,
  serveDocuments,
} from '../support/serve-documents.ts';
import type { TestServer } from '../support/server.ts';

function withParameter(name: string, schema: object, more: object = {}): object {
  const parameters = [{ name, in: 'path', required: true, schema, ...more }];
  return { get: { ...answering(name), parameters } };
}

let server: TestServer;
beforeAll(async () => {
  server = await serveDocuments({
    'a.json': describePaths({
      '/': { get: answering('home') },
      '/{tenant}/people': { get: answering('tenant') },
      '/export.{format}': { get: answering('export') },
      '/jobs/{id}:stop': { post: answering('stop') },
      '/Films({key})': { get: answering('film') },
      '/blobs/{name}': { get: answering('blob') },
      '/staff/{id}': { get: answering('one'), delete: answering('fired') },
      '/staff/me': { get: answering('me') },
      '/shared/first': { get: answering('first') },
      '/twice/{id}': { get: answering('a') },
    }),
    'b.json': describePaths(
      {
        '/shared/second': { get: answering('second') },
        '/shared/first': { put: answering('put') },
        '/twice/{key}': { get: answering('b'), post: answering('only b') },
        '/api/catalog/licenses/program/': { get: answering('not ours') },
        '/api/catalog/own': { get: answering('beside ibl') },
      },
      { servers: [{ url: 'https://api.example.org/v7' }] },
    ),
    'c.json': describePaths(
      {
        '/café del mar/{größe}': withParameter('größe', { type: 'string' }),
        '/rows/{$row}/{_cell}': { get: answering('cell') },
        '/words/{word}': withParameter('word', { type: 'string' }),
        '/many/{ids}': withParameter('ids', { type: 'array', items: { type: 'integer' } }),
        '/label/{n}': withParameter('n', { type: 'integer' }, { style: 'label' }),
        '/matrix/{n}': withParameter('n', { type: 'integer' }, { style: 'matrix' }),
        '/elsewhere': { servers: [{ url: '/of-path' }], get: answering('elsewhere') },
        '/nowhere': {
          get: { ...answering('nowhere'), servers: [{ url: 'https://{host}/of-operation/' }] },
        },
        '/plain': { get: answering('plain') },
      },
      { servers: [{ url: '/{region}/c', variables: { region: { default: 'eu' } } }] },
    ),
    'd.json': describePaths(
      { '/': { post: answering('root of d') } },
      { servers: [{ url: 'https://d.example/d/v1' }] },
    ),
  });
});
afterAll(() => server.stop());

describe('a request', () => {
  it.each([
    ['GET', '/', 'home'],
    ['GET', '/acme/people', 'tenant'],
    ['GET', '/export.csv', 'export'],
    ['POST', '/jobs/7:stop', 'stop'],
    ['GET', '/Films(3)', 'film'],
    ['GET', '/blobs/a%2Fb', 'blob'],
    ['GET', '/staff/me', 'me'],
    ['DELETE', '/staff/me', 'fired'],
    ['GET', '/shared/first', 'first'],
    ['PUT', '/shared/first', 'put'],
    ['GET', '/shared/second', 'second'],
    ['GET', '/twice/1', 'a'],
    ['POST', '/twice/1', 'only b'],
    ['GET', '/api/catalog/own', 'beside ibl'],
    ['GET', '/v7/shared/second', 'second'],
    ['GET', '/_sandbox/default/shared/second', 'second'],
    ['GET', '/caf%C3%A9%20del%20mar/1', 'größe'],
    ['GET', '/caf%c3%a9%20d%65l%20mar/1', 'größe'],
    ['GET', '/rows/1/2', 'cell'],
    ['GET', '/words/a,b', 'word'],
    ['GET', '/many/1,2', 'ids'],
    ['GET', '/label/.5', 'n'],
    ['GET', '/matrix/;n=5', 'n'],
    ['GET', '/us/c/plain', 'plain'],
    ['GET', '/of-path/elsewhere', 'elsewhere'],
    ['GET', '/of-operation/nowhere', 'nowhere'],
    ['POST', '/d/v1', 'root of d'],
    ['POST', '/d/v1/', 'root of d'],
  ])('%s %s is answered with "%s"', async (method, path, answer) => {
    const response = await fetch(server.url + path, { method });
    expect(response.status).toBe(200);
    expect(await jsonOf(response)).toBe(answer);
  });

  it.each(['/many/1,x', '/label/.x', '/matrix/;n=x'])(
    '%s is refused for its parameter',
    async (path) => {
      expect((await fetch(server.url + path)).status).toBe(422);
    },
  );

  it('for an operation of one of our vendors goes to the vendor', async () => {
    expect((await fetch(`${server.url}/api/catalog/licenses/program/`)).status).toBe(401);
  });

  it('by a method that no file offers is told which are', async () => {
    const response = await fetch(`${server.url}/shared/first`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, PUT');
    expect((await jsonOf(response)).type).toContain('NO_METHOD_MATCHED_ERROR');
  });

  it('for a path of no file gets 404', async () => {
    expect((await fetch(`${server.url}/nowhere/at/all`)).status).toBe(404);
    expect((await fetch(`${server.url}/jobs/7:go`, { method: 'POST' })).status).toBe(404);
  });
});

it('what another file answers is told', async () => {
  const { notServed } = await listVendors(server);
  expect(notServed).toHaveLength(2);
  expect(notServed[0]).toMatchObject({ operation: 'GET /twice/{key}' });
  expect(notServed[0]?.reason).toMatch(/b\.json GET \/twice\/\{key\}: .*a\.json answers/);
  expect(notServed[1]?.reason).toMatch(/ibl\.yaml answers/);
});
