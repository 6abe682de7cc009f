/** Shadowing, over many requests. A failure prints its seed; `SHADOW_SEED=…` plays it again. */
import { expect, it } from 'vitest';
import { runShadow } from '../support/shadow-run.ts';

const seed = Number(process.env['SHADOW_SEED'] ?? Math.floor(Math.random() * 1e9));

it('sees what differs, and nothing else, over 10,000 requests', { timeout: 900_000 }, async () => {
  const { compared, different } = await runShadow(10_000, seed);
  expect(different).toBe(5);
  // The others belong to no operation.
  expect(compared).toBeGreaterThan(9_000);
});
