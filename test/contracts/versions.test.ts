/** Pacts of the versions 2, 3 and 4; matchers, generators, values that a provider state gives. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { LIST, listInteraction, pact, version } from './pacts.ts';
import { verifyContracts, writePact } from './verify-contracts.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const headers = { Authorization: 'Api-Token dm-admin', 'Content-Type': 'application/json' };

async function verified(content: object): Promise<string> {
  const options = { patterns: [writePact(content)] };
  const { report, text } = await verifyContracts(options, { mockUrl: server.url });
  return report.held ? 'held' : text;
}

it('verifies version 2: a state in the sentence, a query as text, matchers by path', async () => {
  const found = (matched: object) =>
    pact([
      listInteraction({
        providerState: 'a program license with external id a-1 exists',
        request: { method: 'GET', path: LIST, query: 'external_id=a-1', headers },
        response: {
          status: 200,
          body: { count: 1, results: [{ id: 99, external_id: 'a-1' }] },
          matchingRules: { '$.body.results[0].id': matched },
        },
      }),
    ]);
  expect(await verified(found({ match: 'type' }))).toBe('held');
  expect(await verified(found({ match: 'regex', regex: '^9' }))).toContain('$.results[0].id');
});

it('verifies version 3: several states, values that they give, a generator', async () => {
  const change = {
    description: 'a change',
    providerStates: [
      { name: 'a program license exists', params: { externalId: 'a-2' } },
      {
        name: 'platform {platformKey} has {licenses} program licenses',
        params: { platformKey: 'other', licenses: 2 },
      },
    ],
    request: {
      method: 'POST',
      path: `${LIST}update/`,
      headers,
      body: { external_id: 'wrong', name: 'x', transaction_id: 'y' },
      generators: {
        body: {
          '$.external_id': { type: 'ProviderState', expression: '${externalId}' },
          '$.transaction_id': { type: 'Uuid' },
        },
      },
    },
    response: {
      status: 200,
      body: { external_id: 'a-2', count: 1 },
      matchingRules: { body: { '$.count': { matchers: [{ match: 'integer' }] } } },
    },
  };
  expect(await verified(pact([change], version('3.0.0')))).toBe('held');
});

it('verifies version 4: a body in its wrapping, values of headers in lists', async () => {
  const wrapped = {
    type: 'Synchronous/HTTP',
    description: 'a page',
    providerStates: [{ name: 'there are no program licenses' }],
    request: {
      method: 'GET',
      path: LIST,
      query: { page: ['1'] },
      headers: { Authorization: ['Api-Token dm-admin'] },
    },
    response: {
      status: 200,
      headers: { 'Content-Type': ['application/json'] },
      body: {
        contentType: 'application/json',
        encoded: false,
        content: { count: 0, results: [] },
      },
    },
  };
  expect(await verified(pact([wrapped], version('4.0')))).toBe('held');
});

it('verifies behind the prefix of the vendor’s gateway', async () => {
  const request = { method: 'GET', path: `/dm${LIST}`, headers };
  expect(await verified(pact([listInteraction({ request })]))).toBe('held');
});

it('sends a form as it is', async () => {
  const form = listInteraction({
    request: {
      method: 'POST',
      path: `${LIST}create/`,
      headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'platform_key=acme&program_key=bar&name=A+B&count=3&started=2026-01-01T00:00:00Z',
    },
    response: { status: 200, body: { name: 'A B', count: 3 } },
  });
  expect(await verified(pact([form]))).toBe('held');
});

it.each([
  [{ externalId: 42, count: 5 }, 'declares externalId as a string: 42 was converted to "42"'],
  [{ externalId: '42', count: '5' }, 'declares count as a number: "5" was converted to 5'],
  [{ externalId: true }, 'declares externalId as a string: true was converted to "true"'],
])('says which state parameters it took by another type: %j', async (params, note) => {
  const found = listInteraction({
    providerStates: [{ name: 'a program license exists', params }],
    request: {
      method: 'GET',
      path: LIST,
      query: { external_id: [String(params.externalId)] },
      headers,
    },
    response: { status: 200, body: { count: 1 } },
  });
  const patterns = [writePact(pact([found], version('3.0.0')))];
  const { report, text } = await verifyContracts({ patterns }, { mockUrl: server.url });
  expect(report.held, text).toBe(true);
  expect(text).toContain(`provider state (note) "a program license exists" ${note}`);
});
