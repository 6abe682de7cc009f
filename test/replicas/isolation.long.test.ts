/** Many sandboxes at once on three replicas, each with its own operations: each is as if it were alone, in memory. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { play } from '../support/play.ts';
import { dropSchema, freshDatabase, type TestDatabase } from '../support/postgres.ts';
import { createRandom, seed } from '../support/random.ts';
import { operations } from '../support/random-operations.ts';
import { startReplicas, type Replicas } from '../support/replicas.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const SANDBOXES = 40;

let database: TestDatabase;
let replicas: Replicas;
let alone: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  const { url, schema } = database;
  const args = ['--data', url, '--data-schema', schema, '--scenario', 'empty'];
  replicas = await startReplicas({
    count: 3,
    args: [...args, '--log-level', 'silent'],
    random: createRandom(),
  });
  alone = await startTestServer({ data: 'memory' });
});
afterAll(async () => {
  await replicas.stop();
  await alone.stop();
  await dropSchema(database);
});

/** As long as `zz-alone`, because the journal counts the bytes of links. */
const nameOf = (at: number) => `zz-box${String(at).padStart(2, '0')}`;

it.each(['empty', 'demo'])(`${SANDBOXES} sandboxes with the scenario %s`, async (scenario) => {
  const lists = fc.sample(operations, { numRuns: SANDBOXES, seed });
  const together = await Promise.all(
    lists.map((list, at) => play(replicas.url, nameOf(at), list, { scenario, seed: at })),
  );
  for (const [at, list] of lists.entries()) {
    const expected = await play(alone.url, 'zz-alone', list, { scenario, seed: at });
    expect(together[at], `TEST_SEED=${seed}, sandbox ${at}`).toEqual(expected);
  }
});
