/** What the seat shop needs of ibl's program licenses. */

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

export type LicensePage = {
  readonly count: number;
  readonly next_page: string | null;
  readonly previous_page: string | null;
  readonly results: readonly ProgramLicense[];
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
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${baseUrl}/api/catalog/licenses/program/${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Api-Token ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new IblError(response.status, answer);
    return answer as T;
  };
  return {
    createLicense: (license: Partial<NewLicense>) =>
      call<ProgramLicense>('POST', 'create/', license),
    updateLicense: (change: LicenseChange) => call<ProgramLicense>('POST', 'update/', change),
    listLicenses: (filters: Readonly<Record<string, string>> = {}) =>
      call<LicensePage>('GET', `?${new URLSearchParams(filters).toString()}`),
  };
}
