/** What the mock adds to every vendor: profiles, Prefer, CORS, extra specs, its own headers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { allLicenses, createLicense, listLicenses } from '../support/ibl-client.ts';
import { jsonOf } from '../support/json.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const folder = testFolder();

let server: TestServer;
beforeAll(async () => {
  const specs = path.join(folder, 'specs');
  mkdirSync(specs);
  writeFileSync(
    path.join(specs, 'library.yaml'),
    `openapi: 3.1.0
info: { title: Library, version: '1' }
paths:
  /library/books/{id}:
    get:
      operationId: getBook
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200':
          description: a book
          content:
            application/json:
              schema: { type: object, properties: { title: { type: string } } }
              examples: { novel: { value: { title: Emma } }, poems: { value: { title: Duino } } }
  /library/books:
    post:
      operationId: addBook
      requestBody: { content: { application/json: { schema: { type: object, required: [title] } } } }
      responses: { '201': { description: added, content: { application/json: { schema: { type: object }, example: { id: 1 } } } } }
`,
  );
  server = await startTestServer({ options: { specs } });
});
afterAll(() => server.stop());

describe('an OpenAPI file without code', () => {
  it('is served by Prism at once', async () => {
    const answer = await fetch(`${server.url}/library/books/7`);
    expect(answer.status).toBe(200);
    expect(await jsonOf(answer)).toEqual({ title: 'Emma' });
    const poems = await fetch(`${server.url}/library/books/7`, {
      headers: { prefer: 'example=poems' },
    });
    expect(await jsonOf(poems)).toEqual({ title: 'Duino' });
  });
  it('has its requests checked', async () => {
    expect((await fetch(`${server.url}/library/books/seven`)).status).toBe(422);
    const post = (body: string, type = 'application/json') =>
      fetch(`${server.url}/library/books`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
    expect((await post('{"title":"x"}')).status).toBe(201);
    const invalid = await post('{}');
    expect(invalid.status).toBe(422);
    expect(JSON.stringify(await jsonOf(invalid))).toContain("must have required property 'title'");
    expect((await post('{')).status).toBe(400);
    expect((await post('x', 'text/plain')).status).toBe(415);
    expect((await fetch(`${server.url}/library/books`, { method: 'PUT' })).status).toBe(405);
    expect((await fetch(`${server.url}/library/shelves`)).status).toBe(404);
  });
});

describe('Prefer', () => {
  it('answers with a documented status and stores nothing', async () => {
    const before = (await allLicenses(server.url)).length;
    const answer = await createLicense(server.url, {}, { prefer: 'code=403' });
    expect(answer.status).toBe(403);
    expect(await jsonOf(answer)).toEqual({ detail: expect.any(String) });
    expect(answer.headers.get('allow')).toBe('POST, OPTIONS');
    expect(await allLicenses(server.url)).toHaveLength(before);
  });
  it('acts after credentials and check', async () => {
    const headers = { prefer: 'code=403', authorization: 'Bearer x' };
    expect((await createLicense(server.url, {}, headers)).status).toBe(401);
    expect((await createLicense(server.url, { count: 'x' }, { prefer: 'code=403' })).status).toBe(
      400,
    );
  });
  it('makes an answer up from the schema, the same one each time', async () => {
    const ask = async () => (await listLicenses(server.url, '', { prefer: 'dynamic=true' })).text();
    expect(JSON.parse(await ask())).toHaveProperty('results');
    expect(await ask()).toBe(await ask());
  });
  it('waits', async () => {
    const started = performance.now();
    await listLicenses(server.url, '', { prefer: 'delay=PT0.2S' });
    expect(performance.now() - started).toBeGreaterThanOrEqual(195);
  });
  it.each(['code=418', 'example=nope', 'code=abc'])('is a 404 problem for %s', async (prefer) => {
    const answer = await createLicense(server.url, {}, { prefer });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect((await jsonOf(answer)).detail).toMatch(/Documented|Known|Write/);
  });
  it('answers in the form of each vendor', async () => {
    const post = (at: string, headers: Record<string, string>, body: object) =>
      fetch(server.url + at, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', prefer: 'code=401' },
        body: JSON.stringify(body),
      });
    const license = {
      clientId: '2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e01',
      courseIds: [],
      learningPathIds: [],
      courseTagIds: [],
      name: 'n',
    };
    const empty = await post('/incoming/v2/licenses', { authorization: 'Bearer ti-key' }, license);
    expect([empty.status, await empty.text()]).toEqual([401, '']);
    const xml = await post('/api/licenses/add', { accept: 'application/xml' }, { Name: 'n' });
    expect(xml.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(await xml.text()).toMatch(/^<Error><Message>/);
  });
});

describe('profile strict', () => {
  it('refuses what wire tolerates and warns about', async () => {
    const strict = await startTestServer({ profile: 'strict' });
    const loose = { count: '10' };
    const tolerated = await createLicense(server.url, loose);
    expect(tolerated.status).toBe(200);
    expect(Number(tolerated.headers.get('x-mock-warnings'))).toBeGreaterThanOrEqual(1);
    const refused = await createLicense(strict.url, loose);
    expect(refused.status).toBe(400);
    expect(await jsonOf(refused)).toHaveProperty('count');
    expect((await allLicenses(strict.url)).length).toBe(0);
    await strict.stop();
  });
  it('refuses a platform that would be made on first use', async () => {
    const strict = await startTestServer({ profile: 'strict' });
    const answer = await createLicense(strict.url, { platform_key: 'unheard-of' });
    expect(answer.status).toBe(400);
    await strict.stop();
  });
});

describe('a page in a browser', () => {
  const origin = { origin: 'http://app.example' };
  it('has its preflight answered, and may read the headers', async () => {
    const preflight = await fetch(`${server.url}/api/licenses/add`, {
      method: 'OPTIONS',
      headers: {
        ...origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin.origin);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
    const answer = await listLicenses(server.url, '', origin);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin.origin);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    expect(answer.headers.get('vary')).toBe('Accept, Origin');
    const exposed = answer.headers.get('access-control-expose-headers')?.split(', ');
    expect(exposed).toEqual(
      expect.arrayContaining(['X-Mock-Ledger', 'Date', 'WWW-Authenticate', 'X-RateLimit-Limit']),
    );
  });
  it('gets the vendor answer to a plain OPTIONS', async () => {
    const answer = await fetch(`${server.url}/api/catalog/licenses/program/create/`, {
      method: 'OPTIONS',
      headers: { authorization: 'Api-Token dm-admin' },
    });
    expect(answer.status).toBe(200);
    expect(await jsonOf(answer)).toHaveProperty('parses');
  });
  it('is kept out with --cors off', async () => {
    const closed = await startTestServer({ options: { cors: 'off' } });
    const answer = await listLicenses(closed.url, '', origin);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    await closed.stop();
  });
});

describe('every answer', () => {
  it('says its sandbox, its request, and follows the sandbox clock', async () => {
    const frozen = await startTestServer({ clock: '2026-01-01T00:00:00Z' });
    const ids = [];
    for (let i = 0; i < 2; i += 1) {
      const answer = await listLicenses(frozen.url);
      ids.push(answer.headers.get('x-mock-request-id'));
      expect(answer.headers.get('x-mock-sandbox')).toBe('default');
      expect(answer.headers.get('date')).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
    }
    expect(ids).toEqual(['default-1', 'default-2']);
    await frozen.stop();
  });
  it('is the same for the same scenario, seed, clock and requests', async () => {
    const play = async () => {
      const one = await startTestServer({ scenario: 'demo', clock: '2026-01-01T00:00:00Z' });
      const answers = [
        await listLicenses(one.url, 'verbose=true&page_size=50'),
        await createLicense(one.url),
        await listLicenses(one.url, 'sort=name'),
      ];
      const text = await Promise.all(answers.map((answer) => answer.text()));
      await one.stop();
      return text.join('\n').replaceAll(one.url, '');
    };
    expect(await play()).toBe(await play());
  });
});

describe('sandboxes', () => {
  it('keep records, ids and links apart', async () => {
    const one = `${server.url}/_sandbox/one`;
    await createLicense(one, { external_id: 'only-here' });
    await createLicense(one, { external_id: 'only-here-2' });
    expect((await allLicenses(one)).map((license) => license.id)).toEqual([2, 1]);
    const page = await jsonOf(await listLicenses(one, 'page_size=1'));
    expect(page.next_page).toMatch(`${one}/api/catalog/licenses/program/?page=2&page_size=1`);
    const other = await listLicenses(server.url, '', { 'x-mock-sandbox': 'two' });
    expect((await jsonOf(other)).count).toBe(0);
  });
  it.each(['Upper', 'a_b', '-a', 'a'.repeat(65)])('cannot be named %s', async (name) => {
    const answer = await listLicenses(`${server.url}/_sandbox/${name}`);
    expect(answer.status).toBe(400);
    expect((await jsonOf(answer)).type).toBe('/_mock/errors/bad-sandbox-name');
  });
});
