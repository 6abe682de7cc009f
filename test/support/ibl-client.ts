/** The few calls that tests of the mock as a whole make, spelt once. */

const admin = { authorization: 'Api-Token dm-admin', 'content-type': 'application/json' };

export type IblLicense = {
  readonly id: number;
  readonly name: string;
  readonly external_id: string | null;
};

export function createLicense(
  url: string,
  fields: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/api/catalog/licenses/program/create/`, {
    method: 'POST',
    headers: { ...admin, ...headers },
    body: JSON.stringify({
      platform_key: 'acme',
      program_key: 'program-v1:acme+bar+2026',
      name: 'Spring',
      count: 10,
      started: '2026-01-01T00:00:00Z',
      ...fields,
    }),
  });
}

export function listLicenses(
  url: string,
  query = '',
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/api/catalog/licenses/program/?${query}`, {
    headers: { ...admin, ...headers },
  });
}

/** Every license, page after page. */
export async function allLicenses(url: string): Promise<readonly IblLicense[]> {
  const found: IblLicense[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await listLicenses(url, `page=${page}&page_size=100`);
    const { results, next_page: next } = (await answer.json()) as {
      results: IblLicense[];
      next_page: string | null;
    };
    found.push(...results);
    if (next === null) return found;
  }
}
