/** What the vendor keeps of a license. */
import { defaultOf } from '../../frameworks/aspnet-web-api/model.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { Collection } from '../../store/store.ts';
import type { World } from '../vendor.ts';
import { licenseRequest, type LicenseValues } from './license-request.ts';

export type License = LicenseValues & {
  /** A GUID, made from a counter. */
  readonly id: string;
  /** ISO 8601. */
  readonly created: string;
};

export const licenses: Collection<License> = { name: 'alice.licenses', key: 'id', indexes: [] };

/** Every property of the class, those that were not set with .NET's default. */
export function fillDefaults(values: JsonObject): LicenseValues {
  return Object.fromEntries(
    licenseRequest.fields.map((field) => [field.name, values[field.name] ?? defaultOf(field)]),
  ) as LicenseValues;
}

/** A GUID that no license has yet, the same for the same sandbox seed and number of licenses made before. */
export async function nextLicenseId(world: World<unknown>): Promise<string> {
  const records = world.in(licenses);
  for (;;) {
    const number = await records.nextId();
    const id = world.faker(`${licenses.name}/${number}`).string.uuid();
    // An imported license may have it, made in another sandbox from the same seed.
    if (!(await records.get(id))) return id;
  }
}
