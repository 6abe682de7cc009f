/** PUT /incoming/v2/licenses/{id} */
import { isProblem, type Problem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import { answerLicense, clientOf } from '../answer-license.ts';
import type { Config, TiWorld } from '../credentials.ts';
import { envelop } from '../envelope.ts';
import { findById, findNamed } from '../find.ts';
import { findImpossibleDate, joinLists, readLists, readSentFields } from '../read-license.ts';
import { licenses, type LicenseRecord } from '../records.ts';
import { openReferences } from '../references.ts';
import { brokenRule } from '../rules.ts';
import { findSeatsTaken, seatsUsedOf } from '../seats.ts';
import { changeLicense, findSkuTaken } from '../store-license.ts';

/** TI-UPDATE-LICENSE: fields that are left out stay as they were, and a license keeps its client. */
export const updateLicense: Handler<Config> = async (request, world) => {
  const before = await findNamed(licenses, request, world);
  if (isProblem(before)) return before;
  const sent = request.body as JsonObject;
  const impossible = findImpossibleDate(sent, 'expirationDate');
  if (impossible) return impossible;
  const lists = readLists(sent);
  const references = openReferences(world);
  await references.content(lists);
  const parentId = readSentFields(sent).parentLicenseId ?? null;
  await references.parent(parentId, before.clientId);

  world.note('TI-UPDATE-LICENSE');
  const after: LicenseRecord = {
    ...before,
    ...readSentFields(sent),
    ...joinLists(before, lists, sent),
    updatedAt: new Date(world.now).toISOString(),
  };
  const problem =
    references.problem() ??
    (await findSkuTaken(after.sku, after.id, world)) ??
    (await findCycle(after, world)) ??
    (after.seatsLimit === before.seatsLimit
      ? undefined
      : await findSeatsTaken(after.seatsLimit, () => seatsUsedOf(before, world), world));
  if (problem) return problem;
  // TI-CLIENT-CONTENT: a client has what its licenses have.
  const client = await clientOf(before, world);
  await changeLicense(before, after, client, joinLists(client, after), world);
  return {
    status: 200,
    body: envelop('UpdateLicense', await answerLicense(after, world), world),
  };
};

/** A license cannot be above itself. */
async function findCycle(
  { id, parentLicenseId }: LicenseRecord,
  world: TiWorld,
): Promise<Problem | undefined> {
  for (let next = parentLicenseId; next !== null;) {
    if (next === id) {
      return brokenRule(['parentLicenseId'], 'parentLicenseId names the license or one below it.');
    }
    next = (await findById(licenses, next, world))?.parentLicenseId ?? null;
  }
  return undefined;
}
