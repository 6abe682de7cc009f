/** POST /incoming/v2/clients */
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import { answerClient, clientRows } from '../answer-client.ts';
import { findSlugTaken, readSettings } from '../client-settings.ts';
import type { Config, TiWorld } from '../credentials.ts';
import { createdStatus, envelop } from '../envelope.ts';
import { findById, nextRecord } from '../find.ts';
import { readFields } from '../read-license.ts';
import { clients, type ClientRecord } from '../records.ts';
import { storeClient } from '../store-client.ts';
import { storeLicense } from '../store-license.ts';

export const createClient: Handler<Config> = async ({ body }, world) => {
  const settings = readSettings(body as JsonObject);
  const taken = await findSlugTaken(settings['slug'], undefined, world);
  if (taken) return taken;
  for (const row of clientRows) world.note(row);
  const { number, id } = await nextRecord(clients, 'client', world);
  const now = new Date(world.now).toISOString();
  const given = {
    sku: null,
    enableDiscussions: false,
    ...settings,
    createdAt: now,
    updatedAt: now,
  };
  const stored = await storeClient(id, given, world, {}, number);

  if (world.choose('TI-MAIN-LICENSE') === 'made') await storeMain(stored, now, world);
  const client = (await findById(clients, id, world)) ?? stored;
  return {
    status: createdStatus(world),
    body: envelop('CreateClient', await answerClient(client, world), world),
  };
};

/** TI-MAIN-LICENSE: a new client has one license, which has its content. */
async function storeMain(client: ClientRecord, now: string, world: TiWorld): Promise<void> {
  const content = { courseIds: [], learningPathIds: [], courseTagIds: [] };
  const main = { ...readFields({ name: client.name, isDefault: true }), ...content };
  const fields = { clientId: client.id, ...main, createdAt: now, updatedAt: now };
  await storeLicense(fields, client, content, world);
}
