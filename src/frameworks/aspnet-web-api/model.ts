/**
 * The class that the action binds a request to, property by property in the order of the vendor's page.
 * `license-fields.test.ts` holds it against specs/alice.yaml.
 */
import type { Json } from '../../messages/json.ts';

/** string, Int32, Guid, DateTime. */
export type FieldType = 'text' | 'int' | 'guid' | 'date';

export type Field = {
  readonly name: FieldName;
  /** For a list the type of its items. */
  readonly type: FieldType;
  readonly isList: boolean;
  /** Which of the GUIDs and dates are nullable is inferred: ALICE-NULLABLE. */
  readonly isNullable: boolean;
};

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
] as const;

export type FieldName = (typeof fields)[number]['name'];

/** What a license holds: a value for each field. Dates are as `formatStored` writes them. */
export type LicenseValues = Readonly<Record<FieldName, Json>>;

export const licenseFields: readonly Field[] = fields;

export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

const byName = new Map<string, Field>(licenseFields.map((field) => [field.name, field]));
const byLowerName = new Map<string, Field>(
  licenseFields.map((field) => [field.name.toLowerCase(), field]),
);

/** The field of exactly this name. */
export function findField(name: string): Field | undefined {
  return byName.get(name);
}

/** The field of this name in any letter case. */
export function findFieldIgnoringCase(name: string): Field | undefined {
  return byName.get(name) ?? byLowerName.get(name.toLowerCase());
}

/** What .NET gives a property that a request does not set. */
export function defaultOf(field: Field): Json {
  if (field.isNullable) return null;
  return field.type === 'int' ? 0 : EMPTY_GUID;
}
