/** The API for tests: starts a mock or connects to one, and controls its sandboxes. */
import type { LicenseMock } from './client/open-mock.ts';
import { describeOldNode } from './node-version.js';
import type { LicenseMockOptions } from './start-server.ts';

export { ControlError, VerificationError } from './client/control-error.ts';
export type { LicenseMock } from './client/open-mock.ts';
export type { Sandbox } from './client/open-sandbox.ts';
export { connect, type ConnectOptions } from './connect.ts';
export type {
  ClockReading,
  Delay,
  Effect,
  ErrorKind,
  ErrorReply,
  Expectation,
  Finding,
  FixedReply,
  JournalEntry,
  JournalFilter,
  Json,
  Match,
  Nearest,
  Override,
  OverrideReply,
  Params,
  PresetName,
  RateLimit,
  Rule,
  SandboxChange,
  ShownBody,
  SnapshotView,
  StartOptions,
  StateDocument,
  When,
} from './control-api/control-api.ts';
export { MockError } from './errors.ts';
export type { LicenseMockOptions } from './start-server.ts';

// Checked here, because older versions of Node cannot load the server at all.
const oldNode = describeOldNode();
if (oldNode !== undefined) throw new Error(oldNode);

/**
 * Starts a mock in this process: in memory and on a free port, unless the options say otherwise. It accepts requests
 * when the promise resolves. It does not keep the process alive.
 *
 * Rejects with a `MockError` if an option, a scenario or a spec is wrong, or the port is taken.
 *
 *     await using mock = await startLicenseMock({ scenario: 'empty' });
 */
export async function startLicenseMock(options: LicenseMockOptions = {}): Promise<LicenseMock> {
  const { startServer } = await import('./start-server.ts');
  return startServer(options);
}
