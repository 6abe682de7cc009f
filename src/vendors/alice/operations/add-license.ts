/** POST /api/licenses/add. */
import {
  rowsBehind,
  validate,
} from '../../../frameworks/aspnet-web-api/fluent-validation/validate.ts';
import {
  toResult,
  toViolation,
  type ValidationFailure,
} from '../../../frameworks/aspnet-web-api/fluent-validation/validation-result.ts';
import { isJsonObject, type JsonObject } from '../../../messages/json.ts';
import type { Handler, World } from '../../vendor.ts';
import { licenseRequest, type LicenseValues } from '../license-request.ts';
import { fillDefaults, nextLicense } from '../records.ts';
import type { AliceConfig } from '../scenario.ts';
import { invalidStatus } from '../statuses.ts';
import { insertLicense } from '../store-license.ts';

/** Stores a license that breaks no rule. Either way, the answer is the validation result. ALICE-STORED. */
export const addLicense: Handler<AliceConfig> = async ({ body }, world) => {
  const sent = isJsonObject(body) ? body : {};
  const values = fillDefaults(sent);
  const failures = validate(licenseRequest, values, world.config.rules);
  const result = toResult(failures, world);
  if (failures.length > 0) {
    noteFailures(failures, sent, world);
    return { status: invalidStatus(world), body: result, violations: failures.map(toViolation) };
  }
  world.note('ALICE-STORED');
  if (hasEnded(values, world.now)) world.note('ALICE-EXPIRY');
  const ids = await nextLicense(world);
  const created = new Date(world.now).toISOString();
  const fresh = { created, modified: null, IsPaused: false, IsDeleted: false, taken: 0 };
  await insertLicense({ ...values, ...ids, ...fresh }, world);
  return { status: 200, body: result };
};

/** `sent` is the license before missing properties got their defaults. */
function noteFailures(
  failures: readonly ValidationFailure[],
  sent: JsonObject,
  world: World<AliceConfig>,
): void {
  for (const row of rowsBehind(failures, licenseRequest)) world.note(row);
  world.note('ALICE-RULES');
  for (const { propertyName } of failures) {
    const isLeftOut = !Object.hasOwn(sent, propertyName);
    if (isLeftOut && licenseRequest.find(propertyName)?.isNullable === false) {
      world.note('ALICE-NULLABLE');
    }
  }
}

/** ALICE-EXPIRY: a license that has ended is accepted like any other. */
function hasEnded({ EndDate }: LicenseValues, now: number): boolean {
  return typeof EndDate === 'string' && Date.parse(EndDate) < now;
}
