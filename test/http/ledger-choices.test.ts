/** Each choice of the ledger has an answer of its own. A case a row: a request, and what each choice makes of it. */
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fakerFor } from '../../src/faker/faker.ts';
import { loadLedger, type LedgerRow } from '../../src/ledger/ledger.ts';
import { control } from '../support/control-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | null>>;
  /** Undefined where there is none. */
  readonly body: unknown;
};

type Request = {
  readonly path: string;
  readonly authorization?: string;
  /** Sent by POST; without one it is a GET. */
  readonly body?: object;
  readonly method?: string;
  readonly accept?: string;
  /** Default: that of JSON. */
  readonly contentType?: string;
};

type Case = {
  /** Default: the empty one. */
  readonly scenario?: string;
  /** What is there before the request. */
  readonly before?: readonly Request[];
  readonly request: Request;
  /** By choice. A row that takes a number has at least two numbers, one of them its default. */
  readonly answers: Readonly<Record<string, object>>;
};

const ibl = (license: object): Request => ({
  path: '/api/catalog/licenses/program/create/',
  authorization: 'Api-Token dm-admin',
  body: {
    platform_key: 'acme',
    program_key: 'program-v1:acme+bar+2026',
    name: 'Spring',
    count: 10,
    started: '2026-01-01T00:00:00Z',
    ...license,
  },
});
const iblList = (query: string, authorization = 'Api-Token dm-admin'): Request => ({
  path: `/api/catalog/licenses/program/${query}`,
  authorization,
});
const atIbl = (to: string, body?: object, method?: string): Request => ({
  path: `/api/catalog/licenses/${to}`,
  authorization: 'Api-Token dm-admin',
  ...(body && { body }),
  ...(method !== undefined && { method }),
});
/** A seat of the first program license for an e-mail address without a user. */
const iblSeat = (fields: object = {}): Request =>
  atIbl('program/assignment/', { license_id: 1, email: 'maya@example.com', ...fields });
const ti = (license: object = {}): Request => ({
  path: '/incoming/v2/licenses',
  authorization: 'Bearer ti-key',
  body: {
    clientId: '6f1c9a0e-8f5e-4b53-9d5d-2d9a6d2f8a11',
    courseIds: [],
    learningPathIds: [],
    courseTagIds: [],
    name: 'Spring cohort',
    ...license,
  },
});
const atTi = (method: string, to: string, body?: object): Request => ({
  path: `/incoming/v2/${to}`,
  authorization: 'Bearer ti-key',
  method,
  ...(body && { body }),
});
/** The id that a sandbox gives to its first license. */
const FIRST_LICENSE = '655263b9-a281-467b-ad3e-9e3779b97f4b';
const CLIENT = '6f1c9a0e-8f5e-4b53-9d5d-2d9a6d2f8a11';
const EMAIL = 'maya@example.com';
/** A student of the first license. */
const student = (user: object = {}): Request =>
  atTi('POST', 'users', { email: EMAIL, studentLicenseIds: [FIRST_LICENSE], ...user });
const settings = {
  name: 'Contoso',
  slug: 'contoso',
  enableSegmentation: true,
  enableEcommerce: false,
  enableBranding: true,
  enableOnboardingSurvey: false,
  enableGlobalLinks: true,
  enableNavLinks: true,
};
const alice = (license: object): Request => ({ path: '/api/licenses/add', body: license });

/** The first license of a sandbox. */
const ALICE_LICENSE = fakerFor(1, 'alice.licenses/1').string.uuid();
const ALICE_GROUP = 'ea677d34-15bf-4074-97b1-5b9661e2b4d0';
const aliceValues = (values: object) => ({
  AvailableSeats: 1,
  Isbns: ['9780306406157'],
  ...values,
});
const aliceLicense = (values: object = {}) =>
  alice(aliceValues({ Name: 'Spring', TargetUserGroupId: ALICE_GROUP, ...values }));
