/**
 * A license as the vendor answers it, fields in the documented order. TI-NESTED-DEPTH: objects are there down
 * to the second level (the courses of the client); below it, those that may be null are.
 */
import type { JsonObject } from '../../messages/json.ts';
import { answerClient, summarizeClient } from './answer-client.ts';
import type { TiWorld } from './config.ts';
import { openLibrary, type Library } from './library.ts';
import { clients, licenses, newClient, type ClientRecord, type LicenseRecord } from './records.ts';
import { summarizeLicense } from './summarize-license.ts';

export async function answerLicense(license: LicenseRecord, world: TiWorld): Promise<JsonObject> {
  const library = openLibrary(world);
  const client = await answerClient(await clientOf(license, world), library, world);
  return {
    ...summarizeLicense(license, client),
    client,
    childLicenses: await childrenOf(license, world),
    ...(await contentOf(license, library)),
    parentLicense: await parentOf(license, library, world),
  };
}

/** TI-PARENTS: the parent is shown with its children, this license among them. */
async function parentOf(
  { parentLicenseId }: LicenseRecord,
  library: Library,
  world: TiWorld,
): Promise<JsonObject | null> {
  const parent =
    parentLicenseId === null ? undefined : await world.in(licenses).get(parentLicenseId);
  if (!parent) return null;
  const client = summarizeClient(await clientOf(parent, world), world);
  return {
    ...summarizeLicense(parent, client),
    client,
    childLicenses: await childrenOf(parent, world),
    ...(await contentOf(parent, library)),
  };
}

async function childrenOf({ id }: LicenseRecord, world: TiWorld): Promise<JsonObject[]> {
  const children = await world.in(licenses).find({
    where: [{ field: 'parentLicenseId', equals: id }],
    sort: { field: 'number', direction: 'ascending' },
  });
  const summaries: JsonObject[] = [];
  for (const child of children) {
    const client = summarizeClient(await clientOf(child, world), world);
    summaries.push(summarizeLicense(child, client));
  }
  return summaries;
}

async function contentOf(license: LicenseRecord, library: Library): Promise<JsonObject> {
  return {
    courses: await library.all('courseIds', license.courseIds),
    courseTags: await library.all('courseTagIds', license.courseTagIds),
    learningPaths: await library.all('learningPathIds', license.learningPathIds),
  };
}

async function clientOf({ clientId }: LicenseRecord, world: TiWorld): Promise<ClientRecord> {
  return (await world.in(clients).get(clientId)) ?? newClient(clientId, {});
}
