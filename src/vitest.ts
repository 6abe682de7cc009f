/** A vitest `test` whose fixture is a fresh sandbox for each test, on one mock that all tests of a worker share. */
import { test as base } from 'vitest';
import {
  ControlError,
  startLicenseMock,
  type LicenseMockOptions,
  type Sandbox,
  type StartOptions,
} from './index.ts';

/**
 * Use it in place of vitest's own:
 *
 *     import { expect } from 'vitest';
 *     import { test } from 'license-mock/vitest';
 *
 *     test.override('sandboxOptions', { scenario: 'empty', clock: '2026-01-01T00:00:00Z' });
 *
 *     test.concurrent('a license can be ordered', async ({ sandbox }) => { … fetch(`${sandbox.url}/…`) … });
 *
 * Fixtures:
 * - `sandbox`: made for the test and removed after it; named from the test, so that its links are the same each time;
 * - `sandboxOptions`: what `sandbox` starts with, `{}` unless overridden for a file or a `describe`;
 * - `mock`: the server, started when a test of the worker first needs it;
 * - `mockOptions`: what `mock` starts with, `{}` unless overridden at the top of a file.
 */
export const test = base
  .extend('mockOptions', { scope: 'worker' }, (): LicenseMockOptions => ({}))
  .extend('mock', { scope: 'worker' }, async ({ mockOptions }, { onCleanup }) => {
    const mock = await startLicenseMock(mockOptions);
    onCleanup(() => mock.stop());
    return mock;
  })
  .extend('sandboxOptions', (): StartOptions => ({}))
  .extend('sandbox', async ({ mock, sandboxOptions, task }, { onCleanup }) => {
    const sandbox = await mock.createSandbox(nameOf(task), sandboxOptions);
    onCleanup(() => removeOnce(sandbox));
    return sandbox;
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

/** The test may have removed it itself. */
async function removeOnce(sandbox: Sandbox): Promise<void> {
  await sandbox.remove().catch((thrown: unknown) => {
    if (!(thrown instanceof ControlError && thrown.code === 'no-such-sandbox')) throw thrown;
  });
}
