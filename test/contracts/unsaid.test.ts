/** What a contract does not say is not judged; HEAD, OPTIONS and redirects are held by their own rules. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { LIST, listInteraction, pact } from './pacts.ts';
import { verifyContracts, writePact } from './verify-contracts.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Fields = Readonly<Record<string, unknown>>;

async function verified(vendor: string, request: Fields, response: Fields) {
  const interactions = [{ description: 'one', request, response }];
  const file = writePact(pact(interactions, { provider: { name: vendor } }));
  const { report, text } = await verifyContracts({ patterns: [file] }, { mockUrl: server.url });
  const [row] = report.rows;
  return { spec: row?.spec.verdict, mock: row?.mock.verdict, text };
}

const ibl = { Authorization: 'Api-Token dm-admin' };
const ti = { Authorization: 'Bearer ti-key' };
const held = { spec: 'held', mock: 'held' };

describe('a contract that says nothing of the body holds', () => {
  it.each([
    ['ibl', 'PUT', LIST, ibl, 405],
    ['ibl', 'DELETE', `${LIST}create/`, ibl, 405],
    ['ibl', 'PATCH', LIST, {}, 401],
    ['ibl', 'GET', LIST, {}, 401],
    ['ibl', 'GET', LIST, { ...ibl, Accept: 'application/xml' }, 406],
    ['ibl', 'GET', `${LIST}nope/`, ibl, 404],
    ['ibl', 'GET', '/nothing/of/the/kind', {}, 404],
    ['alice', 'GET', '/api/licenses/add', {}, 405],
    ['alice', 'PUT', '/api/licenses/add', { Accept: 'application/xml' }, 405],
    ['alice', 'POST', '/api/licenses/no/pe', {}, 404],
    ['alice', 'POST', '/nope', { Accept: 'application/xml' }, 404],
    ['thought-industries', 'DELETE', '/incoming/v2/licenses', ti, 405],
    ['thought-industries', 'GET', '/incoming/v2/licenses', {}, 401],
    ['thought-industries', 'GET', '/incoming/v2/nope', ti, 404],
  ])('%s: %s %s with %j is answered %i', async (vendor, method, path, headers, status) => {
    expect(await verified(vendor, { method, path, headers }, { status })).toMatchObject(held);
  });

  it.each([
    ['text/plain', 'x', 415],
    ['application/xml', '<LicenseRequest', 400],
  ])('alice: a body of %s is refused', async (type, body, status) => {
    const headers = { 'Content-Type': type, Accept: 'application/xml' };
    const request = { method: 'POST', path: '/api/licenses/add', headers, body };
    expect(await verified('alice', request, { status })).toMatchObject(held);
  });

  it('alice: a request without body that accepts nothing it has crashes it', async () => {
    const request = { method: 'POST', path: '/api/licenses/add', headers: { Accept: 'text/html' } };
    expect(await verified('alice', request, { status: 500 })).toMatchObject(held);
  });

  it('and fails all the same for another status', async () => {
    const request = { method: 'PUT', path: LIST, headers: ibl };
    expect(await verified('ibl', request, { status: 404 })).toMatchObject({ mock: 'failed' });
    const nowhere = { method: 'GET', path: `${LIST}nope/`, headers: ibl };
    expect(await verified('ibl', nowhere, { status: 200 })).toMatchObject({ spec: 'failed' });
  });
});

describe('what a contract says of the refusal of another method', () => {
  const request = { method: 'PUT', path: LIST, headers: ibl };
  const answer = (body: Fields) => ({ status: 405, body });

  it('is held against the spec, also where it is a part of the body', async () => {
    expect(
      await verified('ibl', request, answer({ detail: 'Method "PUT" not allowed.' })),
    ).toMatchObject(held);
    expect(await verified('ibl', request, answer({ detail: 405 }))).toMatchObject({
      spec: 'failed',
    });
    expect(await verified('ibl', request, answer({ reason: 'x' }))).toMatchObject({
      spec: 'failed',
    });
  });
});

describe('HEAD', () => {
  it.each([
    [LIST, ibl, 200],
    [`${LIST}?page_size=1`, ibl, 200],
    [LIST, {}, 401],
    [`${LIST}create/`, ibl, 405],
  ])('of %s is answered as GET, without a body', async (target, headers, status) => {
    const [path = '', query = ''] = target.split('?');
    const answered = { status, headers: { 'Content-Type': 'application/json' } };
    expect(await verified('ibl', { method: 'HEAD', path, query, headers }, answered)).toMatchObject(
      held,
    );
  });

  it('is held to what the spec has of GET', async () => {
    const request = { method: 'HEAD', path: LIST, headers: ibl };
    expect(await verified('ibl', request, { status: 202 })).toMatchObject({ spec: 'failed' });
    const xml = { status: 200, headers: { 'Content-Type': 'application/xml' } };
    expect(await verified('ibl', request, xml)).toMatchObject({ spec: 'failed' });
    const withBody = await verified('ibl', request, { status: 200, body: { count: 0 } });
    expect(withBody).toMatchObject({ spec: 'failed' });
    expect(withBody.text).toContain('An answer to HEAD has no body.');
  });
});

describe('OPTIONS', () => {
  it.each([
    ['ibl', LIST, ibl, { status: 200, body: { name: 'Program License' } }],
    ['ibl', LIST, ibl, { status: 200 }],
  ])(
    'of %s is answered as the vendor does, which no spec says',
    async (vendor, path, headers, response) => {
      const request = { method: 'OPTIONS', path, headers };
      const { spec, mock, text } = await verified(vendor, request, response);
      expect({ spec, mock }, text).toEqual({ spec: 'not judged', mock: 'held' });
    },
  );

  it('may be refused', async () => {
    const request = { method: 'OPTIONS', path: '/api/licenses/add' };
    expect(await verified('alice', request, { status: 405 })).toMatchObject(held);
  });
});

describe('an expected redirect', () => {
  it.each([
    ['GET', LIST.slice(0, -1)],
    ['HEAD', LIST.slice(0, -1)],
    ['GET', `${LIST}create`],
    ['PUT', `/dm${LIST}update`],
  ])('is compared as it is: %s %s', async (method, path) => {
    const request = { method, path, headers: ibl };
    const location = { status: 301, headers: { Location: `${path}/` } };
    expect(await verified('ibl', request, location)).toMatchObject(held);
  });

  it('is compared with its Location, by matching rules too', async () => {
    const request = { method: 'GET', path: LIST.slice(0, -1), query: 'page_size=1', headers: ibl };
    const redirect = (location: string, regex: string) => ({
      status: 301,
      headers: { Location: location },
      matchingRules: { '$.headers.Location': { match: 'regex', regex } },
    });
    const matched = String.raw`^/api/.*/\?page_size=\d$`;
    expect(await verified('ibl', request, redirect('/api/x/?page_size=7', matched))).toMatchObject(
      held,
    );
    const wrong = await verified('ibl', request, {
      status: 301,
      headers: { Location: '/elsewhere/' },
    });
    expect(wrong.mock).toBe('failed');
    expect(wrong.text).toMatch(/mock: header Location .*\n +expected +.*elsewhere/);
    expect(wrong.text).not.toContain('Pact-Location');
  });
});

describe('a redirect that is not expected', () => {
  it('is followed, in the same sandbox, and said', async () => {
    const request = { method: 'GET', path: LIST.slice(0, -1), query: 'page_size=1', headers: ibl };
    const file = writePact(
      pact([
        listInteraction({
          providerState: 'platform acme has 3 program licenses',
          request,
          response: { status: 200, body: { count: 3 } },
        }),
      ]),
    );
    const { report, text } = await verifyContracts({ patterns: [file] }, { mockUrl: server.url });
    expect(report.held, text).toBe(true);
    expect(text).toContain('the redirect was followed');
  });

  it('does not hide what was answered at its end', async () => {
    const request = { method: 'GET', path: LIST.slice(0, -1) };
    const { mock, text } = await verified('ibl', request, { status: 200 });
    expect(mock).toBe('failed');
    expect(text).toMatch(/expected +200\n +actual +401/);
  });
});

it('links in an answer lead to where the request went, without a sandbox', async () => {
  const page = {
    next_page: 'http://127.0.0.1:1/api/catalog/licenses/program/?page=2&page_size=1',
  };
  const regex = String.raw`^http://127\.0\.0\.1:\d+/api/catalog/licenses/program/\?page=2&page_size=1$`;
  const file = writePact(
    pact([
      listInteraction({
        providerState: 'platform acme has 3 program licenses',
        request: { method: 'GET', path: LIST, query: 'page_size=1', headers: ibl },
        response: {
          status: 200,
          body: page,
          matchingRules: { '$.body.next_page': { match: 'regex', regex } },
        },
      }),
    ]),
  );
  const { report, text } = await verifyContracts({ patterns: [file] }, { mockUrl: server.url });
  expect(report.held, text).toBe(true);
});
