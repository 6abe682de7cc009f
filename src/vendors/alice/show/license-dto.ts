/** LicenseDto: a license as searches and the index show it. */
import type { JsonObject } from '../../../messages/json.ts';
import { madeGroup, madeRoleName, typeName, isbnsOf } from '../made-content.ts';
import type { License } from '../records.ts';
import { wireDate } from '../wire-date.ts';

/** `userIds` are the users who have a seat. */
export function showLicenseDto(
  license: License,
  account: string,
  userIds: readonly string[],
): JsonObject {
  const { LicenseType, AccessType, TargetUserGroupId, AllowableUserRoles } = license;
  const roles = Array.isArray(AllowableUserRoles) ? AllowableUserRoles.map(String) : [];
  return {
    AccountId: account,
    Id: license.id,
    Name: license.Name,
    AccessType,
    AccessTypeName: typeName('Access', Number(AccessType)),
    CategoryId: license.LicenseCategoryId,
    LicenseType,
    LicenseTypeName: typeName('License', Number(LicenseType)),
    CreatedAt: wireDate(license.created),
    ModifiedAt: wireDate(license.modified),
    StartDate: wireDate(license.StartDate),
    EndDate: wireDate(license.EndDate),
    AvailableSeats: license.AvailableSeats,
    IsDeleted: license.IsDeleted,
    IsPaused: license.IsPaused,
    CategoryName: license.categoryName,
    // Not nullable here, unlike in the requests: ALICE-NULLABLE.
    Buffer: license.Buffer ?? 0,
    Grade: license.Grade,
    UserGroupName: license.targetName,
    UserGroupType: 0,
    UserGroupTypeName: typeName('User group', 0),
    UserGroupIdentifier: madeGroup(String(TargetUserGroupId)).institutionNumber,
    UserIds: [...userIds],
    ProductIsbns: [...isbnsOf(license)],
    AllowableUserRoleIds: roles,
    AllowableUserRoleNames: roles.map(madeRoleName),
    PrivilegedUserRoleIds: license.PrivilegedUserRoles ?? [],
    UserGroupId: TargetUserGroupId,
    InstitutionsInMunicipality: [],
    AgreementStartDate: null,
    AgreementEndDate: null,
    SeatUserGroupIds: license.SeatUserGroupIds ?? [],
    LicenseCategoryTypeId: null,
    LicenseCategoryTypeName: null,
  };
}
