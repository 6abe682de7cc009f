/** A client as it stands inside a license's answer. */
import type { JsonObject } from '../vendor.ts';
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
  const client = summarizeClient(record, world);
  const primary = await get(record.defaultLicenseId, world);
  return {
    ...client,
    courses: await library.all('courseIds', record.courseIds),
    learningPaths: await library.all('learningPathIds', record.learningPathIds),
    courseTags: await library.all('courseTagIds', record.courseTagIds),
    // TI-LICENSE-END-DATE: a client's licenses can end on different days; its default one counts.
    licenseEndDate: primary?.expirationDate ?? null,
    primaryLicense: primary ? summarizeLicense(primary, client) : null,
    licenses: (await newestLicenses(record, world)).map((license) =>
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

async function get(id: string | null, world: TiWorld): Promise<LicenseRecord | undefined> {
  return id === null ? undefined : world.in(licenses).get(id);
}
