import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The tests that speak HTTP to a server, with replicas on PostgreSQL in its place: `npm run test:replicas`. */
const project = (name: string, replicas: string) => ({
  test: {
    name,
    include: ['test/{http,control,live,regressions}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.long.test.ts'],
    env: { LICENSE_MOCK_TEST_REPLICAS: replicas },
    pool: 'forks' as const,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

// oxlint-disable-next-line import/no-default-export -- the form vitest wants
export default defineConfig({
  test: {
    projects: [project('one replica', '1'), project('three replicas', '3')],
    globalSetup: ['test/support/temporary-folder.ts', 'test/support/one-postgres.ts'],
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
