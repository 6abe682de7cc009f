/** What the lists of Thought Industries show, as a section of a scenario. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { Ask, PullPart } from '../vendor.ts';
import { REFS } from './records.ts';
import { givenFields } from './scenario/schema.ts';

export const pull: PullPart = {
  async read(ask) {
    const clients = await readPages(ask, '/incoming/v2/clients', 'clients');
    const licenses: JsonObject[] = [];
    for (const { id } of clients) {
      const path = `/incoming/v2/clients/${String(id)}/licenses`;
      const found = await readPages(ask, path, 'licenses');
      licenses.push(...found.map((license) => toLicense(license, id ?? null)));
    }
    const users = await readPages(ask, '/incoming/v2/users', 'users');
    const codes = await readPages(ask, '/incoming/v2/redemptionCodes', 'redemptionCodeGroups');
    const known = new Set(licenses.map(({ id }) => id));
    return {
      clients: clients.map(toClient),
      courseTags: tagsOf(clients),
      licenses,
      users: users.map((user) => toUser(user, known)),
      redemptionCodes: codes.map(toCodeGroup),
    };
  },
  kept: ['clients[].defaultLanguage', 'clients[].languages[]', 'users[].language', 'users[].role'],
};

/** Follows the cursor. Some answers are in an envelope (TI-ENVELOPE). */
async function readPages(ask: Ask, path: string, list: string): Promise<readonly JsonObject[]> {
  const found = new Map<Json, JsonObject>();
  let query: Readonly<Record<string, string>> = {};
  for (;;) {
    const body = unwrap(await ask({ method: 'GET', path, query }), list);
    const records = listOf(body[list]);
    for (const record of records) found.set(record['id'] ?? null, record);
    const pageInfo = isJsonObject(body['pageInfo']) ? body['pageInfo'] : {};
    const { cursor, hasMore } = pageInfo;
    if (records.length === 0 || hasMore !== true || typeof cursor !== 'string') {
      return [...found.values()];
    }
    query = { cursor };
  }
}

function unwrap(body: Json, list: string): JsonObject {
  if (!isJsonObject(body)) return {};
  if (list in body) return body;
  const [inner] = isJsonObject(body['data']) ? Object.values(body['data']) : [];
  return isJsonObject(inner) ? inner : {};
}

const LISTS = ['courseIds', 'learningPathIds', 'courseTagIds'];

function toClient(client: JsonObject): JsonObject {
  return {
    ...pick(client, ['id', ...Object.keys(givenFields.clients), ...LISTS]),
    tagIds: idsOf(client['tags'], 'id'),
  };
}

/** The tags that clients show. */
function tagsOf(clients: readonly JsonObject[]): JsonObject[] {
  const shown = clients.flatMap(({ courseTags, tags, purchasableTags }) =>
    [courseTags, tags, purchasableTags].flatMap((each) => listOf(each)),
  );
  const byId = new Map(shown.map((tag) => [tag['id'], tag]));
  return [...byId.values()].map((tag) => pick(tag, ['id', ...Object.keys(givenFields.courseTags)]));
}

const LICENSE = [
  'id',
  'name',
  'label',
  'sku',
  'seatsLimit',
  'parentLicenseId',
  'accessDays',
  'expirationDate',
  'enableBranding',
  'isDefault',
  ...LISTS,
  ...REFS,
  'createdAt',
  'updatedAt',
];

function toLicense(license: JsonObject, clientId: Json): JsonObject {
  return { ...pick(license, LICENSE), clientId };
}

const USER = [
  'id',
  'email',
  'clientId',
  'disabled',
  'externalCustomerId',
  'createdAt',
  'updatedAt',
];

function toUser(user: JsonObject, known: ReadonlySet<Json | undefined>): JsonObject {
  const { firstName = null, lastName = null, roleKey } = user;
  const held = listOf(user['allocatedLicenses']);
  return {
    ...pick(user, [...USER, ...Object.keys(givenFields.users)]),
    // Null is a name, too: it is not made up then.
    firstName,
    lastName,
    ...(roleKey !== undefined && roleKey !== null && { role: roleKey }),
    courseIds: idsOf(user['purchasedCourses'], 'courseId'),
    learningPathIds: idsOf(user['allocatedLearningPaths'], 'learningPathId'),
    licenses: held
      .filter(({ licenseId }) => known.has(licenseId))
      .map(({ licenseId = null, licenseRole }) => ({
        licenseId,
        role: licenseRole === 'manager' ? 'manager' : 'student',
      })),
  };
}

function toCodeGroup(group: JsonObject): JsonObject {
  const { client } = group;
  const names = ['id', 'label', 'totalCodesCount', 'expirationDate', 'accessDays'];
  return {
    ...pick(group, [...names, 'accessExpirationDate']),
    // No answer shows it.
    codeLength: 8,
    ...(isJsonObject(client) && { clientId: client['id'] ?? null }),
    courseIds: idsOf(group['courses'], 'id'),
    learningPathIds: idsOf(group['learningPaths'], 'id'),
    bundleIds: idsOf(group['bundles'], 'id'),
    licenseIds: idsOf(group['licenses'], 'id'),
  };
}

function idsOf(value: Json | undefined, name: string): Json[] {
  return listOf(value).flatMap((each) => each[name] ?? []);
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The fields that are set. */
function pick(record: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const value = record[name];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}
