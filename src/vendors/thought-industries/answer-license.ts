/**
 * A license as the vendor answers it, with fields in the documented order. TI-NESTED-DEPTH: objects are shown down
 * to the second level (the client's courses); below that, every nullable object is null.
 */
import type { JsonObject } from '../../messages/json.ts';
import { answerClient } from './answer-client.ts';
import type { TiWorld } from './credentials.ts';
import { findById } from './find.ts';
import { readContent } from './made-content/library.ts';
import { clients, licenses, type ClientRecord, type LicenseRecord } from './records.ts';
import { summarizeClient, summarizeLicense } from './summaries.ts';

/** Ledger rows that every answered license depends on. */
const ROWS = ['TI-FIELD-ORDER', 'TI-MADE-CONTENT', 'TI-NESTED-DEPTH', 'TI-SAMPLE-ONLY-FIELDS'];

export async function answerLicense(license: LicenseRecord, world: TiWorld): Promise<JsonObject> {
  for (const row of ROWS) world.note(row);
  const client = await answerClient(await clientOf(license, world), world);
  return {
    ...summarizeLicense(license, client),
    client,
    childLicenses: await childrenOf(license, world),
    ...(await contentOf(license, world)),
    parentLicense: await parentOf(license, world),
  };
}

/** TI-LIST-DEPTH: in a list, a license has its tags, but neither its client nor other content. */
export async function answerListedLicense(
  license: LicenseRecord,
  client: JsonObject,
  world: TiWorld,
): Promise<JsonObject> {
  return {
    ...summarizeLicense(license, client),
    courseTags: await readContent('courseTagIds', license.courseTagIds, world),
  };
}

/** TI-PARENTS: the parent is shown with its children, this license among them. */
async function parentOf(
  { parentLicenseId }: LicenseRecord,
  world: TiWorld,
): Promise<JsonObject | null> {
  const parent = await findById(licenses, parentLicenseId, world);
  if (!parent) return null;
  const client = await summarizeClient(await clientOf(parent, world), world);
  return {
    ...summarizeLicense(parent, client),
    client,
    childLicenses: await childrenOf(parent, world),
    ...(await contentOf(parent, world)),
  };
}

export function findChildren(
  { id }: LicenseRecord,
  world: TiWorld,
): Promise<readonly LicenseRecord[]> {
  return world.in(licenses).find({ where: [{ field: 'parentLicenseId', equals: id }] });
}

async function childrenOf(license: LicenseRecord, world: TiWorld): Promise<JsonObject[]> {
  const summaries: JsonObject[] = [];
  for (const child of await findChildren(license, world)) {
    const client = await summarizeClient(await clientOf(child, world), world);
    summaries.push(summarizeLicense(child, client));
  }
  return summaries;
}

async function contentOf(license: LicenseRecord, world: TiWorld): Promise<JsonObject> {
  return {
    courses: await readContent('courseIds', license.courseIds, world),
    courseTags: await readContent('courseTagIds', license.courseTagIds, world),
    learningPaths: await readContent('learningPathIds', license.learningPathIds, world),
  };
}

/** The client of a license. Clients are never deleted. */
export async function clientOf(
  { clientId }: Pick<LicenseRecord, 'clientId'>,
  world: TiWorld,
): Promise<ClientRecord> {
  const client = await findById(clients, clientId, world);
  if (!client) throw new Error(`The client ${clientId} of a license is missing.`);
  return client;
}
