/** GET /incoming/v2/redemptionCodes/{id} */
import { isProblem } from '../../../frameworks/framework.ts';
import type { Handler } from '../../vendor.ts';
import type { Config } from '../credentials.ts';
import { findNamed } from '../find.ts';
import { answerStoredCodeGroup, codeGroups } from '../redemption-codes.ts';

export const getRedemptionCodes: Handler<Config> = async (request, world) => {
  const group = await findNamed(codeGroups, request, world);
  if (isProblem(group)) return group;
  return { status: 200, body: await answerStoredCodeGroup(group, world) };
};
