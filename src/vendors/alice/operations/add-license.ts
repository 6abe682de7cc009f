/** POST /api/licenses/add. */
import { isJsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { AliceConfig } from '../credentials.ts';
import type { LicenseValues } from '../../../frameworks/aspnet-web-api/model.ts';
import { fillDefaults, licenses, nextLicenseId } from '../records.ts';
import { rowsBehind } from '../rows-behind.ts';
import { validate } from '../../../frameworks/aspnet-web-api/fluent-validation/validate.ts';
import { toDescribedResult, toWireResult } from '../../../frameworks/aspnet-web-api/fluent-validation/validation-result.ts';

/** Stores a license that breaks no rule; the answer is the result of the validation either way. ALICE-STORED. */
export const addLicense: Handler<AliceConfig> = async ({ body }, world) => {
  const sent = isJsonObject(body) ? body : {};
  const values = fillDefaults(sent);
  const failures = validate(values, world.config.rules);
  const isDescribed = world.choose('ALICE-RESULT') === 'described';
  const result = isDescribed ? toDescribedResult(failures) : toWireResult(failures);
  if (failures.length > 0) {
    for (const row of rowsBehind(failures, sent)) world.note(row);
    // The action returns a result, whatever is in it: ALICE-INVALID-STATUS.
    return { status: Number(world.choose('ALICE-INVALID-STATUS')), body: result };
  }
  world.note('ALICE-STORED');
  if (hasEnded(values, world.now)) world.note('ALICE-EXPIRY');
  const id = await nextLicenseId(world);
  const created = new Date(world.now).toISOString();
  await world.in(licenses).insert({ ...values, id, created });
  return { status: 200, body: result };
};

/** ALICE-EXPIRY: such a license is taken like any other. */
function hasEnded({ EndDate }: LicenseValues, now: number): boolean {
  return typeof EndDate === 'string' && Date.parse(EndDate) < now;
}
