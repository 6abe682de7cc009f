/** PUT /incoming/v2/clients/{id}/updateSettings */
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import { answerClient, clientRows } from '../answer-client.ts';
import { findSlugTaken, readSettings } from '../client-settings.ts';
import type { Config } from '../credentials.ts';
import { envelop } from '../envelope.ts';
import { findNamed } from '../find.ts';
import { findImpossibleDate } from '../read-license.ts';
import { clients, uniqueTexts } from '../records.ts';
import { openReferences } from '../references.ts';
import { findSeatsTaken, seatsUsedBy } from '../seats.ts';
import { changeClient } from '../store-client.ts';

/** TI-CLIENT-SETTINGS: settings that are left out stay as they were. */
export const updateClientSettings: Handler<Config> = async (request, world) => {
  const client = await findNamed(clients, request, world);
  if (isProblem(client)) return client;
  const sent = request.body as JsonObject;
  const impossible = findImpossibleDate(sent, 'licenseEndDate');
  if (impossible) return impossible;
  const settings = readSettings(sent);
  const taken = await findSlugTaken(settings['slug'], client.id, world);
  if (taken) return taken;
  const limit = settings['seatsLimit'];
  const overfull =
    limit === client.given['seatsLimit']
      ? undefined
      : await findSeatsTaken(limit, () => seatsUsedBy(client, world), world);
  if (overfull) return overfull;
  const tagIds = uniqueTexts(sent['tagIds']);
  const references = openReferences(world);
  await references.content({ courseTagIds: tagIds }, { courseTagIds: 'tagIds' });
  const problem = references.problem();
  if (problem) return problem;

  for (const row of ['TI-CLIENT-SETTINGS', ...clientRows]) world.note(row);
  const updatedAt = new Date(world.now).toISOString();
  const changed = await changeClient({ ...client, tagIds }, { ...settings, updatedAt }, world);
  return {
    status: 200,
    body: envelop('UpdateClientSettings', await answerClient(changed, world), world),
  };
};
