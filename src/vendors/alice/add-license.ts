/** POST /api/licenses/add. */
import type { Handler, JsonObject } from '../vendor.ts';
import type { AliceConfig } from './config.ts';
import { fillDefaults, licenses, nextLicenseId } from './licenses.ts';
import { validate } from './rules.ts';
import { toDescribedResult, toWireResult } from './validation-result.ts';

/** Stores a license that breaks no rule; the answer is the result of the validation either way. ALICE-STORED. */
export const addLicense: Handler<AliceConfig> = async ({ body }, world) => {
  const values = fillDefaults(isObject(body) ? body : {});
  const failures = validate(values, world.config.rules);
  const isDescribed = world.choose('ALICE-RESULT') === 'described';
  const result = isDescribed ? toDescribedResult(failures) : toWireResult(failures);
  if (failures.length > 0) {
    world.note('ALICE-LIBRARY');
    // The action returns a result, whatever is in it: ALICE-INVALID-STATUS.
    return { status: Number(world.choose('ALICE-INVALID-STATUS')), body: result };
  }
  world.note('ALICE-STORED');
  const id = await nextLicenseId(world);
  const created = new Date(world.now).toISOString();
  await world.in(licenses).insert({ ...values, id, created });
  return { status: 200, body: result };
};

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
