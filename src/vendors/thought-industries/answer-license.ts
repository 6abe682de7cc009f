/**
 * A license as the vendor answers it, with fields in the documented order. TI-NESTED-DEPTH: objects are shown down
 * to the second level (the client's courses); below that, every nullable object is null.
 */
import type { JsonObject } from '../../messages/json.ts';
import type { TiWorld } from './credentials.ts';
import { openLibrary, type Library } from './made-content/library.ts';
import { clients, licenses, newClient, type ClientRecord, type LicenseRecord } from './records.ts';
import { summarizeClient, summarizeLicense } from './summaries.ts';

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

/** The client as shown inside a license. */
async function answerClient(
  record: ClientRecord,
  library: Library,
  world: TiWorld,
): Promise<JsonObject> {
  const counts = countsIn(world);
  const listed = await newestLicenses(record, world);
  const client = {
    ...summarizeClient(record, world),
    ...(counts && { seatsAllocatedCount: await countSeats(record, counts, world) }),
  };
  const standard = await get(record.defaultLicenseId, world);
  const primary = standard && (!counts || counts(standard)) ? standard : undefined;
  if (record.seatsAllocated > 0) world.note('TI-CLIENT-COUNTS');
  if (primary?.expirationDate) world.note('TI-LICENSE-END-DATE');
  return {
    ...client,
    courses: await library.all('courseIds', record.courseIds),
    learningPaths: await library.all('learningPathIds', record.learningPathIds),
    courseTags: await library.all('courseTagIds', record.courseTagIds),
    // TI-LICENSE-END-DATE: a client's licenses can end on different days; the default license counts.
    licenseEndDate: primary?.expirationDate ?? null,
    primaryLicense: primary ? summarizeLicense(primary, client) : null,
    licenses: (counts ? listed.filter(counts) : listed).map((license) =>
      summarizeLicense(license, client),
    ),
  };
}

/** TI-CLIENT-LICENSES: lists only the newest licenses, because a client can have very many. */
async function newestLicenses(
  { newestLicenseId }: ClientRecord,
  world: TiWorld,
): Promise<readonly LicenseRecord[]> {
  const most = Number(world.choose('TI-CLIENT-LICENSES'));
  const found: LicenseRecord[] = [];
  let next = newestLicenseId;
  while (found.length < most) {
    const license = await get(next, world);
    if (!license) break;
    found.push(license);
    next = license.previousLicenseId;
  }
  return found;
}

type Counts = (license: LicenseRecord) => boolean;

/** TI-EXPIRED-LICENSES: undefined if expired licenses still count. */
function countsIn(world: TiWorld): Counts | undefined {
  if (world.choose('TI-EXPIRED-LICENSES') === 'kept') return undefined;
  const now = new Date(world.now).toISOString();
  return ({ expirationDate }) => expirationDate === null || expirationDate > now;
}

/** Reads every license of the client, because sums stored in advance cannot account for expiry. */
async function countSeats(
  { newestLicenseId }: ClientRecord,
  counts: Counts,
  world: TiWorld,
): Promise<number> {
  let seats = 0;
  for (let next = newestLicenseId; next !== null;) {
    const license = await get(next, world);
    if (!license) break;
    if (counts(license)) seats += license.seatsLimit ?? 0;
    next = license.previousLicenseId;
  }
  return seats;
}

async function get(id: string | null, world: TiWorld): Promise<LicenseRecord | undefined> {
  return id === null ? undefined : world.in(licenses).get(id);
}
