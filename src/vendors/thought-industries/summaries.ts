/** Licenses and clients without the objects in them: the vendor's GraphQL types in the documented order of fields. */
import type { Json, JsonObject } from '../../messages/json.ts';
import { makeLasting } from '../../messages/lasting-part.ts';
import type { TiWorld } from './credentials.ts';
import { makeOnce } from './made-content/cache.ts';
import { makeClient } from './made-content/make-client.ts';
import type { ClientRecord, LicenseRecord } from './records.ts';
import { seatsUsedBy } from './seats.ts';

/** Of the licenses that were shown last: an answer shows the newest ones of a client again and again. */
const shown = new Map<LicenseRecord, JsonObject>();
/** Each takes about 2 KB of memory. */
const MAX_SHOWN = 5_000;

/** TI-FIELD-ORDER: after `enableBranding` the order is that of the type. `client` gives the name of the school. */
export function summarizeLicense(license: LicenseRecord, client: JsonObject): JsonObject {
  const schoolName = client['schoolName'] ?? null;
  // A license that changes is another record.
  const known = shown.get(license);
  if (known && known['schoolName'] === schoolName) return known;
  const summary = makeLasting(toSummary(license, schoolName));
  shown.set(license, summary);
  if (shown.size > MAX_SHOWN) {
    const [oldest] = shown.keys();
    if (oldest) shown.delete(oldest);
  }
  return summary;
}

function toSummary(license: LicenseRecord, schoolName: Json): JsonObject {
  return {
    id: license.id,
    name: license.name,
    label: license.label,
    sku: license.sku,
    client: null,
    createdAt: license.createdAt,
    updatedAt: license.updatedAt,
    accessDays: license.accessDays,
    expirationDate: license.expirationDate,
    seatsLimit: license.seatsLimit,
    dashboardLayoutId: null,
    enableBranding: license.enableBranding,
    appearance: null,
    childLicenses: null,
    courseIds: [...license.courseIds],
    courseTagIds: [...license.courseTagIds],
    courseTags: null,
    courses: null,
    isDefault: license.isDefault,
    learningPathIds: [...license.learningPathIds],
    learningPaths: null,
    parentLicense: null,
    parentLicenseId: license.parentLicenseId,
    ref1: license.ref1,
    ref2: license.ref2,
    ref3: license.ref3,
    ref4: license.ref4,
    ref5: license.ref5,
    ref6: license.ref6,
    ref7: license.ref7,
    ref8: license.ref8,
    ref9: license.ref9,
    ref10: license.ref10,
    schoolName,
  };
}

/** TI-CLIENT-COUNTS: allocated seats are those of its licenses; used seats are those that its learners have. */
export async function summarizeClient(record: ClientRecord, world: TiWorld): Promise<JsonObject> {
  const { id, given } = record;
  return {
    ...makeOnce('client', { id, given }, makeClient, world),
    courseIds: [...record.courseIds],
    learningPathIds: [...record.learningPathIds],
    courseTagIds: [...record.courseTagIds],
    seatsAllocatedCount: record.seatsAllocated,
    seatsUsedCount: await seatsUsedBy(record, world),
  };
}
