/** PUT /incoming/v2/clients/{id}/updateStatus. The docs show the answer without an envelope. */
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { Config } from '../credentials.ts';
import { findNamed } from '../find.ts';
import { clients } from '../records.ts';
import { changeClient } from '../store-client.ts';

/** TI-CLIENT-STATUS: any word but `disabled` enables the client, and so does none. */
export const updateClientStatus: Handler<Config> = async (request, world) => {
  const client = await findNamed(clients, request, world);
  if (isProblem(client)) return client;
  world.note('TI-CLIENT-STATUS');
  const disabled = (request.body as JsonObject)['status'] === 'disabled';
  const updatedAt = new Date(world.now).toISOString();
  await changeClient(client, { disabled, updatedAt }, world);
  return { status: 200, body: { id: client.id, status: disabled ? 'disabled' : 'active' } };
};
