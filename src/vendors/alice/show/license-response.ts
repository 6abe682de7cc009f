/** GetLicenseResponse. The docs show it up to ProductGroup; the rest is inferred: ALICE-LICENSE-RESPONSE. */
import { EMPTY_GUID } from '../../../frameworks/aspnet-web-api/model.ts';
import type { JsonObject } from '../../../messages/json.ts';
import { isbnsOf, madeGroup, madeId, madeProductName, typeName } from '../made-content.ts';
import type { License } from '../records.ts';
import { wireDate } from '../wire-date.ts';

export function showLicenseResponse(license: License): JsonObject {
  return {
    Id: license.id,
    LicenseName: license.Name,
    ContactEmail: license.ContactEmail,
    ContactPersonName: license.ContactPersonName,
    ContactPhone: license.ContactPhone,
    UserGroup: showUserGroup(String(license.TargetUserGroupId)),
    Owner: showOwner(license),
    ProductGroup: showProductGroup(license),
    LicenseType: license.LicenseType,
    AccessType: license.AccessType,
    StartDate: wireDate(license.StartDate),
    EndDate: wireDate(license.EndDate),
    AvailableSeats: license.AvailableSeats,
    Buffer: license.Buffer,
    Grade: license.Grade,
    LicenseCategoryId: license.LicenseCategoryId,
    AllowableUserRoles: license.AllowableUserRoles,
    PrivilegedUserRoles: license.PrivilegedUserRoles,
    SeatUserGroupIds: license.SeatUserGroupIds,
    IsPaused: license.IsPaused,
  };
}

function showUserGroup(id: string): JsonObject {
  const group = madeGroup(id);
  return {
    Id: id,
    Name: group.name,
    UserGroupType: 0,
    InstitutionNumber: group.institutionNumber,
    CommuneNumber: group.communeNumber,
    ZipCode: group.zipCode,
    City: group.municipality,
    Email: group.email,
    HasWs17Agreement: false,
    LastSynchonized: null,
  };
}

function showOwner({ OwnerId, ownerName, TargetUserGroupId }: License): JsonObject | null {
  if (OwnerId === EMPTY_GUID) return null;
  return {
    Id: OwnerId,
    Name: ownerName,
    Uvmid: null,
    UserGroupId: TargetUserGroupId,
    Type: 0,
    TypeName: null,
  };
}

function showProductGroup(license: License): JsonObject | null {
  const isbns = isbnsOf(license);
  if (isbns.length === 0) return null;
  return {
    Id: madeId('product-group', license.id),
    Name: license.productName,
    ProductGroupType: 0,
    Products: isbns.map(showProduct),
  };
}

function showProduct(isbn: string): JsonObject {
  return {
    ProductId: madeId('product', isbn),
    ProductName: madeProductName(isbn),
    Isbn: isbn,
    ProductKey: isbn,
    IsActive: true,
    Imprint: null,
    ProductGroupDictionary: null,
    Topic: null,
  };
}

/** A row of a search in a user's structure. ALICE-USER-SEARCH. */
export function showUserLicense(
  license: License,
  isbn: string | null,
  isActive: boolean,
): JsonObject {
  return {
    Id: license.id,
    ProductName: isbn === null ? null : madeProductName(isbn),
    Isbn: isbn,
    StartDate: wireDate(license.StartDate),
    EndDate: wireDate(license.EndDate),
    Topic: null,
    TopicName: null,
    AccessType: license.AccessType,
    AccessTypeName: typeName('Access', Number(license.AccessType)),
    LicenseType: license.LicenseType,
    LicenseTypeName: typeName('License', Number(license.LicenseType)),
    IsActive: isActive,
    SubscriptionNumber: null,
  };
}
