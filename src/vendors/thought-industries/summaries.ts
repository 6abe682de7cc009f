/** Licenses and clients without nested objects: the vendor's GraphQL types, with fields in the documented order. */
import type { JsonObject } from '../../messages/json.ts';
import type { TiWorld } from './credentials.ts';
import { makeClient } from './made-content/make-client.ts';
import type { ClientRecord, LicenseRecord } from './records.ts';

/** TI-FIELD-ORDER: after `client`, fields follow the order of the type. `client` gives the name of the school. */
export function summarizeLicense(license: LicenseRecord, client: JsonObject): JsonObject {
  return {
    id: license.id,
    name: license.name,
    label: license.label,
    sku: license.sku,
    client: null,
    accessDays: license.accessDays,
    appearance: null,
    childLicenses: null,
    courseIds: [...license.courseIds],
    courseTagIds: [...license.courseTagIds],
    courseTags: null,
    courses: null,
    createdAt: license.createdAt,
    dashboardLayoutId: null,
    enableBranding: license.enableBranding,
    expirationDate: license.expirationDate,
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
    schoolName: client['schoolName'] ?? null,
    seatsLimit: license.seatsLimit,
    updatedAt: license.updatedAt,
  };
}

/** TI-CLIENT-COUNTS: seats are the seats of its licenses, and none of them is taken. */
export function summarizeClient(record: ClientRecord, world: TiWorld): JsonObject {
  return {
    ...makeClient(record.id, record.given, world.faker(`client ${record.id}`)),
    courseIds: [...record.courseIds],
    learningPathIds: [...record.learningPathIds],
    courseTagIds: [...record.courseTagIds],
    seatsAllocatedCount: record.seatsAllocated,
  };
}
