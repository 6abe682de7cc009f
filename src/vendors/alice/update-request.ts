/** The class to which PUT api/licenses/{id} binds a request. Properties are in the order of the vendor's page. */
import { createModel, type Field } from '../../frameworks/aspnet-web-api/model.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import type { LicenseValues } from './license-request.ts';

/** The docs do not say which GUIDs and dates are nullable; this is inferred: ALICE-NULLABLE. */
const fields = [
  { name: 'LicenseId', type: 'guid', isList: false, isNullable: false },
  { name: 'LicenseName', type: 'text', isList: false, isNullable: true },
  { name: 'StartDate', type: 'date', isList: false, isNullable: true },
  { name: 'EndDate', type: 'date', isList: false, isNullable: true },
  { name: 'UserGroupId', type: 'guid', isList: false, isNullable: false },
  { name: 'OwnerId', type: 'guid', isList: false, isNullable: false },
  { name: 'AvailableSeats', type: 'int', isList: false, isNullable: false },
  { name: 'ContactPersonName', type: 'text', isList: false, isNullable: true },
  { name: 'ContactPhone', type: 'text', isList: false, isNullable: true },
  { name: 'ContactEmail', type: 'text', isList: false, isNullable: true },
  { name: 'Buffer', type: 'int', isList: false, isNullable: true },
  { name: 'Grade', type: 'text', isList: false, isNullable: true },
  { name: 'LicenseCategoryId', type: 'guid', isList: false, isNullable: true },
  { name: 'AllowableUserRoles', type: 'guid', isList: true, isNullable: true },
  { name: 'IsPaused', type: 'boolean', isList: false, isNullable: false },
  { name: 'SeatUserGroupIds', type: 'guid', isList: true, isNullable: true },
  { name: 'PrivilegedUserRoles', type: 'guid', isList: true, isNullable: true },
] as const satisfies readonly Field[];

export const updateRequest = createModel({
  name: 'UpdateLicenseRequest',
  namespace: 'Alice.Dto.Requests',
  fields,
});

/** Maps names of add to the names of an update, where they differ. */
const RENAMED: Readonly<Record<string, string>> = {
  Name: 'LicenseName',
  TargetUserGroupId: 'UserGroupId',
};

/** The update's name for a property of add's class. */
export function updateName(name: string): string {
  return RENAMED[name] ?? name;
}

/** Returns `before` with the values that an update can change. */
export function applyUpdate<L extends LicenseValues>(
  before: L,
  values: Readonly<Record<string, Json>>,
): L {
  const changed = Object.keys(before).flatMap((name) => {
    const field = updateRequest.find(updateName(name));
    return field ? [[name, values[field.name] ?? null] as const] : [];
  });
  return { ...before, ...Object.fromEntries(changed) };
}

/** The values that an update can change, under the update's names. */
export function readUpdatable(license: Readonly<Record<string, unknown>>): JsonObject {
  const values = Object.entries(license).filter(([name]) => updateRequest.find(updateName(name)));
  return Object.fromEntries(values.map(([name, value]) => [updateName(name), value as Json]));
}
