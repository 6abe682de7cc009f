/** Asks Alice over HTTP, each test in a sandbox of its own whose clock stands still. */
import { control, sandboxUrl } from './control-client.ts';
import { startTestServer } from './server.ts';

const NOW = '2026-11-21T09:30:00Z';
export const LICENSE = '0b7c5a1e-6f0d-4c39-8a52-3d9e1f7b2c40';
export const GROUP = 'ea677d34-15bf-4074-97b1-5b9661e2b4d0';
export const OTHER_GROUP = '3646b75e-ec19-42ae-a67d-35a25aa59bca';
export const ISBN = '9780306406157';

/** The user of this number. */
export const userId = (number: number) =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export type AliceAnswer = {
  readonly status: number;
  /** Undefined where it is not JSON. */
  readonly body: AliceBody;
  readonly text: string;
  readonly headers: Headers;
  readonly ledger: readonly string[];
  readonly warnings: number;
};

/** The fields of a license that tests go on with. */
type LicenseFields = {
  readonly Id: string;
  readonly AccountId: string;
  readonly Name: string;
  readonly LicenseName: string;
  readonly UserIds: readonly string[];
  readonly IsDeleted: boolean;
  readonly UserGroup: { readonly Name: string; readonly InstitutionNumber: string };
};

/** An answer in JSON. Which fields it has, a test's expectations say. */
type AliceBody = Readonly<Record<string, unknown>> & {
  readonly IsValid?: boolean;
  readonly UserId?: string;
  readonly Data?: LicenseFields;
};

/** The rows of a search. */
export function rowsOf({ body }: AliceAnswer): readonly LicenseFields[] {
  return body['Data'] as unknown as LicenseFields[];
}

export type Alice = Awaited<ReturnType<typeof openAlice>>;

export async function openAlice() {
  const server = await startTestServer({ clock: NOW });
  let count = 0;
  /** A sandbox with this section and these choices of the ledger. */
  const start = async (
    section: object = {},
    settings: Readonly<Record<string, string>> = {},
    profile = 'wire',
  ) => {
    count += 1;
    const name = `alice-${count}`;
    const document = { name, clock: NOW, profile, settings, alice: section };
    const started = await control(server.url, `PUT /sandboxes/${name}/state`, document);
    if (started.status !== 201) throw new Error(started.text);
    return createSandbox(server.url, name);
  };
  return { url: server.url, start, stop: () => server.stop() };
}

export type AliceSandbox = ReturnType<typeof createSandbox>;

function createSandbox(url: string, name: string) {
  const base = sandboxUrl(url, name);
  const ask = async (
    call: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<AliceAnswer> => {
    const [method = '', path = ''] = call.split(' ');
    const answer = await fetch(base + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {}) as AliceBody,
      text,
      headers: answer.headers,
      ledger: (answer.headers.get('x-mock-ledger') ?? '').split(', '),
      warnings: Number(answer.headers.get('x-mock-warnings') ?? 0),
    };
  };
  return {
    name,
    base,
    ask,
    add: (license: object) => ask('POST /api/licenses/add', license),
    get: (id = LICENSE) => ask(`GET /api/licenses/${id}`),
    index: (id = LICENSE) => ask(`GET /api/licenseDtoIndex/${id}`),
    update: (license: object, id = LICENSE) => ask(`PUT /api/licenses/${id}`, license),
    search: (search: object = {}) => ask('POST /api/licenses', search),
    access: (user: number, query = '') =>
      ask(`GET /api/GetLicenseAnonymized?userId=${userId(user)}&productKey=${ISBN}${query}`),
    products: (user: number, query = `&institutionNumber=${GROUP}`) =>
      ask(`GET /api/products/getForUser?userId=${userId(user)}${query}`),
    searchUser: (user: number, search: object = {}) =>
      ask(`POST /api/user/${userId(user)}/licenses`, search),
    advance: (by: string) => control(url, `POST /sandboxes/${name}/clock/advance`, { by }),
    state: () => control(url, `GET /sandboxes/${name}/state`),
  };
}

/** A license of a scenario. */
export const license = (values: object = {}) => ({
  id: LICENSE,
  Name: 'Reading room',
  TargetUserGroupId: GROUP,
  AvailableSeats: 2,
  Isbns: [ISBN],
  StartDate: '2026-09-01T00:00:00Z',
  EndDate: '2027-08-31T00:00:00Z',
  ...values,
});

/** A whole update of that license. */
export const update = (values: object = {}) => ({
  LicenseId: LICENSE,
  LicenseName: 'Reading room',
  StartDate: '2026-09-01T00:00:00Z',
  EndDate: '2027-08-31T00:00:00Z',
  UserGroupId: GROUP,
  OwnerId: '6941f0ab-3291-4064-a114-87fc52f3836f',
  AvailableSeats: 2,
  ContactPersonName: null,
  ContactPhone: null,
  ContactEmail: null,
  Buffer: null,
  Grade: null,
  LicenseCategoryId: null,
  AllowableUserRoles: null,
  IsPaused: false,
  SeatUserGroupIds: null,
  PrivilegedUserRoles: null,
  ...values,
});
