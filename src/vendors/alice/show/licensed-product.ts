/** Answers of the platform API: whether a user is licensed, and the user's titles. */
import type { JsonObject } from '../../../messages/json.ts';
import type { Asking, Obstacle } from '../access.ts';
import { typeName } from '../made-content.ts';
import type { License } from '../records.ts';
import { wireDate } from '../wire-date.ts';

/** The vendor's own messages are unknown: ALICE-ACCESS-ANSWER. */
const MESSAGES: Readonly<Record<Obstacle, string>> = {
  'no-license': 'The user has no license for this product.',
  'no-seat': 'All seats of the license are taken.',
  'not-started': 'The license has not started.',
  ended: 'The license has ended.',
  paused: 'The license is paused.',
};

/** LicenseBaseResponse. */
export function showAccess({ id, user }: Asking, found: License | Obstacle): JsonObject {
  const license = typeof found === 'string' ? undefined : found;
  return {
    IsValid: license !== undefined,
    Message: typeof found === 'string' ? MESSAGES[found] : null,
    InstitutionId: license ? license.TargetUserGroupId : null,
    InstitutionName: license ? license.targetName : null,
    LicenseType: license?.LicenseType ?? 0,
    AccessType: license?.AccessType ?? 0,
    ClassName: user?.className ?? null,
    GradeLevel: user?.gradeLevel ?? null,
    UserId: id,
    UserType: user?.type ?? 0,
  };
}

/** GetLicensedProductResponse. Access lasts from the first start to the last end; null means unlimited. */
export function showProduct(
  isbn: string,
  licenses: readonly License[],
  includeLicenses: boolean,
): JsonObject {
  const starts = licenses.map(({ StartDate }) => StartDate);
  const ends = licenses.map(({ EndDate }) => EndDate);
  return {
    Isbn: isbn,
    ProductAccessStartDate: wireDate(starts.includes(null) ? null : (sortDates(starts)[0] ?? null)),
    ProductAccessEndDate: wireDate(ends.includes(null) ? null : (sortDates(ends).at(-1) ?? null)),
    Licenses: includeLicenses ? licenses.map(showProductLicense) : [],
  };
}

function sortDates(dates: readonly unknown[]): readonly string[] {
  return dates.map(String).toSorted((one, other) => Date.parse(one) - Date.parse(other));
}

/** ProductLicenseDto. ALICE-PRODUCTS. */
function showProductLicense(license: License): JsonObject {
  return {
    Id: license.id,
    LicenseTypeId: license.LicenseType,
    LicenseTypeName: typeName('License', Number(license.LicenseType)),
    StartDate: wireDate(license.StartDate),
    EndDate: wireDate(license.EndDate),
    AvailableSeats: license.AvailableSeats,
    TakenSeats: license.taken,
    LicenseCategoryId: license.LicenseCategoryId,
    LicenseCategoryName: license.categoryName,
    LicenseCategoryTypeId: null,
    LicenseCategoryTypeName: null,
    AgreementStartDate: null,
    AgreementEndDate: null,
  };
}
