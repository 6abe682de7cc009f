/** Lists cost the same however many records there are: the store visits the same number of them. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { listCalls, manyRecords, type ListCall } from '../support/many-records.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const visits = vi.hoisted(() => ({ count: 0 }));

vi.mock(import('../../src/store/drivers/lowdb/memory/sorted-list.ts'), async (original) => {
  const own = await original();
  return {
    ...own,
    walkSorted: (list, direction, skip, visit) =>
      own.walkSorted(list, direction, skip, (item) => {
        visits.count += 1;
        return visit(item);
      }),
  };
});

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  for (const count of [100, 500]) {
    const path = `PUT /sandboxes/many-${count}/state` as const;
    const { status, text } = await control(server.url, path, manyRecords(count));
    if (status !== 201) throw new Error(text);
  }
}, 120_000);
afterAll(() => server.stop());

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
