/** What the seat shop needs of ibl: program licenses, who holds their seats, and seats of whole platforms. */

export type ProgramLicense = {
  readonly id: number;
  readonly name: string;
  readonly count: number;
  readonly active: boolean;
  readonly started: string;
  readonly expired: string | null;
  readonly external_id: string | null;
  readonly platform_key: string;
  readonly program_key: string;
  readonly usage_count: number;
  /** On verbose lists. */
  readonly assignments?: {
    readonly total: number;
    readonly active: number;
    readonly pending: number;
  };
};

export type NewLicense = Pick<
  ProgramLicense,
  'name' | 'count' | 'started' | 'platform_key' | 'program_key'
> &
  Partial<Pick<ProgramLicense, 'expired' | 'external_id'>>;

/** Which license, and what of it changes. */
export type LicenseChange = ({ readonly license_id: number } | { readonly external_id: string }) &
  Partial<Pick<ProgramLicense, 'name' | 'count' | 'expired' | 'active'>>;

export type Page<T> = {
  readonly count: number;
  readonly next_page: string | null;
  readonly previous_page: string | null;
  readonly results: readonly T[];
};

/** A seat. Without a user, it waits for whoever has the e-mail address. */
export type Seat = {
  readonly id: number;
  readonly user_id: number | null;
  readonly email: string | null;
  readonly active: boolean;
  readonly direct: boolean;
};

export type SeatOrder = { readonly license_id: number; readonly active?: boolean } & (
  | { readonly user_id: number }
  | { readonly email: string }
);

export type GroupSeats = {
  readonly id: number;
  readonly group_id: number;
  readonly user_count: number;
  readonly assigned_count: number;
};

/** What ibl refused; `details` is its body: messages by field, or `detail`. */
export class IblError extends Error {
  readonly status: number;
  readonly details: unknown;

  constructor(status: number, details: unknown) {
    super(`ibl answered ${status}: ${JSON.stringify(details)}`);
    this.status = status;
    this.details = details;
  }
}

/** `token`: undefined sends no credentials. */
export function createIblClient(baseUrl: string, token: string | undefined) {
  const send = (method: string, path: string, body?: object) =>
    fetch(`${baseUrl}/api/catalog/licenses/${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Api-Token ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await send(method, path, body);
    const answer: unknown = await response.json();
    if (!response.ok) throw new IblError(response.status, answer);
    return answer as T;
  };
  const query = (values: Readonly<Record<string, string | number>>) => {
    const texts = Object.entries(values).map(([name, value]) => [name, String(value)] as const);
    return new URLSearchParams(Object.fromEntries(texts)).toString();
  };
  return {
    createLicense: (license: Partial<NewLicense>) =>
      call<ProgramLicense>('POST', 'program/create/', license),
    updateLicense: (change: LicenseChange) =>
      call<ProgramLicense>('POST', 'program/update/', change),
    listLicenses: (filters: Readonly<Record<string, string>> = {}) =>
      call<Page<ProgramLicense>>('GET', `program/?${query(filters)}`),

    /** Gives a seat, or changes the one that the user has. */
    assign: (order: SeatOrder) => call<Seat>('POST', 'program/assignment/', order),
    seats: (licenseId: number, filters: Readonly<Record<string, string>> = {}) =>
      call<Page<Seat>>(
        'GET',
        `program/assignment/?${query({ license_id: licenseId, ...filters })}`,
      ),
    unassign: (licenseId: number, id: number) =>
      call<object>(
        'DELETE',
        `program/assignment/?${query({ license_id: licenseId, assignment_id: id })}`,
      ),

    /** Gives every member of a group a seat, or nobody. */
    assignGroup: (licenseId: number, groupId: number) =>
      call<GroupSeats>('POST', 'program/assignment/group/', {
        license_id: licenseId,
        group_id: groupId,
      }),
    groups: (licenseId: number) =>
      call<Page<GroupSeats>>(
        'GET',
        `program/assignment/group/?${query({ license_id: licenseId })}`,
      ),
    unassignGroup: (licenseId: number, id: number) =>
      call<object>(
        'DELETE',
        `program/assignment/group/?${query({ license_id: licenseId, assignment_id: id })}`,
      ),

    createUserLicense: (license: { platform_key: string; name: string; count: number }) =>
      call<{ readonly id: number; readonly count: number }>('POST', 'user/create/', license),
    /** Tells whether an e-mail address has a seat of any user license. Needs no credentials. */
    isLicensed: async (email: string) =>
      (await send('GET', `user/assignment/check/?${query({ email })}`)).ok,
  };
}
