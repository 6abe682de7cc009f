/** POST /api/licenses/add. */
import {
  rowsBehind,
  validate,
} from '../../../frameworks/aspnet-web-api/fluent-validation/validate.ts';
import {
  toResult,
  type ValidationFailure,
} from '../../../frameworks/aspnet-web-api/fluent-validation/validation-result.ts';
import { isJsonObject, type JsonObject } from '../../../messages/json.ts';
import type { Violation } from '../../../messages/message.ts';
import type { Handler, World } from '../../vendor.ts';
import { licenseRequest, type LicenseValues } from '../license-request.ts';
import { fillDefaults, licenses, nextLicenseId } from '../records.ts';
import type { AliceConfig } from '../scenario.ts';

/** Stores a license that breaks no rule. Either way, the answer is the validation result. ALICE-STORED. */
export const addLicense: Handler<AliceConfig> = async ({ body }, world) => {
  const sent = isJsonObject(body) ? body : {};
  const values = fillDefaults(sent);
  const failures = validate(licenseRequest, values, world.config.rules);
  const result = toResult(failures, world);
  if (failures.length > 0) {
    noteFailures(failures, sent, world);
    // The action returns the result even if it contains failures: ALICE-INVALID-STATUS.
    const status = Number(world.choose('ALICE-INVALID-STATUS'));
    return { status, body: result, violations: failures.map(toViolation) };
  }
  world.note('ALICE-STORED');
  if (hasEnded(values, world.now)) world.note('ALICE-EXPIRY');
  const id = await nextLicenseId(world);
  const created = new Date(world.now).toISOString();
  await world.in(licenses).insert({ ...values, id, created });
  return { status: 200, body: result };
};

function toViolation({ propertyName, errorCode, errorMessage }: ValidationFailure): Violation {
  return { in: 'body', path: [propertyName], keyword: errorCode ?? 'rule', message: errorMessage };
}

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
