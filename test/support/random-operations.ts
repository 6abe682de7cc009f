/** Random operations of the vendors and the control API on one sandbox over HTTP, for property tests. */
import fc from 'fast-check';
import { fakerFor } from '../../src/faker/faker.ts';
import { serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import { control, sandboxUrl } from './control-client.ts';
import { createLicense, listLicenses } from './ibl-client.ts';
import {
  callThoughtIndustries,
  thoughtIndustriesCalls,
  type ThoughtIndustriesCall,
} from './thought-industries-calls.ts';

export type Operation =
  | {
      readonly kind: 'createProgramLicense';
      readonly externalId: string | null;
      readonly count: number;
    }
  | { readonly kind: 'updateProgramLicense'; readonly id: number; readonly count: number }
  | { readonly kind: 'listProgramLicenses'; readonly query: string }
  | { readonly kind: 'createLicense'; readonly client: number; readonly name: string }
  | { readonly kind: 'addLicense'; readonly name: string; readonly seats: number }
  | ThoughtIndustriesCall
  | { readonly kind: 'ibl'; readonly ask: string; readonly body?: object }
  | { readonly kind: 'alice'; readonly ask: string; readonly body?: object }
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'advance'; readonly by: string }
  | { readonly kind: 'override'; readonly override: object }
  | { readonly kind: 'clearOverrides' }
  | { readonly kind: 'snapshot'; readonly name: string }
  | { readonly kind: 'restore'; readonly name: string }
  | { readonly kind: 'reset' };

const CLIENTS = [1, 2, 3].map((digit) => `2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e0${digit}`);
const DEMO_LICENSE = '0b7c5a1e-6f0d-4c39-8a52-3d9e1f7b2c40';

const name = fc.constantFrom('Spring', 'Autumn', 'Größe 2', '');
/** By vendor and operation id. */
const calls: Readonly<Record<string, fc.Arbitrary<Operation>>> = {
  ...iblCalls(),
  'thought-industries createLicense': fc.record({
    kind: fc.constant('createLicense'),
    client: fc.nat(2),
    name,
  }),
  ...thoughtIndustriesCalls,
  'alice addLicense': fc.record({
    kind: fc.constant('addLicense'),
    name,
    seats: fc.integer({ min: -1, max: 9 }),
  }),
  ...aliceCalls(),
};

/** Licenses, users and groups have low ids. Most people are e-mail addresses, since few scenarios list users. */
function iblCalls(): Readonly<Record<string, fc.Arbitrary<Operation>>> {
  const id = fc.integer({ min: 1, max: 4 });
  const ask = (method: string, path: fc.Arbitrary<string>, body?: fc.Arbitrary<object>) =>
    fc.record({
      kind: fc.constant('ibl' as const),
      ask: path.map((to) => `${method} /api/catalog/licenses/${to}`),
      ...(body && { body }),
    });
  const license = { platform_key: fc.constant('acme'), name, count: fc.nat(3) };
  const whom = { license_id: id, email: fc.constantFrom('a@example.com', 'b@example.com') };
  const removed = (at: string) => id.map((each) => `${at}?assignment_id=${each}`);
  const listed = (at: string) => id.map((each) => `${at}?license_id=${each}&page_size=2`);
  const ofKinds = ['Platform', 'User', 'Course', 'Program'].flatMap((title) => {
    const at = `${title.toLowerCase()}/`;
    const own = title === 'Course' ? { ...license, course_id: fc.constantFrom('c', 'd') } : license;
    const licenses: [string, fc.Arbitrary<Operation>][] = [
      [`list${title}Licenses`, ask('GET', fc.constantFrom(at, `${at}?page_size=2&verbose=true`))],
      [`create${title}License`, ask('POST', fc.constant(`${at}create/`), fc.record(own))],
      [
        `update${title}License`,
        ask('POST', fc.constant(`${at}update/`), fc.record({ license_id: id, count: fc.nat(3) })),
      ],
    ];
    const seats = `${at}assignment/`;
    const groups = `${seats}group/`;
    const assignments: [string, fc.Arbitrary<Operation>][] = [
      [`list${title}LicenseAssignments`, ask('GET', listed(seats))],
      [
        `create${title}LicenseAssignment`,
        ask('POST', fc.constant(seats), fc.record({ ...whom, active: fc.boolean() })),
      ],
      [`delete${title}LicenseAssignment`, ask('DELETE', removed(seats))],
      [`list${title}LicenseGroupAssignments`, ask('GET', listed(groups))],
      [
        `create${title}LicenseGroupAssignment`,
        ask('POST', fc.constant(groups), fc.record({ license_id: id, group_id: id })),
      ],
      [`delete${title}LicenseGroupAssignment`, ask('DELETE', removed(groups))],
    ];
    return title === 'Platform' ? licenses : [...licenses, ...assignments];
  });
  const check = ask(
    'GET',
    whom.email.map((each) => `user/assignment/check/?email=${each}`),
  );
  return {
    ...Object.fromEntries(ofKinds.map(([operation, call]) => [`ibl ${operation}`, call])),
    'ibl checkUserLicenseAssignment': check,
    'ibl createProgramLicense': fc.record({
      kind: fc.constant('createProgramLicense'),
      externalId: fc.constantFrom(null, 'a', 'b', 'c'),
      count: fc.integer({ min: -1, max: 50 }),
    }),
    'ibl updateProgramLicense': fc.record({
      kind: fc.constant('updateProgramLicense'),
      id: fc.integer({ min: 1, max: 6 }),
      count: fc.nat(50),
    }),
    'ibl listProgramLicenses': fc.record({
      kind: fc.constant('listProgramLicenses'),
      query: fc.constantFrom('', 'page_size=2&page=2', 'name=Spring', 'sort=-count&verbose=true'),
    }),
  };
}

