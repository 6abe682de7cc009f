/** A client as it stands inside a license's answer. */
import type { JsonObject } from '../../messages/json.ts';
import type { TiWorld } from './config.ts';
import type { Library } from './library.ts';
import { makeClient } from './make-client.ts';
import { licenses, type ClientRecord, type LicenseRecord } from './records.ts';
import { summarizeLicense } from './summarize-license.ts';

export async function answerClient(
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
    // TI-LICENSE-END-DATE: a client's licenses can end on different days; its default one counts.
    licenseEndDate: primary?.expirationDate ?? null,
    primaryLicense: primary ? summarizeLicense(primary, client) : null,
    licenses: (counts ? listed.filter(counts) : listed).map((license) =>
      summarizeLicense(license, client),
    ),
  };
}

/** Without the objects in it. TI-CLIENT-COUNTS: seats are those of its licenses; nobody has taken one. */
export function summarizeClient(record: ClientRecord, world: TiWorld): JsonObject {
  return {
    ...makeClient(record.id, record.given, world.faker(`client ${record.id}`)),
    courseIds: [...record.courseIds],
    learningPathIds: [...record.learningPathIds],
    courseTagIds: [...record.courseTagIds],
    seatsAllocatedCount: record.seatsAllocated,
  };
}

/** TI-CLIENT-LICENSES: a client can have very many, so that an answer lists the newest only. */
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

/** TI-EXPIRED-LICENSES: undefined where an expired license still counts. */
function countsIn(world: TiWorld): Counts | undefined {
  if (world.choose('TI-EXPIRED-LICENSES') === 'kept') return undefined;
  const now = new Date(world.now).toISOString();
  return ({ expirationDate }) => expirationDate === null || expirationDate > now;
}

/** Looks at every license of the client: what expires cannot be summed up before. */
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
