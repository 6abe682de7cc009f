/** Answers of OpenAPI files: media types, statuses, examples, samples and refusals. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonOf } from '../support/json.ts';
import { describePaths, serveDocuments } from '../support/serve-documents.ts';
import type { TestServer } from '../support/server.ts';

function content(types: Readonly<Record<string, unknown>>): object {
  const entries = Object.entries(types).map(([type, example]) => [type, { example }]);
  return { description: 'ok', content: Object.fromEntries(entries) };
}

const get = (responses: object, more: object = {}) => ({ get: { ...more, responses } });

let server: TestServer;
beforeAll(async () => {
  const json = { 'application/json': { ok: 1 } };
  server = await serveDocuments({
    'x.json': describePaths(
      {
        '/text': get({ 200: content({ 'text/plain': 'pong' }) }),
        '/csv': get({ 200: content({ 'text/csv': 'a,b\n' }) }),
        '/xml': get({ 200: content({ 'application/xml': { id: 3, tag: ['a', '<b>'] } }) }),
        '/problem': get({ 200: content(json), 404: content({ 'application/problem+json': {} }) }),
        '/charset': get({ 200: content({ 'application/json; charset=utf-8': {} }) }),
        '/any': get({ 200: content({ '*/*': { a: 2 } }) }),
        '/both': get({ 200: content({ ...json, 'text/csv': 'a' }) }),
        '/default': get({ default: content(json) }),
        '/range': get({ '2xx': content(json), '4XX': content({ 'application/json': { bad: 1 } }) }),
        '/empty': get({ 204: { description: 'nothing' } }),
        '/missing': get({ 404: content({ 'application/json': { gone: 1 } }) }),
        '/moved': get({
          302: {
            description: 'go',
            headers: { Location: { schema: { type: 'string' }, example: '/text' } },
          },
        }),
        '/named': get({
          200: {
            description: 'ok',
            content: {
              'application/json': {
                examples: {
                  one: { value: 1 },
                  'My first, really': { value: 2 },
                  'a=b': { value: 3 },
                },
              },
            },
          },
        }),
        '/wrong-example': get({
          200: {
            description: 'ok',
            content: { 'application/json': { schema: { type: 'integer' }, example: 'x' } },
          },
        }),
        ...Object.fromEntries(
          ['Node', 'Chain', 'Choice', 'Forest'].map((name) => {
            const schema = { $ref: `#/components/schemas/${name}` };
            const responses = {
              200: { description: 'ok', content: { 'application/json': { schema } } },
            };
            return [`/made-up/${name}`, get(responses)];
          }),
        ),
        '/parts': get(
          { 200: { $ref: '#/components/responses/schema' } },
          { parameters: [{ $ref: '#/components/parameters/schema' }] },
        ),
        '/big': get({
          200: {
            description: 'ok',
            content: { 'application/json': { schema: { type: 'integer', format: 'int64' } } },
          },
        }),
        '/secured': get({ 200: content(json) }, { security: [{ key: [] }] }),
        '/query': get(
          { 200: content(json), 400: content({ 'application/json': { refused: 1 } }) },
          {
            operationId: 'query',
            parameters: [{ name: 'n', in: 'query', schema: { type: 'integer' } }],
          },
        ),
        '/item/{id}': get(
          { 200: content(json) },
          { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] },
        ),
        '/odd-header': get({
          200: {
            description: 'ok',
            headers: { 'no token': { schema: { type: 'string' }, example: 'x' } },
          },
        }),
        '/early': get({ 103: { description: 'hints' } }),
        '/headed': get({
          200: {
            description: 'ok',
            headers: {
              'X-List': { schema: { type: 'array' }, example: ['a', 'b'] },
              'X-Name': { schema: { type: 'string' }, example: 'naïve ☕' },
              'Content-Length': { schema: { type: 'integer' }, example: 3 },
            },
            content: { 'application/json': { example: [] } },
          },
        }),
      },
      {
        components: {
          parameters: { schema: { name: 'schema', in: 'query', schema: { type: 'integer' } } },
          responses: { schema: content({ 'application/json': 'named' }) },
          securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
          schemas: {
            Node: {
              type: 'object',
              required: ['name'],
              properties: {
                name: { type: 'string' },
                children: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
              },
            },
            Chain: {
              type: 'object',
              required: ['next'],
              properties: {
                next: { nullable: true, allOf: [{ $ref: '#/components/schemas/Chain' }] },
              },
            },
            Choice: {
              type: 'object',
              required: ['of'],
              properties: {
                of: { anyOf: [{ $ref: '#/components/schemas/Choice' }, { type: 'integer' }] },
              },
            },
            Forest: {
              type: 'object',
              required: ['trees'],
              properties: {
                trees: {
                  type: 'array',
                  minItems: 2,
                  items: {
                    type: 'object',
                    required: ['name'],
                    properties: {
                      name: { type: 'string' },
                      parts: { $ref: '#/components/schemas/Forest' },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ),
  });
});
afterAll(() => server.stop());

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(server.url + path, { headers, method, redirect: 'manual' });

describe('an answer', () => {
  it.each([
    ['/text', '*/*', 'text/plain', 'pong'],
    ['/csv', '*/*', 'text/csv', 'a,b\n'],
    ['/xml', '*/*', 'application/xml', '<xml><id>3</id><tag>a</tag><tag>&lt;b&gt;</tag></xml>'],
    ['/charset', '*/*', 'application/json; charset=utf-8', '{}'],
    ['/any', '*/*', 'application/json', '{"a":2}'],
    ['/any', 'application/xml', 'application/xml', '<xml><a>2</a></xml>'],
    ['/both', '*/*', 'application/json', '{"ok":1}'],
    ['/both', 'text/csv', 'text/csv', 'a'],
  ])('of %s for %s is %s', async (path, accept, type, body) => {
    const response = await ask(path, { accept });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.text()).toBe(body);
  });

  it('that Accept rules out is 406', async () => {
    expect((await ask('/both', { accept: 'image/png' })).status).toBe(406);
  });

  it.each([
    ['/default', {}, 200, { ok: 1 }],
    ['/default', { prefer: 'code=503' }, 503, { ok: 1 }],
    ['/range', {}, 200, { ok: 1 }],
    ['/range', { prefer: 'code=418' }, 418, { bad: 1 }],
    ['/range?__code=404', {}, 404, { bad: 1 }],
    ['/missing', {}, 404, { gone: 1 }],
    ['/problem', { prefer: 'code=404' }, 404, {}],
    ['/named?__example=a%3Db', {}, 200, 3],
    ['/named', { prefer: 'example="My first, really"' }, 200, 2],
    ['/named?__example=one', { prefer: 'example="a=b"' }, 200, 3],
  ])('of %s with %j has the status %i', async (path, headers, status, body) => {
    const response = await ask(path, headers as Record<string, string>);
    expect(response.status).toBe(status);
    expect(await jsonOf(response)).toEqual(body);
  });

  it('without a documented body has none', async () => {
    const response = await ask('/empty');
    expect([response.status, await response.text()]).toEqual([204, '']);
    const moved = await ask('/moved');
    expect([moved.status, moved.headers.get('location')]).toEqual([302, '/text']);
  });

  it('has the documented headers, as a header can hold them', async () => {
    const { headers } = await ask('/headed');
    expect(headers.get('x-list')).toBe('a,b');
    expect(headers.get('x-name')).toBe('na%C3%AFve %E2%98%95');
    expect(headers.get('content-length')).toBe('2');
  });

  it.each(['Node', 'Chain', 'Choice', 'Forest'])(
    'that is made up fits its recursive schema: %s',
    async (name) => {
      for (const query of ['', '?__dynamic=true']) {
        const response = await ask(`/made-up/${name}${query}`);
        expect(response.status).toBe(200);
        expect(response.headers.get('sl-violations')).toBeNull();
      }
    },
  );

  it('may be described by components that are called "schema"', async () => {
    expect(await jsonOf(await ask('/parts?schema=1'))).toBe('named');
    expect((await ask('/parts?schema=x')).status).toBe(422);
  });

  it('has zero for a number without bounds', async () => {
    expect(await jsonOf(await ask('/big'))).toBe(0);
  });

  it('whose own example breaks its schema is sent, and says so', async () => {
    const response = await ask('/wrong-example');
    expect(await jsonOf(response)).toBe('x');
    expect(response.headers.get('sl-violations')).toContain('must be integer');
  });
});

describe('a refusal', () => {
  it('for lack of credentials comes first', async () => {
    expect((await ask('/secured')).status).toBe(401);
    expect((await ask('/secured', { 'x-key': 'any' })).status).toBe(200);
  });

  it('is the documented one, and in the journal', async () => {
    const response = await ask('/query?n=x&__dynamic=false');
    expect([response.status, await jsonOf(response)]).toEqual([400, { refused: 1 }]);
    const journal = await ask('/_mock/sandboxes/default/journal');
    const { entries } = await jsonOf<{ readonly entries: readonly object[] }>(journal);
    expect(entries[0]).toMatchObject({
      operation: 'query',
      status: 400,
      request: { url: '/query?n=x' },
      violations: [{ in: 'query', path: ['n'], keyword: 'type' }],
    });
  });

  it('of HEAD where none is documented says what is', async () => {
    const response = await ask('/text', {}, 'HEAD');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  });
});

it.each<[string, Record<string, string>, number]>([
  ['/named', { accept: 'anything' }, 200],
  ['/named', { accept: 'a/b;q=;;,,text/plain' }, 406],
  ['/item/%zz', {}, 400],
  ['/odd-header', {}, 200],
  ['/early', {}, 500],
  ['/named?__code=100', {}, 404],
])('%s with %j is answered with %i, whatever Prism thinks of it', async (path, headers, status) => {
  expect((await ask(path, headers)).status).toBe(status);
});

it('an override acts on an operation of a file', async () => {
  const overrides = `${server.url}/_mock/sandboxes/default/overrides`;
  const rule = { vendor: 'x', operation: 'query', effect: { reply: { error: 'rate-limited' } } };
  const made = await fetch(overrides, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  });
  expect(made.ok).toBe(true);
  const response = await ask('/query');
  expect(response.status).toBe(429);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  await fetch(overrides, { method: 'DELETE' });
});

it('preferences in the address bar work for vendors of ours, who do not see them', async () => {
  const response = await ask('/api/catalog/licenses/program/?__code=403', {
    authorization: 'Api-Token dm-admin',
  });
  expect(response.status).toBe(403);
});
