/** `when` of an override and `match` of a verification are one language: each case holds, or does not, in both. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Sent = {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

const admin = { authorization: 'Api-Token dm-admin', 'content-type': 'application/json' };
const license = {
  platform_key: 'acme',
  program_key: 'bar',
  name: 'Spring',
  count: 7,
  started: '2026-01-01T00:00:00Z',
};
const create = (fields: object = {}, path = '/api/catalog/licenses/program/create/'): Sent => ({
  path,
  method: 'POST',
  headers: admin,
  body: JSON.stringify({ ...license, ...fields }),
});
const alice = (body: string, mediaType = 'application/json'): Sent => ({
  path: '/api/licenses/add',
  method: 'POST',
  headers: { 'content-type': mediaType },
  body,
});
const client = '2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e01';
const course = '6f1c2a70-3b1e-4c55-9a53-0d9b7c4c1a01';
const thoughtIndustries = (fields: object): Sent => ({
  path: '/incoming/v2/licenses',
  method: 'POST',
  headers: { authorization: 'Bearer ti-key', 'content-type': 'application/json' },
  body: JSON.stringify({
    clientId: client,
    courseIds: [course],
    learningPathIds: [],
    courseTagIds: [],
    name: 'Spring',
    ...fields,
  }),
});

async function send(sandbox: string, { path, ...init }: Sent): Promise<Response> {
  return fetch(`${sandboxUrl(server.url, sandbox)}${path}`, { redirect: 'manual', ...init });
}

async function newSandbox(): Promise<string> {
  count += 1;
  await control(server.url, `PUT /sandboxes/pattern-${count}`, {});
  return `pattern-${count}`;
}

/** Whether an override with this pattern acts on the request. */
async function acts(pattern: object, sent: Sent): Promise<boolean> {
  const sandbox = await newSandbox();
  const set = await control(server.url, `POST /sandboxes/${sandbox}/overrides`, {
    when: pattern,
    effect: { reply: { status: 418 } },
  });
  expect(set.status).toBe(201);
  return (await send(sandbox, sent)).status === 418;
}

/** Whether a verification with this pattern finds the request. */
async function matches(pattern: object, sent: Sent): Promise<boolean> {
  const sandbox = await newSandbox();
  await send(sandbox, sent);
  const verified = await control(server.url, `POST /sandboxes/${sandbox}/journal/verify`, {
    match: pattern,
    times: 1,
  });
  return verified.body['held'] === true;
}

const xml =
  '<LicenseRequest xmlns="http://schemas.datacontract.org/2004/07/Alice.Dto.Requests"><AvailableSeats>30</AvailableSeats><Name>City</Name></LicenseRequest>';

describe('the same pattern holds for overrides and verifications', () => {
  it.each<[boolean, string, object, Sent]>([
    [true, 'a number that was sent as text', { body: { count: 7 } }, create({ count: '7' })],
    [false, 'the text that it was sent as', { body: { count: '7' } }, create({ count: '7' })],
    [true, 'a number that was sent as one', { body: { count: 7 } }, create()],
    [
      true,
      'a documented name that was sent in lower case',
      { body: { Name: 'A' } },
      alice('{"name":"A"}'),
    ],
    [false, 'the name as it was sent', { body: { name: 'A' } }, alice('{"name":"A"}')],
    [
      true,
      'a list that was sent as one value',
      { body: { courseIds: [course] } },
      thoughtIndustries({ courseIds: course }),
    ],
    [
      false,
      'that one value',
      { body: { courseIds: course } },
      thoughtIndustries({ courseIds: course }),
    ],
    [
      true,
      'an id in upper case',
      { body: { clientId: client } },
      thoughtIndustries({ clientId: client.toUpperCase() }),
    ],
    [
      true,
      'a form',
      { body: { AvailableSeats: 30 } },
      alice('Name=A&AvailableSeats=30', 'application/x-www-form-urlencoded'),
    ],
    [true, 'XML', { body: { AvailableSeats: 30 } }, alice(xml, 'application/xml')],
    [
      true,
      'a path without the mount of a gateway',
      { path: '/api/catalog/licenses/program/create/' },
      create({}, '/dm/api/catalog/licenses/program/create/'),
    ],
    [
      false,
      'a path with it',
      { path: '/dm/api/catalog/licenses/program/create/' },
      create({}, '/dm/api/catalog/licenses/program/create/'),
    ],
    [
      true,
      'a path in the letter case it was sent in',
      { path: '/API/Licenses/Add' },
      { ...alice('{"Name":"A"}'), path: '/API/Licenses/Add' },
    ],
    [
      true,
      'a query',
      { query: { name: 'a b' } },
      { path: '/api/catalog/licenses/program/?name=a%20b', headers: admin },
    ],
    [
      true,
      'a boolean of the query as it is documented',
      { query: { active: 'true' } },
      { path: '/api/catalog/licenses/program/?active=True', headers: admin },
    ],
    [
      false,
      'another query',
      { query: { name: 'b' } },
      { path: '/api/catalog/licenses/program/?name=a', headers: admin },
    ],
    [true, 'a header in any case', { headers: { AUTHORIZATION: '/^api-token /i' } }, create()],
    [true, 'a method', { method: 'POST' }, create()],
    [false, 'another method', { method: 'GET' }, create()],
  ])('%s: %s', async (holds, _, pattern, sent) => {
    expect(await acts(pattern, sent)).toBe(holds);
    expect(await matches(pattern, sent)).toBe(holds);
  });

  it.each<[string, object, string]>([
    ['a broken expression', { path: '/(/' }, 'path'],
    ['a path with a query', { path: '/a?b=1' }, 'path'],
    ['a method in lower case', { method: 'post' }, 'method'],
    ['a broken expression in a header', { headers: { 'a/b': '/[/' } }, 'headers/a~1b'],
  ])('and %s is refused by both, in the same words', async (_, pattern, at) => {
    const sandbox = await newSandbox();
    const when = await control(server.url, `POST /sandboxes/${sandbox}/overrides`, {
      when: pattern,
      effect: { reply: { status: 418 } },
    });
    const match = await control(server.url, `POST /sandboxes/${sandbox}/journal/verify`, {
      match: pattern,
    });
    expect(when.body).toMatchObject({ status: 422, pointer: `#/when/${at}` });
    expect(match.body).toMatchObject({ status: 422, pointer: `#/match/${at}` });
    const words = ({ body }: typeof when) => String(body['detail']).replace(/^(?:when|match)/, '');
    expect(words(match)).toBe(words(when));
  });
});

describe('a verification sees a refused request', () => {
  it.each<[string, object, Sent]>([
    [
      'decoded, where the spec refused it',
      { status: 400, body: { count: 'many' } },
      create({ count: 'many' }),
    ],
    [
      'as raw text, where it could not be decoded',
      { status: 400, body: '{"name":' },
      { ...create(), body: '{"name":' },
    ],
    [
      'as the JSON it is, where nobody read it',
      { status: 401, body: { count: '7' } },
      { ...create({ count: '7' }), headers: { 'content-type': 'application/json' } },
    ],
  ])('%s', async (_, pattern, sent) => {
    expect(await matches(pattern, sent)).toBe(true);
  });
});

it('a verification can insist on exact types by the number of warnings', async () => {
  const pattern = { operation: 'addLicense', body: { AvailableSeats: 30 }, warnings: 0 };
  expect(await matches(pattern, alice('{"Name":"A","AvailableSeats":30}'))).toBe(true);
  expect(await matches(pattern, alice('{"Name":"A","AvailableSeats":"30"}'))).toBe(false);
});
