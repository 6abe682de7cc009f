import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// oxlint-disable-next-line import/no-default-export -- the form vitest wants
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Kills, package installs, broken mocks: `npm run test:long`.
    exclude: ['**/node_modules/**', '**/*.long.test.ts'],
    globalSetup: ['test/support/temporary-folder.ts', 'test/support/compile-ahead.ts'],
    pool: 'forks',
    // Files of one worker share modules: loading them again would cost as much as many tests.
    isolate: false,
    // Vitest leaves one core free, which on two cores leaves one worker. Many tests wait for processes they started.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A test that hangs ends here. On a busy machine, tests take many times as long as on an idle one.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
