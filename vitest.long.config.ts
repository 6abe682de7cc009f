import { defineConfig } from 'vitest/config';

// oxlint-disable-next-line import/no-default-export -- the form vitest wants
export default defineConfig({
  test: { include: ['**/*.long.test.ts'], pool: 'forks', testTimeout: 60_000 },
});
