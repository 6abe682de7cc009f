import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The tests that speak HTTP to a server, with replicas on PostgreSQL in its place. `npm run test:long` runs `three`. */
const project = (name: string, replicas: number, left: readonly string[] = []) => ({
  test: {
    name,
    include: ['test/{http,control,live,regressions}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.long.test.ts', ...left],
    env: { LICENSE_MOCK_TEST_REPLICAS: String(replicas) },
    pool: 'forks' as const,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

// oxlint-disable-next-line import/no-default-export -- the form vitest wants
export default defineConfig({
  test: {
    projects: [
      project('one', 1),
      // A third of the time, for requests of which most change nothing.
      project('three', 3, ['test/http/fuzz.test.ts']),
    ],
    globalSetup: [
      'test/support/temporary-folder.ts',
      'test/support/compile-ahead.ts',
      'test/support/one-postgres.ts',
    ],
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
