/** PUT /incoming/v2/users/{id} */
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import { answerUser } from '../answer-user.ts';
import type { Config } from '../credentials.ts';
import { envelop } from '../envelope.ts';
import { findNamedUser } from '../named-user.ts';
import { readUser } from '../read-user.ts';
import { changeUser } from '../store-user.ts';

export const updateUser: Handler<Config> = async (request, world) => {
  const before = await findNamedUser(request, world);
  if (isProblem(before)) return before;
  for (const row of ['TI-USER-EMAILS', 'TI-USER-CLIENT', 'TI-REPLACE-LICENSES']) world.note(row);
  const input = await readUser(request.body as JsonObject, world);
  if (isProblem(input)) return input;
  const user = await changeUser(before, input, world);
  if (isProblem(user)) return user;
  return {
    status: 200,
    body: envelop('UpdateUser', await answerUser(user, 'alone', world), world),
  };
};
