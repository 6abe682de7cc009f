/** Random calls of Thought Industries, apart from creating a license. Many name what an earlier one has made. */
import fc from 'fast-check';

export type ThoughtIndustriesCall = {
  readonly kind: 'thought-industries';
  readonly method: string;
  readonly path: string;
  readonly body?: object;
};

/** The ids that a sandbox with the seed 1 gives to its first records. */
const FIRST_LICENSES = [
  '655263b9-a281-467b-ad3e-9e3779b97f4b',
  'f98a8d5b-aac2-465c-8dcd-3c6ef372fe96',
  'a6b736cf-5cc8-4a45-b915-daa66d2c7de1',
];
const license = fc.constantFrom(...FIRST_LICENSES);
const client = fc.constantFrom(
  ...[1, 2, 3].map((digit) => `2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e0${digit}`),
);
const email = fc.constantFrom('ada@example.com', 'grace@example.com', 'alan@example.com');
const name = fc.constantFrom('Spring', 'Autumn', 'Größe 2', '');
const lists = { courseIds: [], learningPathIds: [], courseTagIds: [] };
const seats = fc.record({
  studentLicenseIds: fc.array(license, { maxLength: 2 }),
  managerLicenseIds: fc.array(license, { maxLength: 1 }),
  replaceLicenseAccess: fc.boolean(),
});
const settings = {
  enableSegmentation: true,
  enableEcommerce: false,
  enableBranding: true,
  enableOnboardingSurvey: false,
  enableGlobalLinks: true,
  enableNavLinks: true,
};
const page = fc.constantFrom('', '?page=2', '?cursor=eyJwYWdlIjoyfQ==', '?cursor=x');
const status = fc.record({ status: fc.constantFrom('disabled', 'active') });
const none = fc.constant(undefined);

function calls(
  method: string,
  path: fc.Arbitrary<string>,
  body: fc.Arbitrary<object | undefined> = none,
): fc.Arbitrary<ThoughtIndustriesCall> {
  return fc.record({ path, body }).map(({ path: to, body: sent }) => ({
    kind: 'thought-industries',
    method,
    path: to,
    ...(sent && { body: sent }),
  }));
}

const at = (ids: fc.Arbitrary<string>, before: string, after = '') =>
  ids.map((id) => `${before}/${id}${after}`);

const byOperation: Readonly<Record<string, fc.Arbitrary<ThoughtIndustriesCall>>> = {
  ping: calls('GET', fc.constant('ping')),
  updateLicense: calls(
    'PUT',
    at(license, 'licenses'),
    fc.record({ name, seatsLimit: fc.nat(3) }).map((fields) => ({ ...lists, ...fields })),
  ),
  deleteLicense: calls('DELETE', at(license, 'licenses')),
  listClientLicenses: calls(
    'GET',
    fc.tuple(client, page).map(([id, query]) => `clients/${id}/licenses${query}`),
  ),
  listClients: calls(
    'GET',
    page.map((query) => `clients${query}`),
  ),
  getClient: calls('GET', at(client, 'clients')),
  createClient: calls(
    'POST',
    fc.constant('clients'),
    name.map((each) => ({ ...settings, name: each, slug: `slug-${each}` })),
  ),
  updateClientStatus: calls('PUT', at(client, 'clients', '/updateStatus'), status),
  updateClientSettings: calls(
    'PUT',
    at(client, 'clients', '/updateSettings'),
    fc
      .record({ name, seatsLimit: fc.nat(3) })
      .map((fields) => ({ ...settings, tagIds: [], ...fields })),
  ),
  updateClientAccess: calls(
    'PUT',
    at(client, 'clients', '/updateAccess'),
    fc.constant({ ...lists, purchasableContentIds: [], purchasableTagIds: [] }),
  ),
  listUsers: calls(
    'GET',
    page.map((query) => `users${query}`),
  ),
  createUser: calls(
    'POST',
    fc.constant('users'),
    fc
      .record({ email, upsert: fc.boolean(), wanted: seats })
      .map(({ wanted, ...user }) => ({ ...user, ...wanted })),
  ),
  getUser: calls('GET', at(email, 'users')),
  updateUser: calls('PUT', at(email, 'users'), seats),
  updateUserStatus: calls('PUT', at(email, 'users', '/updateStatus'), status),
  bulkClientLicenseAssignment: calls(
    'POST',
    fc.constant('users/bulkClientLicenseAssignment'),
    fc
      .array(fc.tuple(email, seats), { maxLength: 3 })
      .map((users) => ({ users: users.map(([each, wanted]) => ({ email: each, ...wanted })) })),
  ),
  listRedemptionCodes: calls('GET', fc.constant('redemptionCodes')),
  createRedemptionCodes: calls(
    'POST',
    fc.constant('redemptionCodes'),
    license.map((id) => ({ label: 'L', codeLength: 8, totalCodesCount: 5, licenses: [id] })),
  ),
  getRedemptionCodes: calls('GET', at(license, 'redemptionCodes')),
};

/** By vendor and operation id. */
export const thoughtIndustriesCalls = Object.fromEntries(
  Object.entries(byOperation).map(([id, call]) => [`thought-industries ${id}`, call]),
);

export function callThoughtIndustries(
  base: string,
  { method, path, body }: ThoughtIndustriesCall,
): Promise<Response> {
  return fetch(`${base}/incoming/v2/${path}`, {
    method,
    headers: {
      authorization: 'Bearer ti-key',
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}
