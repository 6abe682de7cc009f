/** `license-mock/connect`: a client for a mock that runs elsewhere. It loads nothing of the server. */
import { openMock, type LicenseMock } from './client/open-mock.ts';

export { ControlError, VerificationError } from './client/control-error.ts';
export type { LicenseMock } from './client/open-mock.ts';
export type { Sandbox } from './client/open-sandbox.ts';
export type { StartOptions } from './control-api/control-api.ts';
export { MockError } from './errors.ts';

export type ConnectOptions = {
  /**
   * Where the mock is: `http://127.0.0.1:4010`. Default: the environment variable `LICENSE_MOCK_URL`, and if that is
   * not set, `http://127.0.0.1:4010`.
   */
  readonly url?: string | undefined;
  /**
   * Its control token, if it has one. Default: the environment variable `LICENSE_MOCK_CONTROL_TOKEN`. The token is
   * needed for a mock that is not on this machine.
   */
  readonly token?: string | undefined;
};

/**
 * A client for a mock that already runs: a container, a server for all test files, a colleague's machine. Sends no
 * request yet; if no mock is at the URL, the first call rejects with a `ControlError` with `code` `unreachable`.
 * Throws a `MockError` for a URL that is not one.
 *
 *     const mock = connect({ url: 'http://127.0.0.1:4010' });
 *     await using sandbox = await mock.createSandbox('checkout');
 */
export function connect({
  url = process.env['LICENSE_MOCK_URL'] ?? 'http://127.0.0.1:4010',
  token = process.env['LICENSE_MOCK_CONTROL_TOKEN'],
}: ConnectOptions = {}): LicenseMock {
  // The server is not ours to stop, and an idle connection keeps no process alive.
  return openMock({ url, token }, async () => {});
}
