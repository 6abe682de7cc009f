/** GET /incoming/v2/clients */
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import { answerListedClient } from '../answer-client.ts';
import type { Config } from '../credentials.ts';
import { envelop } from '../envelope.ts';
import { pageSize, readPage } from '../pages.ts';
import { clients, type ClientRecord } from '../records.ts';
import { readSort } from '../sort.ts';

const SORTABLE = ['name', 'createdAt'] as const;

export const listClients: Handler<Config> = async ({ query }, world) => {
  const sort = readSort<ClientRecord>(query['sort'], SORTABLE, world);
  if (isProblem(sort)) return sort;
  const { query: text = '', count = '' } = query;
  const page = await readPage(
    {
      collection: clients,
      where: text === '' ? [] : [{ field: 'name', contains: String(text) }],
      ...(sort && { sort }),
      size: count === '' ? pageSize(world) : Number(count),
    },
    query,
    world,
  );
  if (isProblem(page)) return page;
  for (const row of ['TI-LIST-DEPTH', 'TI-AGGREGATIONS']) world.note(row);
  const listed: JsonObject[] = [];
  for (const client of page.records) listed.push(await answerListedClient(client, world));
  const answer = { pageInfo: page.pageInfo, aggregations: [], clients: listed };
  return { status: 200, body: envelop('Clients', answer, world) };
};
