/** Stores the records of a scenario's section. */
import type { JsonObject } from '../../../messages/json.ts';
import type { TiWorld } from '../credentials.ts';
import {
  deleted,
  licenses,
  mapLists,
  numberOrNull,
  readRefs,
  textOrNull,
  uniqueTexts,
  type LicenseFields,
} from '../records.ts';
import { plantCodeGroups, plantStudents, plantUsers } from './plant-users.ts';
import { idOf, itemsOf, readGiven, readLists, readMoment } from './read-item.ts';
import { givenFields } from './schema.ts';
import { makeContent, settleClient } from './settle.ts';
import { findById } from '../find.ts';
import { storeContent } from '../made-content/library.ts';
import { storeClient } from '../store-client.ts';
import { storeLicense } from '../store-license.ts';
import { formatTimestamp } from '../timestamp.ts';

/** Throws if a license names a parent that the section does not have. */
export async function plant(section: JsonObject, world: TiWorld): Promise<void> {
  for (const [name, list] of [
    ['courses', 'courseIds'],
    ['learningPaths', 'learningPathIds'],
    ['courseTags', 'courseTagIds'],
  ] as const) {
    for (const item of itemsOf(section[name])) {
      const given = readGiven(item, givenFields[name], world.now);
      await storeContent(list, idOf(item['id']), given, world);
    }
  }
  /** Lists that a client's entry gives. Licenses add nothing to these. */
  const listed = new Map<string, JsonObject>();
  for (const item of itemsOf(section['clients'])) {
    const id = idOf(item['id']);
    listed.set(id, item);
    const given = readGiven(item, givenFields.clients, world.now);
    const tagIds = uniqueTexts(item['tagIds']).map((tagId) => idOf(tagId));
    await storeClient(id, given, world, { ...readLists(item), tagIds });
    await makeContent(readLists(item), world);
    await makeContent({ courseTagIds: tagIds }, world);
  }
  for (const item of itemsOf(section['licenses'])) await plantLicense(item, listed, world);
  await checkParents(world);
  await plantDeleted(Number(section['highestDeletedLicense'] ?? 0), world);
  await plantUsers(section, world);
  await plantCodeGroups(section, world);
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
  const { id, number } = item;
  const license = await storeLicense(fields, client, assigned, world, {
    ...(id !== undefined && { id: idOf(id) }),
    ...(typeof number === 'number' && id !== undefined && { number }),
  });
  await plantStudents(license, Number(item['students'] ?? 0), world);
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

async function plantDeleted(highest: number, world: TiWorld): Promise<void> {
  if (highest === 0) return;
  const records = world.in(licenses);
  const [newest] = await records.find({
    sort: { field: 'number', direction: 'descending' },
    limit: 1,
  });
  for (let number = newest?.number ?? 0; number < highest;) number = await records.nextId();
  await world.in(deleted).insert({ kind: 'license', highest });
}

async function checkParents(world: TiWorld): Promise<void> {
  for (const { name, parentLicenseId } of await world.in(licenses).find()) {
    if (parentLicenseId === null) continue;
    if (await findById(licenses, parentLicenseId, world)) continue;
    throw new Error(
      `The license "${name}" has the parent ${parentLicenseId}, but no license has this id. Add one.`,
    );
  }
}
