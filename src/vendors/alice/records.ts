/** A license as it is stored. */
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

/** Returns every property of the class; properties that were not set have .NET's default. */
export function fillDefaults(values: JsonObject): LicenseValues {
  return Object.fromEntries(
    licenseRequest.fields.map((field) => [field.name, values[field.name] ?? defaultOf(field)]),
  ) as LicenseValues;
}

/** Returns a GUID that no license has. It follows from the sandbox's seed and the number of licenses made before. */
export async function nextLicenseId(world: World<unknown>): Promise<string> {
  const records = world.in(licenses);
  for (;;) {
    const number = await records.nextId();
    const id = world.faker(`${licenses.name}/${number}`).string.uuid();
    // A license imported from another sandbox with the same seed may have this id.
    if (!(await records.get(id))) return id;
  }
}
