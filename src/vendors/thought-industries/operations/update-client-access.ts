/** PUT /incoming/v2/clients/{id}/updateAccess */
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import { answerClient, clientRows } from '../answer-client.ts';
import type { Config } from '../credentials.ts';
import { envelop } from '../envelope.ts';
import { findById, findNamed } from '../find.ts';
import { joinLists, readLists } from '../read-license.ts';
import { clients, licenses, uniqueTexts } from '../records.ts';
import { openReferences } from '../references.ts';
import { changeClient } from '../store-client.ts';

/** TI-CLIENT-ACCESS: the default license follows, because it holds what the client has. What may be bought is replaced. */
export const updateClientAccess: Handler<Config> = async (request, world) => {
  const client = await findNamed(clients, request, world);
  if (isProblem(client)) return client;
  const sent = request.body as JsonObject;
  const lists = readLists(sent);
  const purchasableTagIds = [...uniqueTexts(sent['purchasableTagIds'])];
  const references = openReferences(world);
  await references.content(lists);
  await references.content(
    { courseTagIds: purchasableTagIds },
    { courseTagIds: 'purchasableTagIds' },
  );
  const problem = references.problem();
  if (problem) return problem;

  for (const row of ['TI-CLIENT-ACCESS', ...clientRows]) world.note(row);
  const updatedAt = new Date(world.now).toISOString();
  const changed = await changeClient(
    { ...client, ...joinLists(client, lists, sent) },
    {
      purchasableContentIds: [...uniqueTexts(sent['purchasableContentIds'])],
      purchasableTagIds,
      updatedAt,
    },
    world,
  );
  const main = await findById(licenses, client.defaultLicenseId, world);
  if (main) {
    await world.in(licenses).update({ ...main, ...joinLists(main, lists, sent), updatedAt });
  }
  return {
    status: 200,
    body: envelop('UpdateClientAccess', await answerClient(changed, world), world),
  };
};
