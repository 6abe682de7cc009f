/** GET /incoming/v2/clients/{id} */
import { isProblem } from '../../../frameworks/framework.ts';
import type { Handler } from '../../vendor.ts';
import { answerClient, clientRows } from '../answer-client.ts';
import type { Config } from '../credentials.ts';
import { envelop } from '../envelope.ts';
import { findNamed } from '../find.ts';
import { clients } from '../records.ts';

export const getClient: Handler<Config> = async (request, world) => {
  const client = await findNamed(clients, request, world);
  if (isProblem(client)) return client;
  for (const row of clientRows) world.note(row);
  return { status: 200, body: envelop('ClientById', await answerClient(client, world), world) };
};
