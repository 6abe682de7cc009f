/** PUT /api/licenses/{id}. */
import { parseGuid } from '../../../frameworks/aspnet-web-api/values/guid.ts';
import {
  rowsBehind,
  validate,
  type Rule,
} from '../../../frameworks/aspnet-web-api/fluent-validation/validate.ts';
import {
  toResult,
  toViolation,
  type ValidationFailure,
} from '../../../frameworks/aspnet-web-api/fluent-validation/validation-result.ts';
import { defaultOf } from '../../../frameworks/aspnet-web-api/model.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../messages/json.ts';
import type { Reply } from '../../../messages/message.ts';
import type { Handler, World } from '../../vendor.ts';
import { apiResponse } from '../envelopes.ts';
import { withPrevious } from '../index-lag.ts';
import { findLicense, type License } from '../records.ts';
import type { AliceConfig } from '../scenario.ts';
import { capacityOf } from '../seats.ts';
import { replaceLicense } from '../store-license.ts';
import { invalidStatus, UNKNOWN_LICENSE, unknownLicenseStatus } from '../statuses.ts';
import { applyUpdate, readUpdatable, updateName, updateRequest } from '../update-request.ts';

/** Stores an update that breaks no rule. */
export const updateLicense: Handler<AliceConfig> = async ({ route, body }, world) => {
  const sent = isJsonObject(body) ? body : {};
  const id = readId(route.parameters['id'], sent, world);
  const license = await findLicense(id, world);
  if (!license) {
    const failure = failureOf('LicenseId', UNKNOWN_LICENSE, id);
    return answer([failure], unknownLicenseStatus(world), world);
  }
  const values = fillMissing(sent, license, world);
  const failures = [
    ...validate(updateRequest, values, rulesOf(world.config.rules)),
    ...checkSeats(license, values, world),
  ];
  if (failures.length > 0) {
    for (const row of rowsBehind(failures, updateRequest)) world.note(row);
    world.note('ALICE-RULES');
    return answer(failures, invalidStatus(world), world);
  }
  const modified = new Date(world.now).toISOString();
  const { IsPaused } = values;
  const updated = { ...applyUpdate(license, values), IsPaused: IsPaused === true, modified };
  await replaceLicense(withPrevious(updated, license, world), world);
  return answer([], 200, world);
};

/** ALICE-UPDATE-ANSWER. */
function answer(
  failures: readonly ValidationFailure[],
  status: number,
  world: World<AliceConfig>,
): Reply {
  const isResult = world.choose('ALICE-UPDATE-ANSWER') === 'validation-result';
  const messages = failures.map(({ errorMessage }) => errorMessage);
  const body = isResult ? toResult(failures, world) : apiResponse(null, messages);
  return { status, body, violations: failures.map(toViolation) };
}

/** ALICE-UPDATE-ID: which of two ids counts. */
function readId(
  inPath: string | undefined,
  { LicenseId }: JsonObject,
  world: World<AliceConfig>,
): string {
  const id = parseGuid(inPath ?? '') ?? '';
  if (LicenseId === undefined || LicenseId === id) return id;
  if (world.choose('ALICE-UPDATE-ID') === 'body') return parseGuid(String(LicenseId)) ?? '';
  const message = `LicenseId is ${JSON.stringify(LicenseId)}, and the path says ${id}; the path counts.`;
  world.warn({ in: 'body', path: ['LicenseId'], keyword: 'const', message });
  return id;
}

/** ALICE-PARTIAL-UPDATE: a property that is left out gets its default, or stays as it was. */
function fillMissing(sent: JsonObject, license: License, world: World<AliceConfig>): JsonObject {
  const missing = updateRequest.fields.filter(
    ({ name }) => !Object.hasOwn(sent, name) && name !== 'LicenseId',
  );
  const isKept = missing.length > 0 && world.choose('ALICE-PARTIAL-UPDATE') === 'kept';
  const stored = isKept ? readUpdatable(license) : {};
  for (const field of isKept ? [] : missing) {
    const message = `${field.name} is left out; the vendor then stores ${JSON.stringify(defaultOf(field))}.`;
    world.warn({ in: 'body', path: [field.name], keyword: 'rule', message });
  }
  return Object.fromEntries(
    updateRequest.fields.map((field): [string, Json] => [
      field.name,
      (Object.hasOwn(sent, field.name) ? sent : stored)[field.name] ?? defaultOf(field),
    ]),
  );
}

/** The rules of add with the property names of an update. `validate` skips rules of other properties. */
function rulesOf(rules: readonly Rule[]): readonly Rule[] {
  return rules.map((rule) => ({ ...rule, property: updateName(rule.property) }));
}

/** ALICE-SEATS-BELOW-TAKEN. */
function checkSeats(
  { taken }: License,
  { AvailableSeats = 0, Buffer = null }: JsonObject,
  world: World<AliceConfig>,
): readonly ValidationFailure[] {
  const isBelow = taken > 0 && capacityOf({ AvailableSeats, Buffer }, world) < taken;
  if (!isBelow || world.choose('ALICE-SEATS-BELOW-TAKEN') === 'kept') return [];
  const message = `'Available Seats' must be greater than or equal to '${taken}'.`;
  return [failureOf('AvailableSeats', message, AvailableSeats)];
}

/** A failure that does not come from a validator. */
function failureOf(propertyName: string, errorMessage: string, value: Json): ValidationFailure {
  return {
    propertyName,
    errorMessage,
    attemptedValue: value,
    errorCode: null,
    placeholders: null,
    resourceName: null,
  };
}
