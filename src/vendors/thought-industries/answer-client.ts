/**
 * A client as the vendor answers it, with fields in the documented order. TI-LIST-DEPTH: in a list, a client has its tags
 * and its default license, but no content and no licenses.
 */
import type { JsonObject } from '../../messages/json.ts';
import type { TiWorld } from './credentials.ts';
import { findById } from './find.ts';
import { readContent } from './made-content/library.ts';
import { licenses, uniqueTexts, type ClientRecord, type LicenseRecord } from './records.ts';
import { summarizeClient, summarizeLicense } from './summaries.ts';

/** Ledger rows that every answered client depends on. */
export const clientRows = ['TI-FIELD-ORDER', 'TI-MADE-CONTENT', 'TI-NESTED-DEPTH'];

export async function answerClient(record: ClientRecord, world: TiWorld): Promise<JsonObject> {
  const counts = countsIn(world);
  const listed = await newestLicenses(record, world);
  const client = {
    ...(await listClient(record, world, counts)),
    ...(counts && { seatsAllocatedCount: await countSeats(record, counts, world) }),
  };
  if (record.seatsAllocated > 0) world.note('TI-CLIENT-COUNTS');
  return {
    ...client,
    courses: await readContent('courseIds', record.courseIds, world),
    learningPaths: await readContent('learningPathIds', record.learningPathIds, world),
    licenses: (counts ? listed.filter(counts) : listed).map((license) =>
      summarizeLicense(license, client),
    ),
  };
}

export async function answerListedClient(
  record: ClientRecord,
  world: TiWorld,
): Promise<JsonObject> {
  return listClient(record, world, countsIn(world));
}

async function listClient(
  record: ClientRecord,
  world: TiWorld,
  counts: Counts | undefined,
): Promise<JsonObject> {
  const client = await summarizeClient(record, world);
  const standard = await findById(licenses, record.defaultLicenseId, world);
  const primary = standard && (!counts || counts(standard)) ? standard : undefined;
  if (primary?.expirationDate) world.note('TI-LICENSE-END-DATE');
  const purchasable = uniqueTexts(client['purchasableTagIds']);
  return {
    ...client,
    courseTags: await readContent('courseTagIds', record.courseTagIds, world),
    purchasableTags: await readContent('courseTagIds', purchasable, world),
    tags: await readContent('courseTagIds', record.tagIds, world),
    // TI-LICENSE-END-DATE: a client's licenses can end on different days; the default license counts.
    licenseEndDate: record.given['licenseEndDate'] ?? primary?.expirationDate ?? null,
    primaryLicense: primary ? summarizeLicense(primary, client) : null,
  };
}

/** TI-CLIENT-LICENSES: lists only the newest licenses, because a client can have very many. */
async function newestLicenses(
  { id }: ClientRecord,
  world: TiWorld,
): Promise<readonly LicenseRecord[]> {
  const limit = Number(world.choose('TI-CLIENT-LICENSES'));
  return world.in(licenses).find({
    where: [{ field: 'clientId', equals: id }],
    sort: { field: 'number', direction: 'descending' },
    limit,
  });
}

type Counts = (license: LicenseRecord) => boolean;

/** TI-EXPIRED-LICENSES: undefined if expired licenses still count. */
function countsIn(world: TiWorld): Counts | undefined {
  if (world.choose('TI-EXPIRED-LICENSES') === 'kept') return undefined;
  return (license) => !hasExpired(license, world);
}

export function hasExpired({ expirationDate }: LicenseRecord, { now }: TiWorld): boolean {
  return expirationDate !== null && Date.parse(expirationDate) <= now;
}

/** Reads every license of the client, because sums stored in advance cannot account for expiry. */
async function countSeats({ id }: ClientRecord, counts: Counts, world: TiWorld): Promise<number> {
  const found = await world.in(licenses).find({ where: [{ field: 'clientId', equals: id }] });
  return found.filter(counts).reduce((seats, { seatsLimit }) => seats + (seatsLimit ?? 0), 0);
}