const aliceUpdate = (values: object = {}): Request => ({
  path: `/api/licenses/${ALICE_LICENSE}`,
  method: 'PUT',
  body: { LicenseName: 'Spring', UserGroupId: ALICE_GROUP, AvailableSeats: 1, ...values },
});
const aliceAccess = (user: number, accept = 'application/json'): Request => ({
  path: `/api/GetLicenseAnonymized?userId=6caf4af1-626c-409c-831b-9bc40b09967${user}&productKey=9780306406157`,
  accept,
});
const aliceSearch = (search: object): Request => ({ path: '/api/licenses', body: search });
const isValid = (valid: boolean) => ({ status: 200, body: { IsValid: valid } });

const times = (count: number, request: Request) => Array.from({ length: count }, () => request);
/** A list of so many. */
const some = (count: number): unknown[] => Array.from({ length: count }, () => expect.anything());
const createdTi = (license: object) => ({
  status: 200,
  body: { data: { CreateLicense: license } },
});

const cases: Readonly<Record<string, Case>> = {
  'IBL-PAGE-LINKS': {
    before: times(3, ibl({})),
    request: iblList('?page=2&page_size=1'),
    answers: {
      urls: {
        body: {
          next_page: expect.stringMatching(/^http.*\?page=3&page_size=1$/),
          previous_page: expect.stringMatching(/^http.*\?page_size=1$/),
        },
      },
      integers: { body: { next_page: 3, previous_page: 1 } },
      drf: {
        body: {
          next: expect.stringMatching(/^http.*\?page=3&page_size=1$/),
          previous: expect.stringMatching(/^http.*\?page_size=1$/),
        },
      },
    },
  },
  'IBL-TOKEN-SCHEMES': {
    request: iblList('', 'Token dm-admin'),
    answers: {
      all: { status: 200 },
      'api-token': { status: 401, headers: { 'www-authenticate': 'Api-Token' } },
    },
  },
  'IBL-PAGE-SIZE': {
    before: times(21, ibl({})),
    request: iblList(''),
    answers: {
      '1': { body: { count: 21, results: some(1) } },
      '20': { body: { count: 21, results: some(20) } },
    },
  },
  'IBL-ACTIVE-EXPIRED': {
    before: [ibl({ expired: '2026-06-01T00:00:00Z' })],
    request: iblList('?active=true'),
    answers: {
      flag: { body: { results: [{ active: true }] } },
      dates: { body: { results: [] } },
    },
  },
  'IBL-COUNT-RANGE': {
    request: ibl({ count: -1 }),
    answers: {
      accept: { status: 200, body: { count: -1 } },
      refuse: {
        status: 400,
        body: { count: ['Ensure this value is greater than or equal to 0.'] },
      },
    },
  },
  'IBL-TEXT-LENGTH': {
    request: ibl({ name: 'x'.repeat(256) }),
    answers: {
      none: { status: 200 },
      '255': {
        status: 400,
        body: { name: ['Ensure this field has no more than 255 characters.'] },
      },
    },
  },
  'IBL-DJANGO': {
    request: ibl({ started: '2026-01-01' }),
    answers: {
      '3.2': { status: 400, body: { started: some(1) } },
      '5.2': { status: 200, body: { started: '2026-01-01T00:00:00Z' } },
    },
  },
  'IBL-FORMAT-PARAM': {
    before: [ibl({ metadata: { format: 'xml' } })],
    request: iblList('?format=xml'),
    answers: { renderer: { status: 404 }, filter: { status: 200, body: { count: 1 } } },
  },
  'IBL-SERVER-ERROR': {
    request: ibl({ metadata: { a: '\ud800' } }),
    answers: {
      error: { status: 500, body: { error: expect.any(String) } },
      page: { status: 500, body: expect.stringContaining('<h1>Server Error (500)</h1>') },
    },
  },
  'IBL-VERBOSE': {
    before: [ibl({}), iblSeat()],
    request: iblList(''),
    answers: {
      verbose: { body: { results: [{ usage_count: 1 }] } },
      always: { body: { results: [{ assignments: { total: 1, active: 0, pending: 1 } }] } },
    },
  },
  'IBL-PENDING': {
    before: [ibl({}), iblSeat({ fulfilled: true })],
    request: iblList('?verbose=true'),
    answers: {
      'no-user': { body: { results: [{ assignments: { total: 1, active: 0, pending: 1 } }] } },
      unfulfilled: { body: { results: [{ assignments: { total: 1, active: 1, pending: 0 } }] } },
    },
  },
  'IBL-PENDING-SEATS': {
    before: [ibl({ count: 1 }), iblSeat()],
    request: iblSeat({ email: 'noor@example.com' }),
    answers: {
      taken: { status: 400, body: { error: 'Not enough free seats: 1 needed, 0 free.' } },
      free: { status: 200, body: { email: 'noor@example.com' } },
    },
  },
  'IBL-UNUSABLE-LICENSE': {
    before: [ibl({ expired: '2026-06-01T00:00:00Z' })],
    request: iblSeat(),
    answers: { allowed: { status: 200 }, refused: { status: 400 } },
  },
  'IBL-UNKNOWN-LISTED': {
    request: atIbl('program/assignment/?license_id=9'),
    answers: { empty: { status: 200, body: { count: 0 } }, 'not-found': { status: 404 } },
  },
  'IBL-LIST-PLATFORM': {
    request: iblList(''),
    answers: {
      optional: { status: 200 },
      required: { status: 400, body: { platform_key: ['This field is required.'] } },
    },
  },
  'IBL-FULFILLED': {
    scenario: 'demo',
    request: atIbl('program/assignment/', { license_id: 3, user_id: 1 }),
    answers: {
      'as-sent': { body: { fulfilled: false } },
      'with-user': { body: { fulfilled: true } },
    },
  },
  'IBL-MEMBERS-LISTED': {
    scenario: 'demo',
    request: atIbl('user/assignment/?license_id=1'),
    answers: { all: { body: { count: 4 } }, direct: { body: { count: 1 } } },
  },
  'IBL-REMOVE': {
    before: [ibl({}), iblSeat(), atIbl('program/assignment/?assignment_id=1', undefined, 'DELETE')],
    request: atIbl('program/assignment/?assignment_id=1', undefined, 'DELETE'),
    answers: { deleted: { status: 404 }, deactivated: { status: 200 } },
  },
  'IBL-REMOVE-BODY': {
    before: [ibl({}), iblSeat()],
    request: atIbl('program/assignment/?assignment_id=1', undefined, 'DELETE'),
    answers: { object: { body: {} }, none: { body: undefined } },
  },
  'IBL-LICENSE-ID-TWICE': {
    before: [ibl({})],
    request: iblSeat(),
    answers: {
      body: { status: 200 },
      both: { status: 400, body: { license_id: ['This field is required.'] } },
    },
  },
  'IBL-REMOVE-LICENSE-ID': {
    before: [ibl({}), iblSeat()],
    request: atIbl('program/assignment/?assignment_id=1', undefined, 'DELETE'),
    answers: {
      optional: { status: 200 },
      required: { status: 400, body: { license_id: ['This field is required.'] } },
    },
  },
  'IBL-USAGE-COUNT': {
    before: [ibl({}), iblSeat()],
    request: iblList(''),
    answers: {
      active: { body: { results: [expect.objectContaining({ usage_count: 1 })] } },
      users: { body: { results: [expect.objectContaining({ usage_count: 0 })] } },
    },
  },
  'IBL-CHECK': {
    before: [
      atIbl('user/create/', { platform_key: 'acme', count: 1, expired: '2026-01-01T00:00:00Z' }),
      atIbl('user/assignment/', { license_id: 1, email: 'maya@example.com' }),
    ],
    request: atIbl('user/assignment/check/?email=maya@example.com'),
    answers: { assignment: { status: 200 }, license: { status: 404 } },
  },
  'IBL-CHECK-NOT-FOUND': {
    request: atIbl('user/assignment/check/?email=maya@example.com'),
    answers: {
      detail: { status: 404, body: { detail: 'Not found.' } },
      empty: { status: 404, body: {} },
    },
  },
  'IBL-DATES-ORDER': {
    request: ibl({ expired: '2025-01-01T00:00:00Z' }),
    answers: {
      accepted: { status: 200 },
      refused: { status: 400, body: { expired: some(1) } },
    },
  },
  'IBL-METADATA': {
    before: [ibl({ metadata: { region: 'emea' } })],
    request: atIbl('program/update/', { license_id: 1, metadata: { tier: 2 } }),
    answers: {
      replaced: { body: { metadata: { tier: 2 } } },
      merged: { body: { metadata: { region: 'emea', tier: 2 } } },
    },
  },
  'IBL-VIEW-ERRORS': {
    before: [ibl({ count: 1 }), iblSeat()],
    request: iblSeat({ email: 'noor@example.com' }),
    answers: {
      error: { status: 400, body: { error: expect.any(String) } },
      detail: { status: 400, body: { detail: expect.any(String) } },
    },
  },
  'IBL-BOOLEAN-FILTER': {
    request: iblList('?active=maybe'),
    answers: {
      refused: { status: 400, body: { active: ['Must be a valid boolean.'] } },
      ignored: { status: 200 },
    },
  },
  'TI-METHODS': {
    request: atTi('PATCH', 'ping'),
    answers: { '405': { status: 405 }, '404': { status: 404 } },
  },
  'TI-MEDIA-TYPE': {
    request: { ...ti(), contentType: 'text/plain' },
    answers: { checked: { status: 415 }, ignored: { status: 200 } },
  },
  'TI-INVALID-STATUS': {
    request: ti({ seatsLimit: -1 }),
    answers: {
      both: { status: 422, body: { error: 'unprocessable_entity' } },
      '400': { status: 400, body: { error: 'bad_request' } },
    },
  },
  'TI-MAIN-LICENSE': {
    request: atTi('POST', 'clients', settings),
    answers: {
      made: { body: { data: { CreateClient: { licenses: some(1) } } } },
      none: { body: { data: { CreateClient: { licenses: [] } } } },
    },
  },
  'TI-ENVELOPE': {
    request: ti(),
    answers: {
      wrapped: createdTi({ name: 'Spring cohort' }),
      unwrapped: { body: { name: 'Spring cohort' } },
    },
  },
  'TI-CREATE-STATUS': {
    request: ti(),
    answers: { '200': { status: 200 }, '201': { status: 201 } },
  },
  'TI-ERRORS': {
    request: ti({ name: 7 }),
    answers: {
      rest: { status: 400, body: { error: 'bad_request', message: expect.any(String) } },
      graphql: { status: 200, body: { errors: [{ message: expect.any(String) }] } },
    },
  },
  'TI-RATE-LIMIT': {
    before: times(20, ti()),
    request: ti(),
    answers: {
      off: { status: 200, headers: { 'retry-after': null } },
      on: { status: 429, headers: { 'retry-after': '1' } },
    },
  },
  'TI-RATE-RESET': {
    request: atTi('GET', 'ping'),
    answers: {
      unix: { headers: { 'x-ratelimit-reset': '1795253460' } },
      seconds: { headers: { 'x-ratelimit-reset': '60' } },
    },
  },
  'TI-PATH-IDS': {
    request: atTi('GET', 'clients/contoso'),
    answers: { 'not-found': { status: 404 }, refused: { status: 400 } },
  },
  'TI-SEATS-BELOW-USE': {
    before: [ti(), student(), student({ email: 'noor@example.com' })],
    request: atTi('PUT', `licenses/${FIRST_LICENSE}`, {
      name: 'Spring cohort',
      courseIds: [],
      learningPathIds: [],
      courseTagIds: [],
      seatsLimit: 1,
    }),
    answers: {
      refused: { status: 422 },
      accepted: { status: 200, body: { data: { UpdateLicense: { seatsLimit: 1 } } } },
    },
  },
  'TI-DELETE-LICENSE': {
    before: [ti({ isDefault: true })],
    request: atTi('DELETE', `licenses/${FIRST_LICENSE}`),
    answers: { 'default-kept': { status: 422 }, any: { status: 200 } },
  },
  'TI-DELETE-STATUS': {
    before: [ti()],
    request: atTi('DELETE', `licenses/${FIRST_LICENSE}`),
    answers: {
      '200': { status: 200, body: { data: { LicenseById: { id: FIRST_LICENSE } } } },
      '204': { status: 204, body: undefined },
    },
  },
  'TI-PAGE-SIZE': {
    before: times(2, ti()),
    request: atTi('GET', `clients/${CLIENT}/licenses`),
    answers: {
      '1': { body: { data: { APILicensesByClientId: { licenses: some(1) } } } },
      '50': { body: { data: { APILicensesByClientId: { licenses: some(2) } } } },
    },
  },
  'TI-SEATS': {
    before: [ti({ seatsLimit: 0 })],
    request: student(),
    answers: { unlimited: { status: 200 }, none: { status: 422 } },
  },
  'TI-DUPLICATES': {
    before: [ti({ sku: 'spring' })],
    request: ti({ sku: 'spring' }),
    answers: { allowed: { status: 200 }, sku: { status: 409 } },
  },
  'TI-SORT': {
    request: atTi('GET', 'clients?sort=nothing'),
    answers: { refused: { status: 400 }, ignored: { status: 200 } },
  },
  'TI-CLIENT-SLUGS': {
    before: [atTi('POST', 'clients', settings)],
    request: atTi('POST', 'clients', settings),
    answers: { unique: { status: 409 }, free: { status: 200 } },
  },
  'TI-EXPIRED-SEATS': {
    before: [ti({ expirationDate: '2026-06-01T00:00:00Z' })],
    request: student(),
    answers: { accepted: { status: 200 }, refused: { status: 422 } },
  },
  'TI-ALLOCATION-STATUS': {
    before: [ti({ expirationDate: '2026-06-01T00:00:00Z' }), student()],
    request: atTi('GET', `users/${EMAIL}`),
    answers: {
      active: { body: { data: { UserById: { allocatedLicenses: [{ status: 'active' }] } } } },
      dates: { body: { data: { UserById: { allocatedLicenses: [{ status: 'expired' }] } } } },
    },
  },
  'TI-DISABLED-USERS': {
    before: [
      ti({ seatsLimit: 1 }),
      student(),
      atTi('PUT', `users/${EMAIL}/updateStatus`, { status: 'disabled' }),
    ],
    request: student({ email: 'noor@example.com' }),
    answers: { kept: { status: 422 }, freed: { status: 200 } },
  },
  'TI-EXPIRED-LICENSES': {
    request: ti({ expirationDate: '2026-06-01T00:00:00Z' }),
    answers: {
      kept: createdTi({ client: { licenses: some(1) } }),
      'left-out': createdTi({ client: { licenses: [] } }),
    },
  },
  'TI-CLIENT-LICENSES': {
    before: times(20, ti()),
    request: ti(),
    answers: {
      '0': createdTi({ client: { licenses: [] } }),
      '1': createdTi({ client: { licenses: some(1) } }),
      '20': createdTi({ client: { licenses: some(20) } }),
    },
  },
  'ALICE-EMPTY-BODY': {
    request: { path: '/api/licenses/add', method: 'POST', accept: 'application/json' },
    answers: {
      '500': { status: 500 },
      '400': { status: 400, body: { Message: 'The request is invalid.' } },
    },
  },
  'ALICE-DELETED': {
    scenario: 'alice-deleted',
    request: {
      path: '/api/licenseDtoIndex/7a1d4e92-5c3b-4f68-9e07-2b8c6d1f0a35',
      accept: 'application/json',
    },
    answers: {
      shown: { body: { Data: { IsDeleted: true } } },
      hidden: { body: { Data: null } },
    },
  },
  'ALICE-RESULT': {
    request: alice({}),
    answers: {
      wire: {
        body: {
          errors: expect.arrayContaining([
            expect.objectContaining({ '<PropertyName>k__BackingField': 'Name' }),
          ]),
        },
      },
      described: {
        body: {
          IsValid: false,
          Errors: expect.arrayContaining([expect.objectContaining({ PropertyName: 'Name' })]),
        },
      },
    },
  },
  'ALICE-INVALID-STATUS': {
    request: alice({}),
    answers: {
      '200': { status: 200, body: { errors: expect.anything() } },
      '400': { status: 400, body: { errors: expect.anything() } },
    },
  },
  'ALICE-EXPIRY': {
    before: [aliceLicense({ EndDate: '2026-06-01T00:00:00Z' })],
    request: aliceAccess(1),
    answers: { refused: isValid(false), ignored: isValid(true) },
  },
  'ALICE-PAUSED': {
    before: [aliceLicense(), aliceUpdate({ IsPaused: true })],
    request: aliceAccess(1),
    answers: { refused: isValid(false), ignored: isValid(true) },
  },
  'ALICE-BUFFER': {
    before: [aliceLicense({ Buffer: 1 }), aliceAccess(1)],
    request: aliceAccess(2),
    answers: { extra: isValid(true), none: isValid(false) },
  },
  'ALICE-TAKES-SEAT': {
    before: [aliceLicense({ AvailableSeats: 2 }), aliceAccess(1), aliceAccess(2)],
    request: aliceAccess(3),
    answers: { 'first-answer': isValid(false), 'read-only': isValid(true) },
  },
  'ALICE-MEMBERSHIP': {
    before: [aliceLicense()],
    request: aliceAccess(1),
    answers: { open: isValid(true), members: isValid(false) },
  },
  'ALICE-SEATS-BELOW-TAKEN': {
    before: [aliceLicense({ AvailableSeats: 2 }), aliceAccess(1), aliceAccess(2)],
    request: aliceUpdate({ AvailableSeats: 1 }),
    answers: {
      kept: { status: 200, body: { errors: [] } },
      refused: { status: 200, body: { errors: some(1) } },
    },
  },
  'ALICE-UNKNOWN-LICENSE': {
    request: { path: `/api/licenses/${ALICE_GROUP}`, accept: 'application/json' },
    answers: {
      '200': { status: 200, body: { IsSuccess: false, Data: null } },
      '404': { status: 404, body: { IsSuccess: false, Data: null } },
    },
  },
  'ALICE-INDEX': {
    before: [aliceLicense()],
    request: { path: `/api/licenseDtoIndex/${ALICE_LICENSE}`, accept: 'application/json' },
    answers: {
      'at-once': { body: { Data: { Id: ALICE_LICENSE } } },
      lags: { body: { Data: null } },
    },
  },
  'ALICE-UPDATE-ANSWER': {
    before: [aliceLicense()],
    request: aliceUpdate(),
    answers: {
      'validation-result': { body: { errors: [] } },
      'api-response': { body: { IsSuccess: true, Errors: [], Data: null } },
    },
  },
  'ALICE-UPDATE-ID': {
    before: [aliceLicense()],
    request: aliceUpdate({ LicenseId: ALICE_GROUP }),
    answers: { path: { body: { errors: [] } }, body: { body: { errors: some(1) } } },
  },
  'ALICE-PARTIAL-UPDATE': {
    before: [aliceLicense({ AvailableSeats: 7 })],
    request: {
      path: `/api/licenses/${ALICE_LICENSE}`,
      method: 'PUT',
      body: { LicenseName: 'Autumn', UserGroupId: ALICE_GROUP },
    },
    answers: { defaults: { body: { errors: some(1) } }, kept: { body: { errors: [] } } },
  },
  'ALICE-SEARCH-FILTERS': {
    before: [aliceLicense({ StartDate: '2026-01-01T00:00:00Z' })],
    request: aliceSearch({ Filters: { StartDate: { Value: '2026' } } }),
    answers: { contains: { body: { Total: 1 } }, equals: { body: { Total: 0 } } },
  },
  'ALICE-PAGE-INDEX': {
    before: times(3, aliceLicense()),
    request: aliceSearch({ PageSize: 2, PageIndex: 1 }),
    answers: {
      '0': { body: { Total: 3, Data: some(1) } },
      '1': { body: { Total: 3, Data: some(2) } },
    },
  },
  'ALICE-PAGE-SIZE': {
    before: times(11, aliceLicense()),
    request: aliceSearch({}),
    answers: {
      '1': { body: { Total: 11, PageSize: 1, Data: some(1) } },
      '10': { body: { Total: 11, PageSize: 10, Data: some(10) } },
    },
  },
  'ALICE-FORMATTERS': {
    before: [aliceLicense()],
    request: aliceAccess(1, '*/*'),
    answers: {
      'xml-first': { body: expect.stringMatching(/^<LicenseBaseResponse /) },
      'json-first': isValid(true),
    },
  },
  'ALICE-ERROR-DETAIL': {
    request: alice({ LicenseType: 'many' }),
    answers: {
      never: {
        status: 400,
        body: { ModelState: { 'request.LicenseType': ['An error has occurred.'] } },
      },
      always: {
        status: 400,
        body: { ModelState: { 'request.LicenseType': [expect.stringContaining('many')] } },
      },
    },
  },
};

