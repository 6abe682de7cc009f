/** `license-mock/vitest/setup`: a global setup for vitest. All test files share the mock that it starts. */
import type { ConnectOptions } from './connect.ts';
import { startLicenseMock, type LicenseMockOptions } from './index.ts';

/** What a global setup is given, in every supported version of vitest. */
type Project = { provide(key: 'licenseMock', value: ConnectOptions): void };

type GlobalSetup = (project: Project) => Promise<() => Promise<void>>;

/**
 * A global setup whose mock starts with these options:
 *
 *     // mock.setup.ts, which the vitest config names: { test: { globalSetup: './mock.setup.ts' } }
 *     import { shareLicenseMock } from 'license-mock/vitest/setup';
 *     export default shareLicenseMock({ specs: './more-specs' });
 */
export function shareLicenseMock(options: LicenseMockOptions = {}): GlobalSetup {
  return async (project) => {
    const mock = await startLicenseMock(options);
    project.provide('licenseMock', { url: mock.url, token: options.controlToken });
    return () => mock.stop();
  };
}

/** The vitest config names it: `{ test: { globalSetup: 'license-mock/vitest/setup' } }`. */
// oxlint-disable-next-line import/no-default-export -- the form vitest wants
export default shareLicenseMock();
