import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// oxlint-disable-next-line import/no-default-export -- the form vitest wants
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Kills, package installs, broken mocks: `npm run test:long`.
    exclude: ['**/node_modules/**', '**/*.long.test.ts'],
    pool: 'forks',
    // Files of one worker share modules: loading them again would cost as much as many tests.
    isolate: false,
    // Vitest leaves one core free, which on two cores leaves one worker. Many tests wait for processes they started.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
  },
});