/** Most sandboxes have the first of the licenses: it is the demo's, or one that was added. */
function aliceCalls(): Readonly<Record<string, fc.Arbitrary<Operation>>> {
  const license = fc.constantFrom(DEMO_LICENSE, fakerFor(1, 'alice.licenses/1').string.uuid());
  const user = fc.constantFrom(...CLIENTS);
  const call = (ask: fc.Arbitrary<string>, body?: fc.Arbitrary<object>) =>
    fc.record({ kind: fc.constant('alice' as const), ask, ...(body && { body }) });
  const path = (before: string, id: fc.Arbitrary<string>, after = '') =>
    id.map((each) => before + each + after);
  const page = fc.record({ PageSize: fc.constantFrom(0, 1, 2), PageIndex: fc.nat(2) });
  const update = fc.record({
    LicenseName: name,
    UserGroupId: fc.constantFrom(...CLIENTS),
    AvailableSeats: fc.nat(5),
    IsPaused: fc.boolean(),
  });
  return {
    'alice searchLicenses': call(fc.constant('POST /api/licenses'), page),
    'alice getLicense': call(path('GET /api/licenses/', license)),
    'alice updateLicense': call(path('PUT /api/licenses/', license), update),
    'alice getLicenseIndex': call(path('GET /api/licenseDtoIndex/', license)),
    'alice searchUserLicenses': call(path('POST /api/user/', user, '/licenses'), page),
    'alice getLicenseAnonymized': call(
      path('GET /api/GetLicenseAnonymized?productKey=9780306406157&userId=', user),
    ),
    'alice getProductsForUser': call(
      path(`GET /api/products/getForUser?institutionNumber=${CLIENTS[0]}&userId=`, user),
    ),
  };
}

/** Throws if no caller exists for the operation. */
export function callsOf(operation: string): fc.Arbitrary<Operation> {
  const found = calls[operation];
  if (found) return found;
  throw new Error(
    `No random call of ${operation}: write one in test/support/random-operations.ts.`,
  );
}

const served = await serveSpecs({ specs: undefined }, vendors);
const ofVendors = served.flatMap(({ vendor, spec }) =>
  spec.operations.map(({ operation }) => callsOf(`${vendor.name} ${operation.id}`)),
);
const controls: fc.Arbitrary<Operation>[] = [
  fc.constant({ kind: 'nowhere' }),
  fc.record({ kind: fc.constant('advance'), by: fc.constantFrom('P1M', '-P1D', 'PT1.5S') }),
  fc.record({
    kind: fc.constant('override'),
    override: fc.constantFrom(
      { vendor: 'ibl', probability: 0.5, effect: { reply: { error: 'unavailable' } } },
      { atMost: 2, effect: { patch: { patched: true } } },
      { effect: { rateLimit: { limit: 3, windowSeconds: 60 } } },
    ),
  }),
  fc.constant({ kind: 'clearOverrides' }),
  fc.record({ kind: fc.constant('snapshot'), name: fc.constantFrom('one', 'two') }),
  fc.record({ kind: fc.constant('restore'), name: fc.constantFrom('one', 'two') }),
  fc.constant({ kind: 'reset' }),
];

/** Operations of the vendors only. */
export const vendorOperations = fc.array(fc.oneof(...ofVendors), { minLength: 1, maxLength: 12 });

