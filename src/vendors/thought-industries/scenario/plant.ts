/** Stores the records of a scenario's section. */
import { parseMoment } from '../../../time/moment.ts';
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { TiWorld } from '../credentials.ts';
import {
  clients,
  courseTags,
  courses,
  learningPaths,
  licenses,
  lists,
  mapLists,
  newClient,
  numberOrNull,
  readRefs,
  textOrNull,
  uniqueTexts,
  type ClientRecord,
  type IdLists,
  type LicenseFields,
} from '../records.ts';
import { givenFields } from './schema.ts';
import { storeLicense } from '../store-license.ts';
import { formatTimestamp } from '../timestamp.ts';

/** Throws if a license names a parent that the section does not have. */
export async function plant(section: JsonObject, world: TiWorld): Promise<void> {
  for (const [name, collection] of [
    ['courses', courses],
    ['learningPaths', learningPaths],
    ['courseTags', courseTags],
  ] as const) {
    for (const item of itemsOf(section[name])) {
      const given = readGiven(item, givenFields[name], world.now);
      await world.in(collection).insert({ id: idOf(item['id']), given });
    }
  }
  /** Lists that a client's entry gives. Licenses add nothing to these. */
  const listed = new Map<string, JsonObject>();
  for (const item of itemsOf(section['clients'])) {
    const id = idOf(item['id']);
    listed.set(id, item);
    const client = newClient(id, readGiven(item, givenFields.clients, world.now));
    await world.in(clients).insert({ ...client, ...readLists(item) });
    await makeContent(readLists(item), world);
  }
  for (const item of itemsOf(section['licenses'])) await plantLicense(item, listed, world);
  await checkParents(world);
}

async function plantLicense(
  item: JsonObject,
  listed: ReadonlyMap<string, JsonObject>,
  world: TiWorld,
): Promise<void> {
  const fields = readFields(item, world.now);
  await makeContent(fields, world);
  const client = await settleClient(fields.clientId, world);
  const own = listed.get(fields.clientId) ?? {};
  const assigned = mapLists((name) =>
    own[name] === undefined ? [...new Set([...client[name], ...fields[name]])] : client[name],
  );
  const id = item['id'] === undefined ? undefined : idOf(item['id']);
  await storeLicense(fields, client, assigned, world, id);
}

function readFields(item: JsonObject, now: number): LicenseFields {
  const created = readMoment(item['createdAt'], now) ?? formatTimestamp(now);
  const parent = item['parentLicenseId'];
  return {
    clientId: idOf(item['clientId']),
    ...readLists(item),
    name: String(item['name']),
    label: textOrNull(item['label']),
    sku: textOrNull(item['sku']),
    seatsLimit: numberOrNull(item['seatsLimit']),
    parentLicenseId: parent === undefined ? null : idOf(parent),
    accessDays: numberOrNull(item['accessDays']),
    expirationDate: readMoment(item['expirationDate'], now) ?? null,
    enableBranding: item['enableBranding'] === true,
    isDefault: item['isDefault'] === true,
    ...readRefs(item),
    createdAt: created,
    updatedAt: readMoment(item['updatedAt'], now) ?? created,
  };
}

async function settleClient(id: string, world: TiWorld): Promise<ClientRecord> {
  const found = await world.in(clients).get(id);
  if (found) return found;
  const client = newClient(id, {});
  await world.in(clients).insert(client);
  return client;
}

/** Creates content that is listed but not described, so that closed references accept it. */
async function makeContent(ids: IdLists, world: TiWorld): Promise<void> {
  for (const { ids: list, content } of lists) {
    for (const id of ids[list]) {
      if (!(await world.in(content).get(id))) await world.in(content).insert({ id, given: {} });
    }
  }
}

async function checkParents(world: TiWorld): Promise<void> {
  for (const { name, parentLicenseId } of await world.in(licenses).find()) {
    if (parentLicenseId === null) continue;
    if (await world.in(licenses).get(parentLicenseId)) continue;
    throw new Error(
      `The license "${name}" has the parent ${parentLicenseId}, but no license has this id. Add one.`,
    );
  }
}

/** Returns the fields that a scenario may give, with resolved dates. Ids and lists are stored elsewhere. */
function readGiven(item: JsonObject, fields: Readonly<Record<string, object>>, now: number) {
  const given = Object.entries(item).flatMap(([name, value]): [string, Json][] => {
    const schema = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (schema === undefined) return [];
    const isMoment = 'format' in schema && schema.format === 'moment';
    return [[name, isMoment ? (readMoment(value, now) ?? null) : value]];
  });
  return Object.fromEntries(given) as JsonObject;
}

function readMoment(value: Json | undefined, now: number): string | undefined {
  const at = typeof value === 'string' ? parseMoment(value, now) : undefined;
  return at === undefined ? undefined : formatTimestamp(at);
}

function readLists(item: JsonObject): IdLists {
  return mapLists((name) => uniqueTexts(item[name]).map((id) => idOf(id)));
}

function idOf(value: Json | undefined): string {
  return String(value).toLowerCase();
}

function itemsOf(value: Json | undefined): JsonObject[] {
  return (value ?? []) as JsonObject[];
}
