/** A vitest `test` whose fixture is a fresh sandbox for each test, on one mock that the tests share. */
import { inject, test as base, type TestAPI } from 'vitest';
import { connect, type ConnectOptions } from './connect.ts';
import {
  startLicenseMock,
  type LicenseMock,
  type LicenseMockOptions,
  type Sandbox,
  type StartOptions,
} from './index.ts';

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  export interface ProvidedContext {
    /** Where the mock is that all test files share, as `license-mock/vitest/setup` provides it. */
    licenseMock: ConnectOptions;
  }
}

export type LicenseMockFixtures = {
  /** Made for the test and removed after it. Named after the test, so that its links are the same in each run. */
  sandbox: Sandbox;
  /** What `sandbox` starts with. Default `{}`. Override it for a file or a `describe`. */
  sandboxOptions: StartOptions;
  /**
   * The mock of `license-mock/vitest/setup`, if the vitest config names it as a global setup. Otherwise a mock of the
   * worker's own, which starts when a test first needs it.
   */
  mock: LicenseMock;
  /** If these are given, the worker starts a mock of its own with them. Override them at the top of a file. */
  mockOptions: LicenseMockOptions | undefined;
};

/**
 * Use it in place of vitest's own. Requires Vitest 3 or later.
 *
 *     import { expect } from 'vitest';
 *     import { test } from 'license-mock/vitest';
 *
 *     test.override({ sandboxOptions: { scenario: 'empty', clock: '2026-01-01T00:00:00Z' } });
 *
 *     test.concurrent('a license can be ordered', async ({ sandbox }) => { … fetch(`${sandbox.url}/…`) … });
 *
 * Before Vitest 4.1, write `test.scoped` for `test.override`.
 */
// This form of `extend` is the one that all supported versions know.
export const test: TestAPI<LicenseMockFixtures> = base.extend<LicenseMockFixtures>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of fixtures from the pattern
  mockOptions: [async ({}, use) => use(undefined), { scope: 'worker' }],
  mock: [
    async ({ mockOptions }, use) => {
      const shared = inject('licenseMock') as ConnectOptions | undefined;
      await using mock =
        shared && !mockOptions ? connect(shared) : await startLicenseMock(mockOptions);
      await use(mock);
    },
    { scope: 'worker' },
  ],
  // oxlint-disable-next-line no-empty-pattern -- as above
  sandboxOptions: async ({}, use) => use({}),
  sandbox: async ({ mock, sandboxOptions, task }, use) => {
    await using sandbox = await mock.createSandbox(nameOf(task), sandboxOptions);
    await use(sandbox);
  },
});

const MOST_OF_TITLE = 40;

/** The title for people, and vitest's id, which is unique and the same in each run. */
function nameOf({ name, id }: { readonly name: string; readonly id: string }): string {
  const title = toWord(name).slice(0, MOST_OF_TITLE);
  return toWord(`${title} ${id}`);
}

function toWord(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
