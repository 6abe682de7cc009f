/** Every recorded answer of the vendor's frameworks, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aliceScenario,
  callAlice,
  readWire,
  recordedRules,
  type WireCase,
} from '../support/alice-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** Cases that no request to the mock can bring about. */
const NOT_SERVED: Readonly<Record<string, string>> = {
  'FluentValidation 7.2.1: manual xml':
    'the run had an action that made a result by hand; src/frameworks/aspnet-web-api/fluent-validation/validation-result.test.ts writes it',
  'FluentValidation 7.2.1: manuallist json':
    'the run had an action that made a result by hand; src/frameworks/aspnet-web-api/fluent-validation/validation-result.test.ts writes it',
};

let server: TestServer;

async function expectRecorded({ request, header = {}, response, compare }: WireCase) {
  const answer = await callAlice(server.url, request.body ?? '', {
    method: request.method,
    path: request.path,
    contentType: request.contentType,
    headers: header,
    ...(request.accept !== null && { accept: request.accept }),
  });
  const { status, headers, body } = answer;
  expect(status).toBe(response.status);
  for (const [name, value] of Object.entries(response.headers)) expect(headers[name]).toBe(value);
  expect(compare === 'status+headers' ? null : body).toBe(response.body);
}

describe('ASP.NET Web API 5.2.3', () => {
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it.each(readWire('alice-web-api.json'))('$id', expectRecorded);
});

describe('FluentValidation 7.2.1, with the rules of the recorded run', () => {
  beforeAll(async () => {
    server = await startTestServer({ scenario: aliceScenario({ rules: recordedRules }) });
  });
  afterAll(() => server.stop());

  const cases = readWire('alice-fluent-validation.json');

  it.each(cases.filter(({ id }) => !(id in NOT_SERVED)))('$id', expectRecorded);

  it('leaves out only cases that are there', () => {
    expect(cases.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(NOT_SERVED)));
  });
});
