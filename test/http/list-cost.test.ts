/** Lists cost the same however many records there are: the store visits the same number of them. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { listCalls, manyRecords, type ListCall } from '../support/many-records.ts';
import type { TestServer } from '../support/server.ts';

const sortedList = import('../../src/store/memory/sorted-list.ts');
const visits = { count: 0 };

let server: TestServer;
beforeAll(async () => {
  const own = await sortedList;
  // Files of one worker share modules, so the store is loaded again, with a list that counts.
  vi.resetModules();
  vi.doMock('../../src/store/memory/sorted-list.ts', () => ({
    ...own,
    walkSorted: ((list, direction, skip, visit) =>
      own.walkSorted(list, direction, skip, (item) => {
        visits.count += 1;
        return visit(item);
      })) satisfies typeof own.walkSorted,
  }));
  const { startTestServer } = await import('../support/server.ts');
  server = await startTestServer();
  for (const count of [100, 500]) {
    const path = `PUT /sandboxes/many-${count}/state` as const;
    const { status, text } = await control(server.url, path, manyRecords(count));
    if (status !== 201) throw new Error(text);
  }
}, 120_000);
afterAll(async () => {
  await server.stop();
  vi.doUnmock('../../src/store/memory/sorted-list.ts');
  vi.resetModules();
});

async function visitsOf(count: number, { call, authorization, body }: ListCall): Promise<number> {
  const [method = '', path = ''] = call.split(' ');
  const before = visits.count;
  const answer = await fetch(sandboxUrl(server.url, `many-${count}`) + path, {
    method,
    headers: {
      accept: 'application/json',
      ...(authorization !== undefined && { authorization }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const isFound = answer.ok || path.includes('/check/');
  if (!isFound) throw new Error(`${call}: ${answer.status} ${await answer.text()}`);
  return visits.count - before;
}

it('counts what the store visits', async () => {
  const call = 'GET /api/catalog/licenses/program/?query=nothing';
  const scan = { call, authorization: 'Api-Token dm-admin' };
  expect(await visitsOf(500, scan)).toBeGreaterThan(500);
});

it.each(listCalls)('$call', async (each) => {
  const [few, many] = [await visitsOf(100, each), await visitsOf(500, each)];
  expect(many).toBeLessThanOrEqual(few + 10);
});
