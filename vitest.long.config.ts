import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** `npm test` runs these too, but tries their properties less often (test/support/runs.ts). */
const properties = [
  'src/openapi/prism-validators.test.ts',
  'test/control/isolation.test.ts',
  'test/control/override-bodies.test.ts',
  'test/control/snapshots.test.ts',
  'test/control/state.test.ts',
  'test/http/alice-seats.test.ts',
  'test/http/thought-industries-properties.test.ts',
  'test/http/thought-industries-seats.test.ts',
  'test/store/lowdb-model.test.ts',
];

// oxlint-disable-next-line import/no-default-export -- the form vitest wants
export default defineConfig({
  test: {
    include: ['**/*.long.test.ts', ...properties],
    env: { TEST_ALL_RUNS: 'true' },
    globalSetup: ['test/support/temporary-folder.ts', 'test/support/compile-ahead.ts'],
    pool: 'forks',
    // Vitest leaves one core free; many of these tests wait for processes they started.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
