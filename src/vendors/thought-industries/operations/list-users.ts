/** GET /incoming/v2/users */
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import { answerUser } from '../answer-user.ts';
import type { Config } from '../credentials.ts';
import { envelop } from '../envelope.ts';
import { pageSize, readPage } from '../pages.ts';
import { users } from '../users.ts';

export const listUsers: Handler<Config> = async ({ query }, world) => {
  const { role } = query;
  const where = role === undefined ? [] : [{ field: 'roleKey', equals: String(role) } as const];
  const page = await readPage({ collection: users, where, size: pageSize(world) }, query, world);
  if (isProblem(page)) return page;
  for (const row of ['TI-LIST-DEPTH', 'TI-AGGREGATIONS']) world.note(row);
  const listed: JsonObject[] = [];
  for (const user of page.records) listed.push(await answerUser(user, 'listed', world));
  const answer = { pageInfo: page.pageInfo, aggregations: [], users: listed };
  return { status: 200, body: envelop('APIUsers', answer, world) };
};
