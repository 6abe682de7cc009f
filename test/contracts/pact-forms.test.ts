/** The forms that real Pact libraries write: null for none, lists beside texts, fields of other versions. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { LIST, listInteraction, pact, version } from './pacts.ts';
import { verifyContracts, writePact } from './verify-contracts.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Fields = Readonly<Record<string, unknown>>;

async function verified(content: unknown): Promise<string> {
  const options = { patterns: [writePact(content)] };
  const { report, text } = await verifyContracts(options, { mockUrl: server.url });
  return report.held ? 'held' : text;
}

const headers = { Authorization: 'Api-Token dm-admin' };
const request = { method: 'GET', path: LIST, headers };
const state = 'a program license exists';
const http = { type: 'Synchronous/HTTP' };
const oneLicense = { response: { status: 200, body: { count: 1 } } };
const wrapped = (body: Fields) => ({ response: { status: 200, body } });
const json = { contentType: 'application/json', encoded: false };

describe('null and empty mean none', () => {
  it.each([
    ['2.0.0', { providerState: null }],
    ['2.0.0', { provider_state: null }],
    ['2.0.0', { providerState: '' }],
    ['2.0.0', { providerStates: null, providerState: null }],
    ['3.0.0', { providerStates: null }],
    ['3.0.0', { providerStates: [] }],
    ['3.0.0', { providerStates: [null] }],
    [
      '3.0.0',
      { providerState: null, response: { status: 200, headers: null, matchingRules: null } },
    ],
    [
      '3.0.0',
      { request: { ...request, query: null, body: null, matchingRules: null, generators: null } },
    ],
    ['2.0.0', { request: { ...request, query: null } }],
    ['4.0', { ...http, key: null, pending: null, comments: null, providerStates: [] }],
    [
      '4.0',
      { ...http, request: { ...request, query: null }, response: { status: 200, headers: null } },
    ],
  ])('version %s: %j', async (number, fields) => {
    expect(await verified(pact([listInteraction(fields)], version(number)))).toBe('held');
  });

  it('a byte order mark before the file', async () => {
    const file = writePact(pact([listInteraction()]));
    writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8')}`);
    const { report, text } = await verifyContracts({ patterns: [file] }, { mockUrl: server.url });
    expect(report.held, text).toBe(true);
  });

  it('for messages beside interactions, for metadata', async () => {
    for (const fields of [{ messages: [] }, { messages: null }, { metadata: null }]) {
      expect(await verified(pact([listInteraction()], fields))).toBe('held');
    }
    const mixed = await verified(pact([listInteraction()], { messages: [{}, {}] }));
    expect(mixed).toContain('It contains 2 message interactions.');
    expect(mixed).toContain('1 held');
  });
});

describe('a provider state is entered, however it is written', () => {
  it.each([
    ['2.0.0', { providerState: state }],
    ['2.0.0', { provider_state: state }],
    ['2.0.0', { providerStates: [{ name: state }] }],
    ['2.0.0', { providerStates: state }],
    ['3.0.0', { providerState: state }],
    ['3.0.0', { providerState: state, providerStates: null }],
    ['3.0.0', { providerState: state, providerStates: [] }],
    ['3.0.0', { providerStates: [{ name: state, params: null }] }],
    ['3.0.0', { providerStates: [{ name: state, params: { externalId: null, count: 3 } }] }],
    ['3.0.0', { providerStates: [state] }],
    ['4.0', { ...http, providerState: state, providerStates: null }],
    ['4.0', { ...http, providerStates: [{ name: state, params: {} }] }],
  ])('version %s: %j', async (number, fields) => {
    const one = number === '4.0' ? wrapped({ ...json, content: { count: 1 } }) : oneLicense;
    expect(await verified(pact([listInteraction({ ...one, ...fields })], version(number)))).toBe(
      'held',
    );
    const wrong = { response: { status: 200, headers: { 'X-None': 'x' } } };
    expect(
      await verified(pact([listInteraction({ ...fields, ...wrong })], version(number))),
    ).toContain('x-none');
  });

  it.each([
    { providerState: 7 },
    { providerStates: [{ state }] },
    { providerStates: { nam: state } },
  ])('and fails where it cannot be read: %j', async (fields) => {
    expect(await verified(pact([listInteraction(fields)], version('3.0.0')))).toContain(
      'No scenario defines the provider state',
    );
  });
});

describe('an interaction is read in every form', () => {
  const body = { count: 0, results: [] };
  it.each([
    ['4.0', { ...http, key: 'a1b2', pending: false, transport: 'http', pluginConfiguration: {} }],
    [
      '4.0',
      {
        ...http,
        comments: { text: [], testname: 'a test' },
        interactionMarkup: { markup: '', markupType: 'COMMON_MARK' },
      },
    ],
    ['4.0', { type: 'synchronous/http', ...wrapped({ ...json, content: body }) }],
    [
      '4.0',
      {
        ...http,
        ...wrapped({
          contentType: 'application/json',
          encoded: 'JSON',
          content: JSON.stringify(body),
        }),
      },
    ],
    [
      '4.0',
      {
        ...http,
        ...wrapped({
          contentType: 'application/json',
          encoded: 'base64',
          content: btoa(JSON.stringify(body)),
        }),
      },
    ],
    ['4.0', { ...http, ...wrapped({ content: body, encoded: false }) }],
    ['3.0.0', { request: { ...request, query: { page: ['1'], page_size: '5' } } }],
    ['2.0.0', { request: { ...request, method: 'get' } }],
    [
      '3.0.0',
      {
        request: {
          ...request,
          headers: { Authorization: ['Api-Token dm-admin'], Accept: 'application/json' },
        },
      },
    ],
    [
      '3.0',
      {
        _id: 'x',
        request: { ...request, generators: {} },
        response: { status: 200, generators: {}, matchingRules: {} },
      },
    ],
  ])('version %s: %j', async (number, fields) => {
    expect(await verified(pact([listInteraction(fields)], version(number)))).toBe('held');
  });

  it.each([
    { pactSpecificationVersion: '3.0.0' },
    { 'pact-specification': { version: '3.0.0' } },
    { pactSpecification: { version: '3.0.0' }, 'pact-jvm': { version: '4.6.1' } },
    { pactSpecification: { version: '3.0.0' }, pactRust: { ffi: '0.4.22', models: '1.2.3' } },
  ])('with its version in %j', async (metadata) => {
    const rule = { body: { '$.count': { matchers: [{ match: 'integer' }], combine: 'AND' } } };
    const response = { status: 200, body: { count: 77 }, matchingRules: rule };
    expect(await verified(pact([listInteraction({ response })], { metadata }))).toBe('held');
  });

  it('with a body of version 3 that looks as if version 4 had wrapped it', async () => {
    const response = {
      status: 200,
      body: { content: { count: 0 }, contentType: 'application/json' },
    };
    expect(await verified(pact([listInteraction({ response })], version('3.0.0')))).toMatch(
      /spec: response\.body .*contentType/,
    );
  });
});

describe('free-form objects can be expected back', () => {
  const create = (own: Fields) => ({
    request: {
      method: 'POST',
      path: `${LIST}create/`,
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: {
        platform_key: 'acme',
        program_key: 'bar',
        name: 'x',
        count: 3,
        started: '2026-01-01T00:00:00Z',
        enrollment_config: { auto_enroll: true, limits: { seats: [1, 2] } },
        ...own,
      },
    },
    response: { status: 200, headers: { 'Content-Type': 'application/json' }, body: own },
  });
  it.each([
    { metadata: { cohort: 'spring', seats: { a: 1 } } },
    { metadata: { list: [1, 'a', null, { deep: true }] } },
    { metadata: {} },
  ])('%j', async (own) => {
    expect(await verified(pact([listInteraction(create(own))]))).toBe('held');
  });

  it('in a list of licenses', async () => {
    const params = { externalId: 'a' };
    const results = [{ external_id: 'a', metadata: {} }];
    const fields = {
      providerStates: [{ name: state, params }],
      response: { status: 200, body: { results } },
    };
    expect(await verified(pact([listInteraction(fields)], version('3.0.0')))).toBe('held');
  });

  it('enrollment_config can be sent, but no documented answer returns it', async () => {
    const enrollment = { enrollment_config: { auto_enroll: true } };
    const result = await verified(pact([listInteraction(create(enrollment))]));
    expect(result).toMatch(/spec: response\.body .*enrollment_config/);
    expect(result).toMatch(/mock: .*enrollment_config/);
  });

  it('while a field that the spec does not have still fails', async () => {
    const fields = create({ metadata: { a: 1 } });
    const response = { status: 200, body: { metadata: { a: 1 }, wholly_new: 1 } };
    expect(await verified(pact([listInteraction({ ...fields, response })]))).toMatch(
      /spec: response\.body .*wholly_new/,
    );
  });
});
