/** What the library portal needs of Alice: adding a license, in JSON or, from an older part of it, in XML. */

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
  return {
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
