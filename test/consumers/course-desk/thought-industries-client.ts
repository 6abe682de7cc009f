/** What the course desk needs of Thought Industries: licenses for its clients. */

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

export type License = {
  readonly id: string;
  readonly name: string;
  readonly seatsLimit: number | null;
  readonly courseIds: readonly string[];
  readonly parentLicenseId: string | null;
  readonly client: { readonly id: string; readonly courseIds: readonly string[] };
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
  return {
    async createLicense(license: Partial<NewLicense>): Promise<License> {
      const response = await fetch(`${baseUrl}/incoming/v2/licenses`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(license),
      });
      const text = await response.text();
      if (!response.ok) throw new RefusedError(response.status, text);
      const { data } = JSON.parse(text) as { data: { CreateLicense: License } };
      return data.CreateLicense;
    },
  };
}
