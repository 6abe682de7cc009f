/** A client with the framework's own serializer writes what the mock reads, and reads what the mock writes. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { hasMono, startMono, type Mono } from './mono.ts';

const COUNT = Number(process.env['ORACLE_REQUESTS'] ?? 500) / 5;
const SEED = Number(process.env['ORACLE_SEED'] ?? Date.now() % 2 ** 31);
/** Those that Web API's formatters have. */
const ENCODINGS = ['utf-8', 'utf-16'] as const;

/** XML cannot hold other characters, and changes line breaks. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((each) => !/[\p{Cc}\ufffe\uffff]/u.test(each)),
  fc.constantFrom('Spring', '  two  ', '<&>"\']]>', '😀 漢 é', ''),
);
const nullable = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const integer = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const guids = nullable(fc.array(fc.uuid(), { maxLength: 3 }));
const instant = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const licenses = fc.record({
  Name: nullable(text),
  OwnerId: fc.uuid(),
  TargetUserGroupId: fc.uuid(),
  LicenseType: integer,
  AccessType: integer,
  StartDate: nullable(instant),
  EndDate: nullable(instant),
  AvailableSeats: integer,
  Buffer: nullable(integer),
  ContactPersonName: nullable(text),
  ContactPhone: nullable(text),
  ContactEmail: nullable(text),
  CommentText: nullable(text),
  Grade: nullable(text),
  LicenseCategoryId: fc.uuid(),
  Isbns: nullable(fc.array(text, { maxLength: 3 })),
  AllowableUserRoles: guids,
  PrivilegedUserRoles: guids,
  SeatUserGroupIds: guids,
});

describe.skipIf(!hasMono)('DataContractSerializer', () => {
  let mono: Mono;
  let server: TestServer;
  beforeAll(async () => {
    mono = await startMono();
    server = await startTestServer({ scenario: 'alice:\n  rules: []\n' });
  }, 60_000);
  afterAll(() => Promise.all([mono.stop(), server.stop()]));

  const get = (id: string, headers: Record<string, string>) =>
    fetch(`${server.url}/api/licenses/${id}`, { headers });

  /** Licenses are listed in the order in which they were made. */
  const findId = async (index: number) => {
    const response = await fetch(`${server.url}/api/licenses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ PageSize: 1, PageIndex: index }),
    });
    const { Data } = (await response.json()) as { Data: { Id: string }[] };
    return Data[0]?.Id ?? '';
  };

  it(`ALICE-XML-READER: ${COUNT} licenses come back as they were sent, in UTF-8 and UTF-16 (ORACLE_SEED=${SEED})`, async () => {
    const samples = fc.sample(fc.tuple(licenses, fc.constantFrom(...ENCODINGS)), {
      numRuns: COUNT,
      seed: SEED,
    });
    for (const [index, [license, charset]] of samples.entries()) {
      const added = await fetch(`${server.url}/api/licenses/add`, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'accept-charset': 'utf-8',
          'content-type': `application/xml; charset=${charset}`,
        },
        body: new Uint8Array(await mono.write(license, charset)),
      });
      expect([added.status, await added.json()]).toEqual([200, { errors: [] }]);
      const id = await findId(index);
      const xml = await get(id, { accept: 'application/xml', 'accept-charset': charset });
      expect(xml.headers.get('content-type')).toBe(`application/xml; charset=${charset}`);
      const read = (await mono.read(Buffer.from(await xml.arrayBuffer()))) as Answer;
      const json = (await (await get(id, { accept: 'application/json' })).json()) as Answer;
      expect(valuesOf(read), 'what the client reads').toEqual(expectedOf(license));
      expect(json, 'the same answer in JSON').toMatchObject(withDatesOf(json, read));
    }
  });
});

type Values = Readonly<Record<string, unknown>>;
type Answer = { readonly Data: Values };

/** The values of the answer under the names of the request. */
function valuesOf({ Data }: Answer): Values {
  const { LicenseName, ...rest } = Data;
  return instants({ ...rest, Name: LicenseName });
}

function expectedOf(license: Values): object {
  const shown = Object.fromEntries(SHOWN.map((name) => [name, license[name]]));
  const group: unknown = expect.objectContaining({ Id: license['TargetUserGroupId'] });
  return expect.objectContaining({ ...instants(shown), UserGroup: group }) as object;
}

/** What the answer has under the name of the request. */
const SHOWN = [
  'Name',
  'LicenseType',
  'AccessType',
  'StartDate',
  'EndDate',
  'AvailableSeats',
  'Buffer',
  'ContactPersonName',
  'ContactPhone',
  'ContactEmail',
  'Grade',
  'LicenseCategoryId',
  'AllowableUserRoles',
  'PrivilegedUserRoles',
  'SeatUserGroupIds',
];

/** Dates as instants: what is the same moment may be written in different ways. */
function instants(values: Values): Values {
  const moment = (value: unknown) => (value === null ? null : Date.parse(String(value)));
  return { ...values, StartDate: moment(values['StartDate']), EndDate: moment(values['EndDate']) };
}

/** The answer with the dates as the other one writes them. */
function withDatesOf({ Data }: Answer, answer: Answer): Answer {
  const { StartDate, EndDate } = Data;
  return { ...answer, Data: { ...answer.Data, StartDate, EndDate } };
}
