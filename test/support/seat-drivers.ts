/** The three vendors as places that give seats: what each offers, in the same words. */
import { control, sandboxUrl } from './control-client.ts';
import { CLIENT_FLAGS, NO_LISTS } from './thought-industries-school.ts';

/** Licenses are counted from 0 in the order in which they were made, people from 0 to 4. */
export type Seats = {
  create(limit: number): Promise<void>;
  /** False: refused. */
  give(license: number, person: number): Promise<boolean>;
  setLimit(license: number, limit: number): Promise<boolean>;
  take?(license: number, person: number): Promise<void>;
  /** For persons 0, 1 and 2. */
  giveGroup?(license: number): Promise<boolean>;
  remove?(license: number): Promise<void>;
  /** Who holds a license, as the vendor lists it. */
  holders(license: number): Promise<readonly number[]>;
  /** How many seats are taken, as the vendor counts them. */
  taken(licenses: number): Promise<number>;
};

export type Driver = {
  readonly name: string;
  /** Whether a limit can be below the seats in use. Then nobody gets a seat until some are free. */
  readonly lowersBelowUse: boolean;
  /** Whether a group gets seats for all its members or none, or as many as there are. */
  readonly groups: 'all-or-none' | 'each';
  open(url: string, sandbox: string): Promise<Seats>;
};

const PEOPLE = [0, 1, 2, 3, 4];
const NOW = '2026-11-21T09:30:00Z';

