/** What no client should send to Alice's updates and searches: each gets an answer of the framework, and changes nothing. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  LICENSE,
  license,
  openAlice,
  update,
  userId,
  type Alice,
  type AliceSandbox,
} from '../support/alice-http.ts';

let alice: Alice;
let at: AliceSandbox;
let before: string;
beforeAll(async () => {
  alice = await openAlice();
  at = await alice.start({ licenses: [license({ UserIds: [userId(1)] })] });
  before = (await at.state()).text;
});
afterAll(() => alice.stop());

const calls = [
  `PUT /api/licenses/${LICENSE}`,
  'POST /api/licenses',
  `POST /api/user/${userId(1)}/licenses`,
];
const roots = {
  [`PUT /api/licenses/${LICENSE}`]: ['UpdateLicenseRequest', 'Alice.Dto.Requests'],
  'POST /api/licenses': ['GetLicensesRequest', 'Alice.Dto.Requests'],
  [`POST /api/user/${userId(1)}/licenses`]: [
    'GetLicensesForUserRequest',
    'Alice.Dto.Requests.User',
  ],
} as const;

describe.each(calls)('%s', (call) => {
  it.each([
    ['broken JSON', '{"PageSize":', 'application/json', 400],
    ['a list', '[]', 'application/json', 400],
    ['a text', '"x"', 'application/json', 400],
    ['null', 'null', 'application/json', 500],
    ['nothing', '', 'application/json', 500],
    ['deep JSON', `{"Filters":${'{"a":'.repeat(300)}1${'}'.repeat(301)}`, 'application/json', 400],
    ['a control character', '\u0001', 'application/json', 400],
    ['another media type', '{}', 'text/plain', 415],
    ['broken XML', '<a', 'application/xml', 400],
    ['another root in XML', '<a/>', 'application/xml', 400],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a/>', 'application/xml', 400],
    ['an open bracket in a form', 'a[=1', 'application/x-www-form-urlencoded', 400],
  ])('is sent %s', async (_, body, type, status) => {
    const answer = await at.ask(call, body, { 'content-type': type });
    expect(answer.status).toBe(status);
    expect((await at.state()).text).toBe(before);
  });

  it('names that objects have are names like others', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const entries = names.map((name) => `"${name}":{"Value":"x","FilterType":0}`).join();
    const body = `{"Filters":{${entries}},"SortFields":{"__proto__":1},${names.map((name) => `"${name}":1`).join()}}`;
    const answer = await at.ask(call, body);
    expect(answer.status).toBe(200);
    expect((await at.state()).text).toBe(before);
  });

  it('gets an answer to any XML of its class', async () => {
    const [root, namespace] = roots[call] ?? ['', ''];
    const base = 'http://schemas.datacontract.org/2004/07';
    const name = fc.constantFrom(
      'Filters',
      'SortFields',
      'SearchBy',
      'SortBy',
      'PageSize',
      'Key',
      'Value',
      'Filter',
      'FilterType',
      'KeyValueOfstringFilterValueAbc',
      'IsPaused',
    );
    const attribute = fc.constantFrom(
      '',
      ' i:nil="true"',
      ` xmlns="${base}/Alice.Dto.Core"`,
      ' xmlns="http://schemas.microsoft.com/2003/10/Serialization/Arrays"',
    );
    const { node } = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('', '1', 'None', 'x'),
        fc
          .tuple(name, attribute, fc.array(tie('node'), { maxLength: 3 }))
          .map(([tag, attributes, children]) => {
            return `<${tag}${attributes}>${children.join('')}</${tag}>`;
          }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 4 }), async (nodes) => {
        const body = `<${root} xmlns="${base}/${namespace}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${nodes.join('')}</${root}>`;
        const answer = await at.ask(call, body, { 'content-type': 'application/xml' });
        expect(answer.status, `${body}\n${answer.text}`).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
    expect((await at.state()).text).toBe(before);
  });
});

it('an update with values out of range changes nothing', async () => {
  for (const wrong of [
    { AvailableSeats: 2 ** 31 },
    { AvailableSeats: 1.5 },
    { StartDate: '2026-02-30T00:00:00Z' },
    { IsPaused: 'maybe' },
    { AllowableUserRoles: ['x'] },
    { UserGroupId: {} },
  ]) {
    const answer = await at.update(update(wrong));
    expect(answer.status, JSON.stringify(wrong)).toBe(400);
    expect(answer.body['ModelState'], JSON.stringify(wrong)).toBeDefined();
  }
  expect((await at.state()).text).toBe(before);
});

it.each([
  'GET /api/licenses/%00',
  'GET /api/licenses/..%2Fadd',
  `GET /api/licenses/${'a'.repeat(5000)}`,
  'GET /api/licenseDtoIndex/%E0%A4%A',
  'GET /api/GetLicenseAnonymized?userId&productKey',
  `GET /api/GetLicenseAnonymized?userId=${userId(2)}&productKey=${'9'.repeat(3000)}`,
  `GET /api/GetLicenseAnonymized?userId=${userId(2)}&productKey=x&productKey=__proto__`,
  `GET /api/products/getForUser?userId=${userId(2)}&institutionNumber=__proto__`,
  `GET /api/products/getForUser?userId=${userId(2)}&institutionNumber=%00&isbn=%00`,
])('%s gets an answer', async (call) => {
  const answer = await at.ask(call);
  expect(answer.status).toBeLessThan(500);
  expect((await at.state()).text).toBe(before);
});
