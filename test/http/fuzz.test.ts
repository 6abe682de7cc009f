/**
 * Generated requests: no answer may be a 5xx that nobody asked for, break its spec, or leave the server
 * dead. 500 an operation here; `FUZZ_RUNS=10000 npx vitest run test/http/fuzz.test.ts` is the long form.
 * A failure prints its seed; `FUZZ_SEED=…` plays it again.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';

const seed = process.env['FUZZ_SEED'];
const settings = {
  numRuns: Number(process.env['FUZZ_RUNS'] ?? 500),
  ...(seed !== undefined && { seed: Number(seed) }),
};

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(null, '', ' ', 0, -1, 1.5, 7, true, 'true', 'yes', '7', '7.0', 2 ** 31, 2 ** 53),
  fc.constantFrom('\u0000', '2026-01-01', 'now', [], {}, '__proto__'),
);
/** Mostly what is wanted, so that requests get past the first check. */
const mostly = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary: good }, { weight: 1, arbitrary: odd });

const instant = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString());
const text = mostly(fc.string({ maxLength: 20, unit: 'grapheme' }));
const whole = mostly(fc.nat());
const uuid = mostly(fc.uuid());
const uuids = mostly(fc.array(fc.uuid(), { maxLength: 3 }));
const date = mostly(instant);
const flag = mostly(fc.boolean());
const map = mostly(fc.dictionary(fc.string(), fc.jsonValue()));

type Body = Record<string, unknown>;
type Target = {
  readonly path: string;
  readonly authorization: string;
  readonly body: fc.Arbitrary<Body>;
};

const targets: Readonly<Record<string, Target>> = {
  createProgramLicense: {
    path: '/api/catalog/licenses/program/create/',
    authorization: 'Api-Token dm-admin',
    body: fc.record(
      {
        platform_key: mostly(fc.constantFrom('acme', 'other')),
        platform_org: text,
        platform_id: whole,
        program_key: text,
        name: text,
        count: whole,
        started: date,
        expired: date,
        external_id: text,
        active: flag,
        metadata: map,
        enrollment_config: map,
        source: text,
        transaction_id: text,
      },
      { requiredKeys: ['program_key', 'name', 'count', 'started'] },
    ),
  },
  updateProgramLicense: {
    path: '/api/catalog/licenses/program/update/',
    authorization: 'Api-Token dm-admin',
    body: fc.record(
      {
        license_id: mostly(fc.integer({ min: 1, max: 30 })),
        external_id: text,
        name: text,
        count: whole,
        started: date,
        expired: date,
        active: flag,
        metadata: map,
        change_type: text,
      },
      { requiredKeys: [] },
    ),
  },
  createLicense: {
    path: '/incoming/v2/licenses',
    authorization: 'Bearer ti-key',
    body: fc.record(
      {
        clientId: uuid,
        courseIds: uuids,
        learningPathIds: uuids,
        courseTagIds: uuids,
        name: text,
        label: text,
        replaceCourseIds: flag,
        seatsLimit: whole,
        parentLicenseId: uuid,
        accessDays: whole,
        expirationDate: date,
        isDefault: flag,
        ref1: text,
      },
      { requiredKeys: ['clientId', 'courseIds', 'learningPathIds', 'courseTagIds', 'name'] },
    ),
  },
  addLicense: {
    path: '/api/licenses/add',
    authorization: '',
    body: fc.record(
      {
        Name: text,
        StartDate: date,
        EndDate: date,
        TargetUserGroupId: uuid,
        SeatUserGroupIds: uuids,
        LicenseType: whole,
        AvailableSeats: whole,
        Isbns: mostly(fc.array(fc.string(), { maxLength: 3 })),
        ContactEmail: mostly(fc.emailAddress()),
        Buffer: whole,
        LicenseCategoryId: uuid,
      },
      { requiredKeys: [] },
    ),
  },
};

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const asJson = (body: Body) => JSON.stringify(body);
const asForm = (body: Body) =>
  new URLSearchParams(
    Object.entries(body).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, asText(each)]),
    ),
  ).toString();
const escapeXml = (value: string) =>
  value.replaceAll(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
const asXml = (body: Body) => {
  const members = Object.entries(body).map(
    ([name, value]) => `<${name}>${escapeXml(asText(value))}</${name}>`,
  );
  return `<LicenseRequest xmlns="http://schemas.datacontract.org/2004/07/Alice.Dto.Requests">${members.join('')}</LicenseRequest>`;
};
const encodings = fc.constantFrom<readonly [string, (body: Body) => string]>(
  ['application/json', asJson],
  ['application/x-www-form-urlencoded', asForm],
  ['application/xml', asXml],
);
const accepts = fc.constantFrom('application/json', 'application/xml', '*/*', 'text/html', 'junk');

async function send(path: string, init: RequestInit): Promise<void> {
  const answer = await fetch(`${server.url}${path}`, { redirect: 'manual', ...init });
  const body = await answer.text();
  // Where nothing was bound Alice's own stack answers 500; the ledger says so.
  const isAlices = answer.headers.get('x-mock-ledger')?.includes('ALICE-EMPTY-BODY') === true;
  const said = `${answer.status} ${body.slice(0, 500)}`;
  expect(isAlices ? 400 : answer.status, said).toBeLessThan(500);
  expect(body).not.toMatch(/\bat .*\.ts:\d+/);
}

it.each(Object.entries(targets))(
  '%s answers whatever comes',
  async (_, { path, authorization, body }) => {
    await fc.assert(
      fc.asyncProperty(body, encodings, accepts, (value, [type, encode], accept) =>
        send(path, {
          method: 'POST',
          headers: { 'content-type': type, authorization, accept },
          body: encode(value),
        }),
      ),
      settings,
    );
  },
  900_000,
);

it('listProgramLicenses answers whatever is asked', async () => {
  const names = fc.constantFrom(
    'active',
    'external_id',
    'key',
    'name',
    'org',
    'page',
    'page_size',
    'platform_key',
    'platform_org',
    'program_id',
    'query',
    'sort',
    'source',
    'verbose',
    'region',
    '__proto__',
  );
  const values = fc.constantFrom(
    '1',
    '2',
    '0',
    '-1',
    'true',
    'False',
    'acme',
    '-id',
    'created',
    '',
  );
  const pairs = fc.array(fc.tuple(fc.oneof(names, fc.string()), fc.oneof(values, fc.string())), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(pairs, (query) =>
      send(`/api/catalog/licenses/program/?${new URLSearchParams(query).toString()}`, {
        headers: { authorization: 'Api-Token dm-admin' },
      }),
    ),
    settings,
  );
}, 900_000);

it('any bytes as a body get an answer', async () => {
  const types = fc.constantFrom(
    'application/json',
    'text/json',
    'application/xml',
    'text/xml',
    'text/plain',
    'application/x-www-form-urlencoded',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(...Object.values(targets)),
      types,
      (body, { path, authorization }, type) =>
        send(path, {
          method: 'POST',
          headers: { 'content-type': type, authorization },
          body: Buffer.from(body),
        }),
    ),
    settings,
  );
}, 900_000);