/** Calls one vendor in a sandbox that has this section. */
async function start(url: string, sandbox: string, vendor: string, section: object) {
  const document = { name: sandbox, clock: NOW, [vendor]: section };
  const { status, text } = await control(url, `PUT /sandboxes/${sandbox}/state`, document);
  if (status !== 201) throw new Error(text);
  const authorization = { ibl: 'Api-Token dm-admin', 'thought-industries': 'Bearer ti-key' }[
    vendor
  ];
  return async <T = unknown>(call: string, body?: object) => {
    const [method = '', path = ''] = call.split(' ');
    const answer = await fetch(sandboxUrl(url, sandbox) + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(authorization !== undefined && { authorization }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const content = await answer.text();
    return { isOk: answer.ok, body: JSON.parse(content || '{}') as T, text: content };
  };
}

type Page<T> = { readonly results: readonly T[] };

function ibl(kind: string, subject: object): Driver {
  const at = `/api/catalog/licenses/${kind}`;
  return {
    name: `ibl, ${kind} licenses`,
    lowersBelowUse: false,
    groups: 'all-or-none',
    async open(url, sandbox) {
      const own = { platform_key: 'acme' };
      const call = await start(url, sandbox, 'ibl', {
        users: PEOPLE.map((each) => ({ ...own, id: each + 1, email: `p${each}@example.com` })),
        groups: [{ ...own, id: 1, name: 'Staff', members: [1, 2, 3] }],
      });
      type Seat = { readonly id: number; readonly user_id: number; readonly active: boolean };
      const list = async (license: number) => {
        const path = `${at}/assignment/?license_id=${license + 1}&page_size=100`;
        return (await call<Page<Seat>>(`GET ${path}`)).body.results;
      };
      return {
        async create(count) {
          const named = { name: 'Spring', started: NOW, ...own, ...subject };
          const { text, isOk } = await call(`POST ${at}/create/`, { ...named, count });
          if (!isOk) throw new Error(text);
        },
        async give(license, person) {
          const body = { license_id: license + 1, user_id: person + 1 };
          return (await call(`POST ${at}/assignment/`, body)).isOk;
        },
        async giveGroup(license) {
          const body = { license_id: license + 1, group_id: 1 };
          return (await call(`POST ${at}/assignment/group/`, body)).isOk;
        },
        async take(license, person) {
          const seat = (await list(license)).find(({ user_id }) => user_id === person + 1);
          if (seat) await call(`DELETE ${at}/assignment/?assignment_id=${seat.id}`);
        },
        async setLimit(license, count) {
          return (await call(`POST ${at}/update/`, { license_id: license + 1, count })).isOk;
        },
        async holders(license) {
          return (await list(license)).map(({ user_id }) => user_id - 1);
        },
        async taken() {
          type License = { readonly usage_count: number };
          const { body } = await call<Page<License>>(`GET ${at}/?page_size=100`);
          return body.results.reduce((sum, { usage_count }) => sum + usage_count, 0);
        },
      };
    },
  };
}

const thoughtIndustries: Driver = {
  name: 'Thought Industries',
  lowersBelowUse: false,
  groups: 'each',
  async open(url, sandbox) {
    const send = await start(url, sandbox, 'thought-industries', {});
    type Shown = {
      readonly id: string;
      readonly updatedRecordCount: number;
      readonly seatsUsedCount: number;
      readonly allocatedLicenses: readonly { readonly licenseId: string }[];
    };
    const call = (method: string, path: string, body?: object) =>
      send<{ data?: Record<string, Shown> }>(`${method} /incoming/v2/${path}`, body);
    const shown = async (...given: Parameters<typeof call>) => {
      const { body, text } = await call(...given);
      const [record] = Object.values(body.data ?? {});
      if (!record) throw new Error(text);
      return record;
    };
    const emailOf = (person: number) => `p${person}@example.com`;
    for (const each of PEOPLE) await call('POST', 'users', { email: emailOf(each) });
    const client = await shown('POST', 'clients', { name: 'C', slug: 'c', ...CLIENT_FLAGS });
    const ids: string[] = [];
    const heldBy = async (person: number) => {
      const { allocatedLicenses } = await shown('GET', `users/${emailOf(person)}`);
      return allocatedLicenses.map(({ licenseId }) => licenseId);
    };
    return {
      async create(seatsLimit) {
        const fields = { clientId: client.id, name: 'Spring', ...NO_LISTS, seatsLimit };
        ids.push((await shown('POST', 'licenses', fields)).id);
      },
      async give(license, person) {
        const body = { studentLicenseIds: [ids[license]] };
        return (await call('PUT', `users/${emailOf(person)}`, body)).isOk;
      },
      async giveGroup(license) {
        const users = [0, 1, 2].map((person) => {
          return { email: emailOf(person), studentLicenseIds: [ids[license]] };
        });
        const answer = await shown('POST', 'users/bulkClientLicenseAssignment', { users });
        return answer.updatedRecordCount === users.length;
      },
      async take(license, person) {
        const others = (await heldBy(person)).filter((id) => id !== ids[license]);
        const body = { studentLicenseIds: others, replaceLicenseAccess: true };
        await call('PUT', `users/${emailOf(person)}`, body);
      },
      async setLimit(license, seatsLimit) {
        const body = { name: 'Spring', ...NO_LISTS, seatsLimit };
        return (await call('PUT', `licenses/${ids[license]}`, body)).isOk;
      },
      async remove(license) {
        await call('DELETE', `licenses/${ids[license]}`);
      },
      async holders(license) {
        const found: number[] = [];
        for (const each of PEOPLE) {
          const held = (await heldBy(each)).filter((id) => id === ids[license]);
          found.push(...held.map(() => each));
        }
        return found;
      },
      async taken() {
        return (await shown('GET', `clients/${client.id}`)).seatsUsedCount;
      },
    };
  },
};

const alice: Driver = {
  name: 'Alice',
  lowersBelowUse: true,
  groups: 'each',
  async open(url, sandbox) {
    const call = await start(url, sandbox, 'alice', {});
    const group = 'ea677d34-15bf-4074-97b1-5b9661e2b4d0';
    const userOf = (person: number) => `00000000-0000-4000-8000-00000000000${person}`;
    const isbnOf = (license: number) => `97803064061${String(license).padStart(2, '0')}`;
    const ids: string[] = [];
    type Data<T> = { readonly Data: T };
    return {
      async create(AvailableSeats) {
        const Isbns = [isbnOf(ids.length)];
        const { text } = await call('POST /api/licenses/add', {
          Name: 'Spring',
          TargetUserGroupId: group,
          AvailableSeats,
          Isbns,
        });
        const search = { Filters: { Isbn: { Value: Isbns[0], FilterType: 0 } }, PageSize: 2 };
        const found = await call<Data<{ Id: string }[]>>('POST /api/licenses', search);
        const [license] = found.body.Data;
        if (!license) throw new Error(text);
        ids.push(license.Id);
      },
      async give(license, person) {
        const query = `userId=${userOf(person)}&productKey=${isbnOf(license)}`;
        const { body } = await call<{ IsValid: boolean }>(`GET /api/GetLicenseAnonymized?${query}`);
        return body.IsValid;
      },
      async setLimit(license, AvailableSeats) {
        const whole = { LicenseId: ids[license], LicenseName: 'Spring', UserGroupId: group };
        const body = { ...whole, AvailableSeats };
        const answer = await call<{ errors: unknown[] }>(`PUT /api/licenses/${ids[license]}`, body);
        return answer.body.errors.length === 0;
      },
      async holders(license) {
        const path = `/api/licenseDtoIndex/${ids[license]}`;
        const { body } = await call<Data<{ UserIds: string[] }>>(`GET ${path}`);
        return body.Data.UserIds.map((id) => Number(id.at(-1)));
      },
      async taken(licenses) {
        let sum = 0;
        for (let license = 0; license < licenses; license++) {
          // Also of a title that somebody else asks for.
          const title = `institutionNumber=${group}&isbn=${isbnOf(license)}`;
          const query = `userId=${userOf(9)}&${title}&includeLicenses=true`;
          type Title = { readonly Licenses: readonly { readonly TakenSeats: number }[] };
          const { body } = await call<Title[]>(`GET /api/products/getForUser?${query}`);
          sum += body[0]?.Licenses[0]?.TakenSeats ?? Number.NaN;
        }
        return sum;
      },
    };
  },
};

export const drivers: readonly Driver[] = [
  ibl('user', {}),
  ibl('course', { course_id: 'law' }),
  ibl('program', { program_key: 'bar' }),
  thoughtIndustries,
  alice,
];
