/** The samples of the vendor's own page, sent as they are. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callAlice, failuresOf, groupId, messagesOf } from '../support/alice-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const read = (name: string) =>
  readFileSync(path.join(import.meta.dirname, '../samples', name), 'utf8');
const json = read('alice-license-request.json');
const xml = read('alice-license-request.xml');

const EMPTY_RESULT =
  '<ValidationResult xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/FluentValidation.Results"><errors /></ValidationResult>';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe('the request samples', () => {
  const expected = [
    "'Contact Email' is not a valid email address.",
    'EndDate must be after StartDate',
  ];

  it('ALICE-SAMPLE: the JSON sample breaks two rules, with the values it was sent', async () => {
    const answer = await callAlice(server.url, json);
    expect(answer.status).toBe(200);
    expect(messagesOf(answer)).toEqual(expected);
    expect(failuresOf(answer).map(({ AttemptedValue }) => AttemptedValue)).toEqual([
      'sample string 9',
      '2026-03-02T04:02:01.5797227+00:00',
    ]);
    expect(answer.headers['x-mock-warnings'] ?? '0').toBe('0');
  });

  it.each(['application/xml', 'text/xml'])(
    'ALICE-SAMPLE: the XML sample as %s breaks the same two, nothing of it is dropped',
    async (contentType) => {
      const asJson = await callAlice(server.url, xml, { contentType, accept: 'application/json' });
      expect(messagesOf(asJson)).toEqual(expected);
      expect(asJson.headers['x-mock-warnings'] ?? '0').toBe('0');
      const asSent = await callAlice(server.url, xml, { contentType });
      expect(asSent.headers['content-type']).toBe(`${contentType}; charset=utf-8`);
      expect(asSent.body).toContain('i:type="d4p1:dateTime">2026-03-02T04:02:01.5797227+00:00<');
    },
  );

  it('ALICE-SAMPLE: both are accepted where those two rules do not apply', async () => {
    const without = await startTestServer({
      scenario: 'name: lenient\nalice: { rules: [{ property: Name, validator: NotEmpty }] }\n',
    });
    const contentType = 'application/xml';
    expect((await callAlice(without.url, json)).body).toBe('{"errors":[]}');
    expect((await callAlice(without.url, xml, { contentType })).body).toBe(EMPTY_RESULT);
    await without.stop();
  });
});

describe('the response samples', () => {
  const license = { Name: 'n', AvailableSeats: 1, TargetUserGroupId: groupId };

  it.each(['application/json', 'text/json'])('are given as %s', async (accept) => {
    const answer = await callAlice(server.url, license, { accept });
    expect(answer.body).toBe('{"errors":[]}');
    expect(answer.headers['content-type']).toBe(`${accept}; charset=utf-8`);
  });

  it.each(['application/xml', 'text/xml'])('are given as %s', async (accept) => {
    expect((await callAlice(server.url, license, { accept })).body).toBe(EMPTY_RESULT);
  });
});
