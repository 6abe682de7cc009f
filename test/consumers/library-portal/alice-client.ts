/** What the library portal needs of Alice: adding, finding and changing licenses, and asking for a reader's seat. */

export type NewLicense = {
  readonly Name: string;
  readonly AvailableSeats: number;
  readonly TargetUserGroupId: string;
  readonly StartDate?: string;
  readonly EndDate?: string;
  readonly ContactEmail?: string;
};

/** A rule that the license breaks. */
type BrokenRule = { readonly property: string; readonly message: string };

type Added = { readonly isValid: boolean; readonly brokenRules: readonly BrokenRule[] };

/** A license as searches and the index show it. */
export type FoundLicense = {
  readonly Id: string;
  readonly Name: string;
  readonly AvailableSeats: number;
  readonly UserIds: readonly string[];
};

type Page = { readonly licenses: readonly FoundLicense[]; readonly total: number };

export type Access = { readonly isValid: boolean; readonly reason: string | null };

/** A title that a reader may use, and how many seats of its licenses are left. */
export type Title = { readonly isbn: string; readonly freeSeats: number };

type Envelope<T> = { readonly Errors: readonly string[]; readonly Data: T | null };

type WireTitle = {
  readonly Isbn: string;
  readonly Licenses: readonly { readonly AvailableSeats: number; readonly TakenSeats: number }[];
};

type WireFailure = {
  readonly '<PropertyName>k__BackingField': string;
  readonly '<ErrorMessage>k__BackingField': string;
};

/** The body was not understood as a license at all. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function createAliceClient(baseUrl: string) {
  const send = async (contentType: string, accept: string, body: string): Promise<string> => {
    const response = await fetch(`${baseUrl}/api/licenses/add`, {
      method: 'POST',
      headers: { 'content-type': contentType, accept },
      body,
    });
    const text = await response.text();
    if (!response.ok) throw new RefusedError(response.status, text);
    return text;
  };
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new RefusedError(response.status, text);
    return JSON.parse(text) as T;
  };
  return {
    /** `page` from 0. */
    async findLicenses(isbn: string, page: number, size: number): Promise<Page> {
      const search = { Filters: { Isbn: { Value: isbn, FilterType: 0 } } };
      const { Data, Total } = await call<{ Data: readonly FoundLicense[]; Total: number }>(
        'POST',
        '/api/licenses',
        { ...search, PageSize: size, PageIndex: page },
      );
      return { licenses: Data, total: Total };
    },
    /** Undefined where there is none. */
    async readLicense(id: string): Promise<{ readonly LicenseName: string } | undefined> {
      const { Data } = await call<Envelope<{ readonly LicenseName: string }>>(
        'GET',
        `/api/licenses/${id}`,
      );
      return Data ?? undefined;
    },
    async readFromIndex(id: string): Promise<FoundLicense | undefined> {
      const { Data } = await call<Envelope<FoundLicense>>('GET', `/api/licenseDtoIndex/${id}`);
      return Data ?? undefined;
    },
    async updateLicense(id: string, license: object): Promise<readonly string[]> {
      const { errors } = await call<{ errors: readonly WireFailure[] }>(
        'PUT',
        `/api/licenses/${id}`,
        license,
      );
      return errors.map((error) => error['<PropertyName>k__BackingField']);
    },
    /** Asking takes a seat for the reader if one is free. */
    async askForAccess(userId: string, isbn: string): Promise<Access> {
      const query = new URLSearchParams({ userId, productKey: isbn }).toString();
      const { IsValid, Message } = await call<{ IsValid: boolean; Message: string | null }>(
        'GET',
        `/api/GetLicenseAnonymized?${query}`,
      );
      return { isValid: IsValid, reason: Message };
    },
    async listTitles(userId: string, institution: string): Promise<readonly Title[]> {
      const query = new URLSearchParams({
        userId,
        institutionNumber: institution,
        includeLicenses: 'true',
      }).toString();
      const titles = await call<readonly WireTitle[]>('GET', `/api/products/getForUser?${query}`);
      return titles.map(({ Isbn, Licenses }) => ({
        isbn: Isbn,
        freeSeats: Licenses.reduce(
          (free, { AvailableSeats, TakenSeats }) => free + AvailableSeats - TakenSeats,
          0,
        ),
      }));
    },
    /** Those that can be used now. */
    async countTitlesOf(userId: string): Promise<number> {
      const { Total } = await call<{ Total: number }>('POST', `/api/user/${userId}/licenses`, {
        SearchBy: [{ Key: 'IsActive', Value: true, Type: 0 }],
        PageSize: 25,
        PageIndex: 0,
      });
      return Total;
    },
    async addLicense(license: NewLicense | object): Promise<Added> {
      const text = await send('application/json', 'application/json', JSON.stringify(license));
      const { errors } = JSON.parse(text) as { errors: readonly WireFailure[] };
      return {
        isValid: errors.length === 0,
        brokenRules: errors.map((error) => ({
          property: error['<PropertyName>k__BackingField'],
          message: error['<ErrorMessage>k__BackingField'],
        })),
      };
    },
    /** Answers as the vendor writes it. */
    addLicenseInXml: (license: string) => send('application/xml', 'application/xml', license),
    sendAs: (contentType: string, body: string) => send(contentType, 'application/json', body),
  };
}
