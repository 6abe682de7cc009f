import { defineConfig } from 'vitest/config';

// oxlint-disable-next-line import/no-default-export -- the form vitest wants
export default defineConfig({
  // One mock for all test files. Without this line each worker starts a mock of its own.
  test: { globalSetup: 'license-mock/vitest/setup' },
});