/** Operations of the vendors and, sometimes, of the control API. */
export const operations = fc.array(
  fc.oneof(
    ...ofVendors.map((arbitrary) => ({ arbitrary, weight: 3 })),
    ...controls.map((arbitrary) => ({ arbitrary, weight: 1 })),
  ),
  { minLength: 1, maxLength: 20 },
);

/** What an operation was answered: the same for the same sandbox, wherever and under whichever name it is. */
export async function perform(url: string, sandbox: string, operation: Operation): Promise<string> {
  const answer = await send(url, sandbox, operation);
  const { status, headers } = answer;
  const kept = ['date', 'x-mock-request-id', 'x-mock-override', 'x-mock-warnings', 'x-mock-ledger'];
  const shown = kept.map((each) => headers.get(each)).join(' | ');
  // The control API's own answers are dated by the wall clock, and so are snapshots.
  const stamps = /"takenAt":"[^"]*"|^[A-Z][a-z]{2}, .* GMT/g;
  const text = `${status} ${isControl(operation) ? '' : shown}\n${await answer.text()}`;
  return withoutPlace(text.replaceAll(stamps, ''), url, sandbox);
}

export async function performAll(
  url: string,
  sandbox: string,
  list: readonly Operation[],
): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const operation of list) answers.push(await perform(url, sandbox, operation));
  return answers;
}

/** Reads everything of a sandbox: state, overrides, clock, journal. */
export async function readAll(url: string, sandbox: string): Promise<string> {
  const at = `GET /sandboxes/${sandbox}` as const;
  const { body, text: journal } = await control(url, `${at}/journal?limit=1000`);
  const shown = await Promise.all(
    (['', '/state', '/overrides', '/clock'] as const).map((part) => control(url, `${at}${part}`)),
  );
  const entries = journal.replaceAll(/"durationMs":[\d.]+/g, '');
  const text = [...shown.map((each) => each.text), entries].join('\n');
  if (body['next'] !== null) throw new Error('The journal has more than one page.');
  return withoutPlace(text, url, sandbox);
}

function withoutPlace(text: string, url: string, sandbox: string): string {
  const { host } = new URL(url);
  return text.replaceAll(host, 'HOST').replaceAll(sandbox, 'SANDBOX');
}

function isControl({ kind }: Operation): boolean {
  return ['advance', 'override', 'clearOverrides', 'snapshot', 'restore', 'reset'].includes(kind);
}

function send(url: string, sandbox: string, operation: Operation): Promise<Response> {
  const base = sandboxUrl(url, sandbox);
  const own = `${url}/_mock/sandboxes/${sandbox}`;
  switch (operation.kind) {
    case 'createProgramLicense':
      return createLicense(base, { external_id: operation.externalId, count: operation.count });
    case 'updateProgramLicense': {
      const { id, count } = operation;
      return post(`${base}/api/catalog/licenses/program/update/`, { license_id: id, count });
    }
    case 'listProgramLicenses':
      return listLicenses(base, operation.query);
    case 'createLicense':
      return post(`${base}/incoming/v2/licenses`, {
        clientId: CLIENTS[operation.client],
        name: operation.name,
        courseIds: [],
        learningPathIds: [],
        courseTagIds: [],
      });
    case 'addLicense':
      return post(`${base}/api/licenses/add`, {
        Name: operation.name,
        AvailableSeats: operation.seats,
        TargetUserGroupId: CLIENTS[0],
        OwnerId: CLIENTS[1],
        Isbns: ['9780306406157'],
      });
    case 'thought-industries':
      return callThoughtIndustries(base, operation);
    case 'ibl':
    case 'alice': {
      const [method = '', path = ''] = operation.ask.split(' ');
      const { body } = operation;
      return fetch(base + path, {
        method,
        headers: {
          ...(operation.kind === 'ibl' && { authorization: 'Api-Token dm-admin' }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    }
    case 'nowhere':
      return fetch(`${base}/nowhere`);
    case 'advance':
      return post(`${own}/clock/advance`, { by: operation.by });
    case 'override':
      return post(`${own}/overrides`, operation.override);
    case 'clearOverrides':
      return fetch(`${own}/overrides`, { method: 'DELETE' });
    case 'snapshot':
      return fetch(`${own}/snapshots/${operation.name}`, { method: 'PUT' });
    case 'restore':
      return fetch(`${own}/snapshots/${operation.name}/restore`, { method: 'POST' });
    case 'reset':
      return fetch(`${own}/reset`, { method: 'POST' });
  }
}

function post(url: string, body: object): Promise<Response> {
  const credential = url.includes('/incoming/') ? 'Bearer ti-key' : 'Api-Token dm-admin';
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: credential },
    body: JSON.stringify(body),
  });
}
