/** What Alice's search shows, as a section of a scenario. Owners and contacts are not in it. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { PullPart } from '../vendor.ts';

const PAGE_SIZE = 100;

/** Names in the section, and those in a search. */
const FIELDS: Readonly<Record<string, string>> = {
  id: 'Id',
  created: 'CreatedAt',
  modified: 'ModifiedAt',
  Name: 'Name',
  StartDate: 'StartDate',
  EndDate: 'EndDate',
  TargetUserGroupId: 'UserGroupId',
  SeatUserGroupIds: 'SeatUserGroupIds',
  LicenseType: 'LicenseType',
  AccessType: 'AccessType',
  AvailableSeats: 'AvailableSeats',
  Isbns: 'ProductIsbns',
  Buffer: 'Buffer',
  Grade: 'Grade',
  LicenseCategoryId: 'CategoryId',
  AllowableUserRoles: 'AllowableUserRoleIds',
  PrivilegedUserRoles: 'PrivilegedUserRoleIds',
  IsPaused: 'IsPaused',
  IsDeleted: 'IsDeleted',
  UserIds: 'UserIds',
};

export const pull: PullPart = {
  async read(ask) {
    const found = new Map<Json, JsonObject>();
    // The first index is 0 or 1 (ALICE-PAGE-INDEX): the answer says which.
    for (let index = 0; ; index += 1) {
      const body = await ask({
        method: 'POST',
        path: '/api/licenses',
        body: { PageIndex: index, PageSize: PAGE_SIZE },
      });
      const {
        Data: data,
        Total: total = 0,
        PageIndex: shown = index,
      } = isJsonObject(body) ? body : {};
      const rows = Array.isArray(data) ? data.filter(isJsonObject) : [];
      for (const row of rows) found.set(row['Id'] ?? null, row);
      if (rows.length === 0 || found.size >= Number(total)) break;
      index = Number(shown);
    }
    return { licenses: [...found.values()].map(toEntry) };
  },
  // They name products that everybody can buy.
  kept: ['licenses[].Isbns[]'],
};

function toEntry(row: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(FIELDS).flatMap(([name, from]): [string, Json][] => {
      const value = row[from];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}
