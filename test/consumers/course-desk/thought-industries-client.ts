/** What the course desk needs of Thought Industries: licenses for its clients, and seats for their learners. */

export type NewLicense = {
  readonly clientId: string;
  readonly name: string;
  readonly courseIds: readonly string[];
  readonly learningPathIds: readonly string[];
  readonly courseTagIds: readonly string[];
  readonly seatsLimit?: number;
  readonly parentLicenseId?: string;
  /** True: the courses take the place of the client's; else they are added to them. */
  readonly replaceCourseIds?: boolean;
};

/** A license keeps its client. Its courses are added to those that it has. */
export type LicenseUpdate = Omit<NewLicense, 'clientId'>;

export type License = {
  readonly id: string;
  readonly name: string;
  readonly seatsLimit: number | null;
  readonly courseIds: readonly string[];
  readonly parentLicenseId: string | null;
  /** Null in a list. */
  readonly client: { readonly id: string; readonly courseIds: readonly string[] } | null;
};

export type Client = {
  readonly id: string;
  readonly name: string;
  readonly seatsUsedCount: number;
  readonly primaryLicense: { readonly id: string; readonly name: string } | null;
};

type Flag =
  `enable${'Segmentation' | 'Ecommerce' | 'Branding' | 'OnboardingSurvey' | 'GlobalLinks' | 'NavLinks'}`;
export type NewClient = { readonly name: string; readonly slug: string } & Readonly<
  Record<Flag, boolean>
>;

export type UserChange = {
  readonly email?: string;
  readonly firstName?: string;
  readonly clientId?: string;
  /** A student takes a seat of the license, a manager does not. */
  readonly studentLicenseIds?: readonly string[];
  readonly managerLicenseIds?: readonly string[];
  /** True: the licenses take the place of those that the user has. */
  readonly replaceLicenseAccess?: boolean;
};

export type User = {
  readonly id: string;
  readonly email: string;
  readonly allocatedLicenses: readonly {
    readonly licenseId: string;
    readonly licenseRole: 'manager' | 'student';
  }[];
};

type Page = { readonly total: number; readonly hasMore: boolean; readonly cursor: string | null };

export type Assignment = {
  readonly updatedRecordCount: number;
  readonly errors: readonly { readonly identifier: string | null; readonly error: string }[];
};

/** The vendor's refusal; it has no body where the key is not accepted. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function createThoughtIndustriesClient(baseUrl: string, apiKey: string) {
  async function send<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${baseUrl}/incoming/v2/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new RefusedError(response.status, text);
    return JSON.parse(text) as T;
  }

  /** Most answers have the record under a key of the operation. */
  async function ask<T>(key: string, method: string, path: string, body?: object): Promise<T> {
    const { data } = await send<{ data: Record<string, T> }>(method, path, body);
    const record = data[key];
    if (record === undefined) throw new Error(`The answer has no ${key}.`);
    return record;
  }

  return {
    ping: () => send<{ readonly valid: boolean }>('GET', 'ping'),
    createLicense: (license: Partial<NewLicense>) =>
      ask<License>('CreateLicense', 'POST', 'licenses', license),
    updateLicense: (id: string, update: LicenseUpdate) =>
      ask<License>('UpdateLicense', 'PUT', `licenses/${id}`, update),
    deleteLicense: (id: string) => ask<License>('LicenseById', 'DELETE', `licenses/${id}`),
    licensesOf: (clientId: string) =>
      ask<{ readonly pageInfo: Page; readonly licenses: readonly License[] }>(
        'APILicensesByClientId',
        'GET',
        `clients/${clientId}/licenses`,
      ),
    clients: (page: number, count: number) =>
      ask<{ readonly pageInfo: Page; readonly clients: readonly Client[] }>(
        'Clients',
        'GET',
        `clients?page=${page}&count=${count}`,
      ),
    client: (id: string) => ask<Client>('ClientById', 'GET', `clients/${id}`),
    createClient: (client: NewClient) => ask<Client>('CreateClient', 'POST', 'clients', client),
    createUser: (user: UserChange) => ask<User>('CreateUser', 'POST', 'users', user),
    updateUser: (id: string, user: UserChange) =>
      ask<User>('UpdateUser', 'PUT', `users/${id}`, user),
    user: (id: string) => ask<User>('UserById', 'GET', `users/${id}`),
    disableUser: (id: string) =>
      send<{ readonly status: string }>('PUT', `users/${id}/updateStatus`, { status: 'disabled' }),
    assign: (users: readonly UserChange[]) =>
      ask<Assignment>('APIBulkPanoramaAssignment', 'POST', 'users/bulkClientLicenseAssignment', {
        users,
      }),
    createCodes: (codes: {
      readonly label: string;
      readonly codeLength: number;
      readonly totalCodesCount: number;
      readonly licenses: readonly string[];
    }) =>
      send<{ readonly id: string; readonly redeemedCodesCount: number }>(
        'POST',
        'redemptionCodes',
        codes,
      ),
  };
}
