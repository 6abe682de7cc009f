/** A scenario with many records of each kind, and a call of each list of the vendors. */
import type { JsonObject } from '../../src/messages/json.ts';

const uuid = (kind: number, number: number) =>
  `${String(kind).repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;
const GROUP = 'ea677d34-15bf-4074-97b1-5b9661e2b4d0';

/** `count` of each record that a list shows: licenses and seats of one kind each, because all kinds share their lists. */
export function manyRecords(count: number): JsonObject {
  const all = Array.from({ length: count }, (_, at) => at + 1);
  const started = { created: 'now-60d', started: 'now-30d' };
  const own = { platform_key: 'acme', name: 'Spring', count, ...started };
  const program = { program_key: 'bar' };
  return {
    name: 'many',
    ibl: {
      platforms: [{ key: 'acme' }],
      groups: all.map((id) => ({ id, platform_key: 'acme', name: `Group ${id}`, members: [] })),
      user_licenses: [{ ...own, id: 1, assignments: { pending: count } }],
      course_licenses: [{ ...own, course_id: 'law', id: 1, assignments: { active: count } }],
      licenses: [
        { ...own, ...program, id: 1, group_assignments: all.map((group_id) => ({ group_id })) },
        { generate: count, ...program },
      ],
    },
    'thought-industries': {
      clients: all.map((each) => ({ id: uuid(1, each) })),
      licenses: all.map((each) => ({ id: uuid(2, each), clientId: uuid(1, 1), name: 'Spring' })),
      users: all.map((each) => ({ id: uuid(3, each), licenses: [{ licenseId: uuid(2, 1) }] })),
      redemptionCodes: all.map((each) => {
        return { id: uuid(4, each), label: 'Fair', codeLength: 8, totalCodesCount: 1 };
      }),
    },
    alice: {
      licenses: all.map((each) => ({
        id: uuid(5, each),
        Name: `License ${each}`,
        TargetUserGroupId: each > 20 ? uuid(6, each) : GROUP,
        AvailableSeats: 10,
        Isbns: [each > 20 ? `978${String(each).padStart(10, '0')}` : '9780306406157'],
        ...(each <= 20 && { UserIds: [uuid(7, 1)] }),
      })),
    },
  };
}

export type ListCall = {
  readonly call: string;
  readonly authorization?: string;
  readonly body?: JsonObject;
};

const ibl = ['program/', 'program/?verbose=true&page=2', 'program/?platform_key=acme']
  .concat('user/assignment/?license_id=1', 'user/assignment/?license_id=1&sort=-id')
  .concat('course/assignment/?license_id=1&page=2', 'program/assignment/group/?license_id=1')
  .concat('user/assignment/check/?email=a@example.com')
  .map((path) => ({
    call: `GET /api/catalog/licenses/${path}`,
    authorization: 'Api-Token dm-admin',
  }));

const thoughtIndustries = ['clients', 'clients?page=2&count=20', `clients/${uuid(1, 1)}/licenses`]
  .concat('users?count=20', 'users?page=2&count=20', 'redemptionCodes', `clients/${uuid(1, 2)}`)
  .map((path) => ({ call: `GET /incoming/v2/${path}`, authorization: 'Bearer ti-key' }));

const page = { PageIndex: 1, PageSize: 10 };
const alice = [
  { call: 'POST /api/licenses', body: page },
  {
    call: 'POST /api/licenses',
    body: { ...page, Filters: { Isbn: { Value: '9780306406157', FilterType: 0 } } },
  },
  { call: `POST /api/user/${uuid(7, 1)}/licenses`, body: page },
  {
    call: `GET /api/products/getForUser?userId=${uuid(7, 1)}&institutionNumber=${GROUP}&includeLicenses=true`,
  },
  { call: `GET /api/GetLicenseAnonymized?userId=${uuid(7, 1)}&productKey=9780306406157` },
];

/** None has a filter or a sort that the vendor itself has to go through all records for. */
export const listCalls: readonly ListCall[] = [...ibl, ...thoughtIndustries, ...alice];
