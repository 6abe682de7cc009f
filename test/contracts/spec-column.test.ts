/** The spec column: what a contract may say of a vendor, without asking anybody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { LIST, pact } from './pacts.ts';
import { verifyContracts, writePact } from './verify-contracts.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Message = Readonly<Record<string, unknown>>;

async function specOf(vendor: string, request: Message, response: Message) {
  const interaction = { description: 'one', request, response };
  const file = writePact(pact([interaction], { provider: { name: vendor } }));
  const { report } = await verifyContracts({ patterns: [file] }, { mockUrl: server.url });
  const { verdict, findings } = report.rows[0]?.spec ?? { verdict: undefined, findings: [] };
  return { verdict, text: findings.map(({ at, message }) => `${at}: ${message}`).join('\n') };
}

const add = (contentType: string, body: unknown) => ({
  method: 'POST',
  path: '/api/licenses/add',
  headers: { 'Content-Type': contentType },
  body,
});
const xml = (content: string) =>
  `<LicenseRequest xmlns="http://schemas.datacontract.org/2004/07/Alice.Dto.Requests">${content}</LicenseRequest>`;
const result = (content: string) => ({
  status: 200,
  headers: { 'Content-Type': 'application/xml' },
  body: `<ValidationResult xmlns="http://schemas.datacontract.org/2004/07/FluentValidation.Results">${content}</ValidationResult>`,
});
const noErrors = { status: 200, body: { errors: [] } };

describe('an interaction that expects success', () => {
  it('fails where request or response break the schema', async () => {
    const headers = { 'Content-Type': 'application/json', Authorization: 'Api-Token dm-admin' };
    const request = { method: 'POST', path: `${LIST}update/`, headers, body: { license_id: 'x' } };
    const first = await specOf('ibl', request, { status: 200, body: { id: 1 } });
    expect(first).toMatchObject({ verdict: 'failed' });
    expect(first.text).toContain('request.body.license_id');
    const second = await specOf(
      'ibl',
      { ...request, body: { license_id: 1 } },
      { status: 200, body: { id: 'one' } },
    );
    expect(second).toMatchObject({ verdict: 'failed' });
    expect(second.text).toContain('response.body.id');
  });

  it('fails for a status or a path that the spec does not have', async () => {
    const list = { method: 'GET', path: LIST, headers: { Authorization: 'Api-Token dm-admin' } };
    expect(await specOf('ibl', list, { status: 299 })).toMatchObject({ verdict: 'failed' });
    const elsewhere = { ...list, path: '/api/catalog/none/' };
    expect(await specOf('ibl', elsewhere, { status: 200 })).toMatchObject({ verdict: 'failed' });
  });
});

describe('an interaction that expects a refusal', () => {
  it('may break the request’s schema, which is said', async () => {
    const request = add('application/json', { AvailableSeats: 'many' });
    const refused = { status: 400, body: { Message: 'The request is invalid.' } };
    expect(await specOf('alice', request, refused)).toMatchObject({ verdict: 'held' });
    const unread = await specOf('alice', add('text/plain', 'x'), {
      status: 415,
      body: { Message: 'no' },
    });
    expect(unread.verdict).toBe('held');
    expect(unread.text).toContain('which is allowed because no success is expected');
  });

  it('is held to the schema of the refusal all the same', async () => {
    const wrong = { status: 400, body: { Message: 400 } };
    expect(
      await specOf('alice', add('application/json', { AvailableSeats: 'many' }), wrong),
    ).toMatchObject({ verdict: 'failed' });
    expect(
      await specOf('alice', add('text/plain', 'x'), { status: 415, body: { Message: 400 } }),
    ).toMatchObject({ verdict: 'failed' });
    const method = { method: 'DELETE', path: '/api/licenses/add' };
    expect(
      await specOf('alice', method, {
        status: 405,
        headers: { 'Content-Type': 'application/json' },
        body: { Message: 405 },
      }),
    ).toMatchObject({ verdict: 'failed' });
  });
});

describe('a body in XML', () => {
  it('is read by the vendor’s codec and checked by Prism', async () => {
    const request = add('application/xml', xml('<Name>Reading room</Name>'));
    expect(await specOf('alice', request, result('<errors/>'))).toMatchObject({ verdict: 'held' });
    const wrong = await specOf('alice', request, result('<errors><ValidationFailure/></errors>'));
    expect(wrong.verdict).toBe('failed');
    expect(wrong.text).toContain('response.body');
    expect(await specOf('alice', request, result('<Wrong/>'))).toMatchObject({ verdict: 'failed' });
  });

  it('fails where the vendor would not read it, warns of what the vendor drops', async () => {
    const broken = await specOf('alice', add('application/xml', '<LicenseRequest'), noErrors);
    expect(broken.verdict).toBe('failed');
    const late = xml('<Name>a</Name><AvailableSeats>3</AvailableSeats>');
    const dropped = await specOf('alice', add('application/xml', late), noErrors);
    expect(dropped).toMatchObject({ verdict: 'held' });
    expect(dropped.text).toContain('"AvailableSeats" is out of alphabetical order');
  });
});
