/** GET /api/licenses/{id} and GET /api/licenseDtoIndex/{id}. */
import { parseGuid } from '../../../frameworks/aspnet-web-api/values/guid.ts';
import type { Handler, World } from '../../vendor.ts';
import { accountOf } from '../credentials.ts';
import { apiResponse, indexResponse, ok } from '../envelopes.ts';
import { findIndexed } from '../index-lag.ts';
import { findEvenDeleted, findLicense, type License } from '../records.ts';
import type { AliceConfig } from '../scenario.ts';
import { holdersOf } from '../seats.ts';
import { showLicenseDto } from '../show/license-dto.ts';
import { showLicenseResponse } from '../show/license-response.ts';
import { UNKNOWN_LICENSE, unknownLicenseStatus } from '../statuses.ts';

export const getLicense: Handler<AliceConfig> = async ({ route }, world) => {
  const license = await findLicense(parseGuid(route.parameters['id'] ?? ''), world);
  if (!license) return ok(apiResponse(null, [UNKNOWN_LICENSE]), unknownLicenseStatus(world));
  world.note('ALICE-LICENSE-RESPONSE');
  return ok(apiResponse(showLicenseResponse(license)));
};

export const getLicenseIndex: Handler<AliceConfig> = async ({ route }, world) => {
  const found = await findEvenDeleted(parseGuid(route.parameters['id'] ?? ''), world);
  const license = found && !isHidden(found, world) && findIndexed(found, world);
  if (!license) return ok(indexResponse(null, [UNKNOWN_LICENSE]), unknownLicenseStatus(world));
  const holders = await holdersOf(license, world);
  return ok(indexResponse(showLicenseDto(license, accountOf(world), holders)));
};

/** ALICE-DELETED: whether the index has deleted licenses. */
function isHidden({ IsDeleted }: License, { choose }: World<AliceConfig>): boolean {
  return IsDeleted && choose('ALICE-DELETED') === 'hidden';
}
