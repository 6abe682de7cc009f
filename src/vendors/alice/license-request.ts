/**
 * The class to which POST api/licenses/add binds a request. Properties are in the order of the vendor's page.
 * `license-request.test.ts` compares it with specs/alice.yaml.
 */
import { createModel, type Field } from '../../frameworks/aspnet-web-api/model.ts';
import type { Json } from '../../messages/json.ts';

/** The docs do not say which GUIDs and dates are nullable; this is inferred: ALICE-NULLABLE. */
const fields = [
  { name: 'Name', type: 'text', isList: false, isNullable: true },
  { name: 'StartDate', type: 'date', isList: false, isNullable: true },
  { name: 'EndDate', type: 'date', isList: false, isNullable: true },
  { name: 'TargetUserGroupId', type: 'guid', isList: false, isNullable: false },
  { name: 'SeatUserGroupIds', type: 'guid', isList: true, isNullable: true },
  { name: 'OwnerId', type: 'guid', isList: false, isNullable: false },
  { name: 'LicenseType', type: 'int', isList: false, isNullable: false },
  { name: 'AccessType', type: 'int', isList: false, isNullable: false },
  { name: 'AvailableSeats', type: 'int', isList: false, isNullable: false },
  { name: 'Isbns', type: 'text', isList: true, isNullable: true },
  { name: 'ContactPersonName', type: 'text', isList: false, isNullable: true },
  { name: 'ContactPhone', type: 'text', isList: false, isNullable: true },
  { name: 'ContactEmail', type: 'text', isList: false, isNullable: true },
  { name: 'CommentText', type: 'text', isList: false, isNullable: true },
  { name: 'Buffer', type: 'int', isList: false, isNullable: true },
  { name: 'Grade', type: 'text', isList: false, isNullable: true },
  { name: 'LicenseCategoryId', type: 'guid', isList: false, isNullable: true },
  { name: 'AllowableUserRoles', type: 'guid', isList: true, isNullable: true },
  { name: 'PrivilegedUserRoles', type: 'guid', isList: true, isNullable: true },
] as const satisfies readonly Field[];

type FieldName = (typeof fields)[number]['name'];

/** A license's value for each field. Dates have the form that `formatStored` writes. */
export type LicenseValues = Readonly<Record<FieldName, Json>>;

export const licenseRequest = createModel({
  name: 'LicenseRequest',
  namespace: 'Alice.Dto.Requests',
  fields,
});
