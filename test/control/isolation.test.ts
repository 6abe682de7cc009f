/** Sandboxes know nothing of each other, and the same requests get the same bytes. fast-check prints its seed. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { play } from '../support/play.ts';
import { operations } from '../support/random-operations.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { runs } from '../support/runs.ts';

let crowded: TestServer;
let quiet: TestServer;
beforeAll(async () => {
  crowded = await startTestServer();
  quiet = await startTestServer({ data: 'memory' });
});
afterAll(async () => {
  await crowded.stop();
  await quiet.stop();
});

it('many sandboxes at once each answer as one that is alone', async () => {
  const lists = fc.array(operations, { minLength: 4, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(lists, async (each) => {
      const together = await Promise.all(
        each.map((list, i) => play(crowded.url, `zz-box-${i}`, list)),
      );
      for (const [i, list] of each.entries()) {
        expect(together[i]).toEqual(await play(quiet.url, 'zz-alone', list));
      }
    }),
    { numRuns: runs(8) },
  );
});

it('a seed, a clock and requests give the same bytes, whatever others do', async () => {
  const seeds = fc.constantFrom(1, 7, 4_294_967_295);
  await fc.assert(
    fc.asyncProperty(operations, operations, seeds, async (list, noise, seed) => {
      const body = { scenario: 'demo', seed };
      const [first] = await Promise.all([
        play(crowded.url, 'zz-first', list, body),
        play(crowded.url, 'zz-noise', noise),
      ]);
      expect(await play(crowded.url, 'zz-first', list, body)).toEqual(first);
      expect(await play(quiet.url, 'zz-other', list, body)).toEqual(first);
    }),
    { numRuns: runs(6) },
  );
});
