/** POST /incoming/v2/licenses */
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import { answerLicense } from '../answer-license.ts';
import type { Config } from '../credentials.ts';
import { createdStatus, envelop } from '../envelope.ts';
import {
  findImpossibleDate,
  joinLists,
  readFields,
  readLists,
  rowsBehindFields,
} from '../read-license.ts';
import { openReferences } from '../references.ts';
import { findSkuTaken, storeLicense } from '../store-license.ts';

export const createLicense: Handler<Config> = async ({ body }, world) => {
  const sent = body as JsonObject;
  const impossible = findImpossibleDate(sent, 'expirationDate');
  if (impossible) return impossible;
  const [fields, lists] = [readFields(sent), readLists(sent)];
  const clientId = String(sent['clientId']);
  const taken = await findSkuTaken(fields.sku, undefined, world);
  if (taken) return taken;

  const references = openReferences(world);
  const client = await references.client(clientId);
  await references.content(lists);
  await references.parent(fields.parentLicenseId, clientId);
  const problem = references.problem();
  if (problem || !client) return problem ?? { problem: 'not-found' };

  for (const row of rowsBehindFields(sent, fields, lists)) world.note(row);
  const now = new Date(world.now).toISOString();
  const license = await storeLicense(
    { clientId, ...lists, ...fields, createdAt: now, updatedAt: now },
    client,
    joinLists(client, lists, sent),
    world,
  );
  return {
    status: createdStatus(world),
    body: envelop('CreateLicense', await answerLicense(license, world), world),
  };
};
