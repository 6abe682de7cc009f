/** POST /incoming/v2/users */
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import { answerUser } from '../answer-user.ts';
import type { Config } from '../credentials.ts';
import { createdStatus, envelop } from '../envelope.ts';
import { readUser } from '../read-user.ts';
import { changeUser, storeUser } from '../store-user.ts';
import { findByEmail } from '../users.ts';

/** TI-USER-EMAILS: with `upsert`, a known email updates its user. */
export const createUser: Handler<Config> = async ({ body }, world) => {
  const sent = body as JsonObject;
  for (const row of ['TI-USER-EMAILS', 'TI-USER-CLIENT', 'TI-REPLACE-LICENSES']) world.note(row);
  const email = String(sent['email']);
  const input = await readUser(sent, world);
  if (isProblem(input)) return input;
  const known = sent['upsert'] === true ? await findByEmail(email, world) : undefined;
  const user = known
    ? await changeUser(known, input, world)
    : await storeUser({ ...input, fields: { ...input.fields, email } }, world);
  if (isProblem(user)) return user;
  return {
    status: known ? 200 : createdStatus(world),
    body: envelop('CreateUser', await answerUser(user, 'alone', world), world),
  };
};
