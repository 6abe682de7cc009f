/** GET /incoming/v2/redemptionCodes */
import { isProblem } from '../../../frameworks/framework.ts';
import type { JsonObject } from '../../../messages/json.ts';
import type { Handler } from '../../vendor.ts';
import type { Config } from '../credentials.ts';
import { readPage } from '../pages.ts';
import { answerStoredCodeGroup, codeGroups, type CodeGroupRecord } from '../redemption-codes.ts';
import { readSort } from '../sort.ts';

const PAGE_SIZE = 50;

export const listRedemptionCodes: Handler<Config> = async ({ query }, world) => {
  const sort = readSort<CodeGroupRecord>(query['sort'], ['label'], world);
  if (isProblem(sort)) return sort;
  const { query: text = '' } = query;
  const page = await readPage(
    {
      collection: codeGroups,
      where: text === '' ? [] : [{ field: 'label', contains: String(text) }],
      ...(sort && { sort }),
      size: PAGE_SIZE,
    },
    query,
    world,
  );
  if (isProblem(page)) return page;
  const groups: JsonObject[] = [];
  for (const group of page.records) groups.push(await answerStoredCodeGroup(group, world));
  const { total, hasMore, cursor } = page.pageInfo;
  return {
    status: 200,
    body: { redemptionCodeGroups: groups, pageInfo: { total, hasMore, cursor } },
  };
};
