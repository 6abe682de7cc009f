/** GET /incoming/v2/users/{id} */
import { isProblem } from '../../../frameworks/framework.ts';
import type { Handler } from '../../vendor.ts';
import { answerUser } from '../answer-user.ts';
import type { Config } from '../credentials.ts';
import { envelop } from '../envelope.ts';
import { findNamedUser } from '../named-user.ts';

export const getUser: Handler<Config> = async (request, world) => {
  const user = await findNamedUser(request, world);
  if (isProblem(user)) return user;
  return {
    status: 200,
    body: envelop('UserById', await answerUser(user, 'alone', world), world),
  };
};