const { rows } = loadLedger(path.join(import.meta.dirname, '../../specs/ledger.yaml'));
const switchable = rows.filter((row) => row.choices ?? row.number);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it('has a case for each row that can be switched, and for no other', () => {
  expect(Object.keys(cases).toSorted()).toEqual(switchable.map(({ id }) => id).toSorted());
});

it.each(switchable)('$id: each choice has an answer of its own', async (row) => {
  const { answers, ...rest } = caseOf(row);
  const given: Answer[] = [];
  for (const [choice, expected] of Object.entries(answers)) {
    const [answer, again] = await Promise.all(
      ['a', 'b'].map((copy) => play(`${row.id}-${choice}-${copy}`, row.id, choice, rest)),
    );
    expect(answer, `${choice} answers what it says`).toMatchObject(expected);
    // What differs between choices then comes from the choice.
    expect(again, `${choice} answers the same in another sandbox`).toEqual(answer);
    for (const other of given) {
      expect(answer, `${choice} answers otherwise than the choices before`).not.toEqual(other);
    }
    if (answer) given.push(answer);
  }
});

/** Throws where a choice of the row has no answer, or an answer no choice. */
function caseOf({ id, choices, number }: LedgerRow): Case {
  const found = cases[id];
  if (!found) throw new Error(`${id} has no case here. Add one.`);
  const tried = new Set(Object.keys(found.answers));
  const needed = choices?.map((choice) => choice.id) ?? [String(number?.default)];
  const missing = needed.filter((choice) => !tried.has(choice));
  if (missing.length > 0) throw new Error(`${id} has no answer here for ${missing.join(', ')}.`);
  const isComplete = choices ? tried.size === choices.length : tried.size > 1;
  if (!isComplete) throw new Error(`${id} has too many answers here, or only one number.`);
  return found;
}

