/** GET /incoming/v2/clients/{id}/licenses */
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import { answerListedLicense } from '../answer-license.ts';
import type { Config } from '../credentials.ts';
import { envelop } from '../envelope.ts';
import { findNamed } from '../find.ts';
import { pageSize, readPage } from '../pages.ts';
import { clients, licenses } from '../records.ts';
import { summarizeClient } from '../summaries.ts';

export const listClientLicenses: Handler<Config> = async (request, world) => {
  const client = await findNamed(clients, request, world);
  if (isProblem(client)) return client;
  // TI-CLIENT-LIST: clients of the API do not send it, and the path says the same.
  world.note('TI-CLIENT-LIST');
  const where = [{ field: 'clientId', equals: client.id }] as const;
  const list = { collection: licenses, where, size: pageSize(world) };
  const page = await readPage(list, request.query, world);
  if (isProblem(page)) return page;

  world.note('TI-LIST-DEPTH');
  const summary = await summarizeClient(client, world);
  const listed: JsonObject[] = [];
  for (const license of page.records) {
    listed.push(await answerListedLicense(license, summary, world));
  }
  const answer = {
    id: client.id,
    name: client.name,
    sku: client.sku,
    pageInfo: page.pageInfo,
    learningPathIds: [...client.learningPathIds],
    licenses: listed,
  };
  return { status: 200, body: envelop('APILicensesByClientId', answer, world) };
};
