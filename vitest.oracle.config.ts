import { defineConfig } from 'vitest/config';

/** The comparisons with real frameworks, with many more requests: `npm run oracle`. */
// oxlint-disable-next-line import/no-default-export -- the form vitest wants
export default defineConfig({
  test: {
    include: ['test/oracles/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 1_800_000,
    env: { ORACLE_REQUESTS: '20000' },
  },
});