/** In a sandbox of its own, where time stands still. The URLs are the same in all: a header names the sandbox. */
async function play(
  name: string,
  row: string,
  choice: string,
  { scenario, before = [], request }: Omit<Case, 'answers'>,
): Promise<Answer> {
  const sandbox = name.toLowerCase().replaceAll('.', '-');
  const start = {
    clock: '2026-11-21T09:30:00Z',
    settings: { [row]: choice },
    ...(scenario !== undefined && { scenario }),
  };
  expect((await control(server.url, `PUT /sandboxes/${sandbox}`, start)).status).toBe(201);
  for (const each of before) {
    const { status } = await send(sandbox, each);
    expect(status, `${row}: ${each.path} comes before and must succeed`).toBeLessThan(300);
  }
  const response = await send(sandbox, request);
  expect(response.headers.get('x-mock-ledger')?.split(', ')).toContain(row);
  const text = await response.text();
  const headers = ['content-type', 'retry-after', 'www-authenticate', 'x-ratelimit-reset'].map(
    (header) => [header, response.headers.get(header)] as const,
  );
  return {
    status: response.status,
    headers: Object.fromEntries(headers),
    body: text === '' ? undefined : text.trimStart().startsWith('<') ? text : JSON.parse(text),
  };
}

function send(
  sandbox: string,
  { path: url, authorization, body, method, accept, contentType }: Request,
) {
  return fetch(server.url + url, {
    method: method ?? (body ? 'POST' : 'GET'),
    headers: {
      'x-mock-sandbox': sandbox,
      ...(accept !== undefined && { accept }),
      ...(authorization !== undefined && { authorization }),
      ...(body && { 'content-type': contentType ?? 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}
